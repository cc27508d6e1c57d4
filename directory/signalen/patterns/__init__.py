"""What keeps coming back over the years (E-173, E-179)."""
