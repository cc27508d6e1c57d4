"""All tables of this app: what was reported about an overleg, and what the region learns."""

from learning.models.leersessie import Leersessie, Lesson
from learning.models.terugkoppeling import ReadReceipt, Terugkoppeling, TerugkoppelingVersion

__all__ = [
    "Leersessie",
    "Lesson",
    "ReadReceipt",
    "Terugkoppeling",
    "TerugkoppelingVersion",
]
