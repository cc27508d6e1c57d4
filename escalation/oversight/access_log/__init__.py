"""Who saw a casus, and why."""
