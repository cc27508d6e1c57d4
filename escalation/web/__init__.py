"""What every page of a casus stands on: loading it, the bar on top, and shared forms."""
