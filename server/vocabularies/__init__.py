"""The ontology and the shapes, documented term by term."""
