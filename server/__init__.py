"""The HTTP face of a built dataset, and the command line on top of everything."""
