"""Keeping a server on the present data: where it comes from, what is announced of it, who follows."""
