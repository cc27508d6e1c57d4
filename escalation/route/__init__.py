"""The route of a casus along the tafels."""
