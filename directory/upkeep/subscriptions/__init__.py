"""Who hears of changes in the overview (E-174, E-177)."""
