"""An organisation's own number for a casus."""
