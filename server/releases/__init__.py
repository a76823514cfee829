"""Releases: a version of the dataset as files that an archive would keep, written once and never changed."""
