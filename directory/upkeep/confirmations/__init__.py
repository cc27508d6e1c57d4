"""Does the page of a tafel still hold? Asked once a year (E-174)."""
