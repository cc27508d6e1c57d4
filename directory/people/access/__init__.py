"""Ending a role and shutting an account."""
