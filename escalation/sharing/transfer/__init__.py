"""Handing a casus over to another gemeente."""
