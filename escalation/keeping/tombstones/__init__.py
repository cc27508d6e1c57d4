"""What is left of a destroyed casus."""
