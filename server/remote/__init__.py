"""Serving from a SPARQL server instead of a file: what is read from it, what is loaded into it, and how it is named."""
