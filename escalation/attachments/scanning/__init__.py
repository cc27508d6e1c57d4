"""The virus scanner: each file its own next try, and two faults that people hear of."""
