"""A copy of the site that needs no server: the files, the configuration of servers that hold files, and their check."""
