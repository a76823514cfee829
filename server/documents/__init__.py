"""The documents about the dataset as a whole: home, named graphs, validation, downloads and what it says of itself."""
