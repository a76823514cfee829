"""Drafts made and put in their places: one article or many, each within bounds."""
