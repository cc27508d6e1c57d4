"""Whether the log is whole, and what it was when it is not (promise 2)."""
