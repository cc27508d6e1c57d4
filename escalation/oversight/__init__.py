"""Watching over dossiers without reading them: the access log, and ongewoon gebruik."""
