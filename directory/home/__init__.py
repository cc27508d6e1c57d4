"""The first page, and "Mijn werk"."""
