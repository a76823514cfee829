"""From articles and authored Turtle to a validated dataset, and the reading of that dataset."""
