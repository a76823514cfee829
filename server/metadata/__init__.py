"""What pages say to machines that pass by: schema.org, heads, breadcrumbs and the sitemap."""
