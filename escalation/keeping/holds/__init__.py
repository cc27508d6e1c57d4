"""A decision to keep a casus longer."""
