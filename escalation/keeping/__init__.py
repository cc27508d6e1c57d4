"""How long a casus is kept, what a resident may ask of it, and its end."""
