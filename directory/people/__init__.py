"""People: who gets in, in which role, and how that ends."""
