"""Earlier states of the data at addresses of their own, found by date (Memento, RFC 7089)."""
