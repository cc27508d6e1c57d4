"""The region file: read it, check it, load it.

`reader` keeps the line of every part of the file, `schema` says what a region file looks like,
`check` finds what is wrong in words for people, `load` writes it and leaves alone what people
changed since the last load. `export` makes such a file of the database, and `writer` its text.
"""
