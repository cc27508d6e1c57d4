"""What is judged from the rows of the directory. Writes nothing, and knows no page."""
