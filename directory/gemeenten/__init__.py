"""The public pages of the gemeenten."""
