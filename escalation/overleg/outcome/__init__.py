"""What the overleg decided, and its afspraken."""
