"""The first questions of a registration."""
