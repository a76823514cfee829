"""What a release says of itself, in every form in which archives and crawlers ask for it, from one source."""
