"""The region file: read it, check it, load it.

`reader` keeps the line of every part of the file, `schema` says what a region file looks like,
`check` finds what is wrong in words for people, `load` writes it and leaves alone what people
changed since the last load.
"""

from .check import Problem, RegionFileError, read_region
from .load import LoadReport, load_region
from .schema import RegionFile

__all__ = [
    "LoadReport",
    "Problem",
    "RegionFile",
    "RegionFileError",
    "load_region",
    "read_region",
]
