"""Casussen in a list: filters, search, saved views, and "Mijn werk"."""
