"""What is judged from the rows of a casus. Writes nothing, and knows no page."""
