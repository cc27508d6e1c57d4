"""A change of the page of a tafel: proposed, laid beside the page, and decided."""
