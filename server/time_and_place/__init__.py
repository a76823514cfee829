"""Time and place: the timeline of an article's events and the map of its places."""
