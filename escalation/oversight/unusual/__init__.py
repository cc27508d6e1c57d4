"""Ongewoon gebruik: what the log says that somebody must look at."""
