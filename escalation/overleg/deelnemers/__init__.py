"""Who sits at the overleg."""
