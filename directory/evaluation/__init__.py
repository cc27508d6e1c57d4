"""The yearly question whether the overview helps (E-174)."""
