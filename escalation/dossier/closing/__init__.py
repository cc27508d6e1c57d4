"""The end of a casus, and its new beginning."""
