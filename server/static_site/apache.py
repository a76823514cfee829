"""x"""
FILE=".htaccess"
def write(families): return ""
