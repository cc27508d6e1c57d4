"""How fast the product is with many casussen. `python -m bench --help`."""
