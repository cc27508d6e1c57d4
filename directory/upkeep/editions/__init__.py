"""Every version of a page, and what changed in it."""
