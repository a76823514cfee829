"""What is told of the battle itself: its names, when and where it was, and how it ended."""
