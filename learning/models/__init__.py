from .leersessie import Leersessie, Lesson
from .terugkoppeling import ReadReceipt, Terugkoppeling, TerugkoppelingVersion

__all__ = [
    "Leersessie",
    "Lesson",
    "ReadReceipt",
    "Terugkoppeling",
    "TerugkoppelingVersion",
]
