"""Bijlagen: files with a casus, checked, in versions, and taken away again."""
