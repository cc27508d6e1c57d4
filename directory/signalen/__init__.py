"""Signalen: what people say that does not work, and what becomes of it (E-175, E-176)."""
