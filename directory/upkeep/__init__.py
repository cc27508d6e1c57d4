"""Keeping the overview true (O-13): proposed, checked, published, and confirmed each year."""
