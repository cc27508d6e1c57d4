"""What the region agreed: procesafspraken, decisions of the colleges, and the covenant."""
