"""What changed from one version of the data to the next, read by kind of thing and by viewpoint."""
