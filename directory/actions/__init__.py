"""The only writers of this app, besides the loader of the region file."""
