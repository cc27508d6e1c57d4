"""A gemeente keeps its own local entrances (E-045)."""
