"""Everything that is kept, for the resident who asks."""
