"""What the coördinator decides about a submission."""
