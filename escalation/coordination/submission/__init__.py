"""A casus handed in for trede 3."""
