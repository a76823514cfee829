"""What a reading says, written as the Turtle that a person would author: one module for each noun."""
