"""The region file: read it, check it, load it.

`reader` keeps the line of every part of the file, `schema` says what a region file looks like,
`check` finds what is wrong in words for people, `load` writes it and leaves alone what people
changed since the last load. `export` makes such a file of the database, and `writer` its text.
"""

from .check import Problem, RegionFileError, parse_region, read_region
from .export import export_region
from .load import LoadReport, load_region
from .schema import RegionFile
from .writer import to_yaml

__all__ = [
    "LoadReport",
    "Problem",
    "RegionFile",
    "RegionFileError",
    "export_region",
    "load_region",
    "parse_region",
    "read_region",
    "to_yaml",
]
