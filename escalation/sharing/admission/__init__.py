"""Clinical admission of a resident."""
