"""The one page for a deelnemer without account."""
