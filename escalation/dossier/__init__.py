"""The page of a casus, its timeline, its process on paper, and its end."""
