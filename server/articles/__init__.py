"""Articles: the text, with every phrase that something was stated from leading to it."""
