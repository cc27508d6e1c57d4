"""The public pages of the tafels."""
