"""With whom a casus is shared, who is responsible for it, and what sharing leaves behind."""
