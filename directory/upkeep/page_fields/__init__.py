"""The fields of a public page: which there are, what they say now, and that in words."""
