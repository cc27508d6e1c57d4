"""Who has a heavy role, and which two people gave it."""
