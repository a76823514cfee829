"""The query service: the SPARQL endpoint, its workers, its limits and its pages."""
