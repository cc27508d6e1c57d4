"""What happened to a casus."""
