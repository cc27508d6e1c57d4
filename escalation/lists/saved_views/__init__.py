"""Filters of the list that somebody keeps."""
