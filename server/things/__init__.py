"""Things and the documents about them: `/id`, `/page` and `/data`."""
