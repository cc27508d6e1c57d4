"""Which organisations are partner in the covenant."""
