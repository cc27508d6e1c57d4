"""The four steps of a registration."""
