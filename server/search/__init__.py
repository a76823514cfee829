"""Search: names in every language and script, found by their folded forms."""
