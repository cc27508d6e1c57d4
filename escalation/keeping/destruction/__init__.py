"""The end of a casus, by two people."""
