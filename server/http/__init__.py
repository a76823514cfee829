"""The web's side: negotiation, representations, headers, languages, errors, encoding and the cache."""
