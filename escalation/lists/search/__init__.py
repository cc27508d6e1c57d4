"""Searching the text of casussen."""
