"""Downloads over HTTP: the releases and their files, byte for byte, the file that is served, and the feed."""
