"""What the region says of itself: its names, its snapshot, and the values that are written whole.

The region file has a room of its own (`file`).
"""
