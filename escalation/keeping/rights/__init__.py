"""What a resident may ask."""
