"""What a running server tells of itself: numbers for Prometheus, logs for machines, an id for each request."""
