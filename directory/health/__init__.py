"""Whether the program itself is well: its disk, its mail and its work in the background."""
