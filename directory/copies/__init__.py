"""Copies of the house: how old the last one is, can it be put back, and how long do they stay."""
