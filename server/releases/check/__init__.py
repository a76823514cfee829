"""Whether a release still holds: each module looks at one side of it, and yields what is wrong."""
