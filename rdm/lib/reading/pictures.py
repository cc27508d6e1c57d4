"""When a picture in a document may hold words, which nobody reads here for personal data.

Nearly every letter has a logo. To say of each of those that it was not wholly read would teach
people to look past that sentence, so a picture as large as a logo does not count. Any other one
does: it may be of a letter, of a screen or of somebody's passport.
"""

from __future__ import annotations

import re
from io import BytesIO

import imagesize

# As it is shown: 8 by 4 cm. A passport is 12 by 9 cm, a card 9 by 5.
LOGO_SQUARE_MM = 80 * 40
# A logo of that size has 450,000 in print; a page that was scanned so that it can just be read has
# a million, and stays readable however small it is shown.
LOGO_PIXELS = 500_000
# As much of the start of a file as its size stands in: a photo has its own small copy before that.
START = 128 * 1024

# How PNG, GIF, JPEG, BMP, TIFF and WebP begin. The size of a drawing in pixels says nothing, and
# what else imagesize knows stands in no document, or costs much when somebody crafted it.
_OF_PIXELS = (b"\x89PNG", b"GIF8", b"\xff\xd8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96}
_LENGTH = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(mm|cm|in|pt|pc|px)")


def many_pixels(start: bytes) -> bool:
    """Whether a picture that starts with these bytes has more than a logo; also when nobody can
    tell, as of a drawing."""
    if not start.startswith(_OF_PIXELS):
        return True
    # It gives -1 when it does not know, and another negative number for a GIF of over 32,767.
    width, height = map(int, imagesize.get(BytesIO(start), exif_rotation=False))
    return min(width, height) <= 0 or width * height > LOGO_PIXELS


def millimetres(length: str | None) -> float | None:
    """A length as "2.5cm"; None for anything else."""
    found = _LENGTH.fullmatch(length or "")
    return float(found[1]) * _MILLIMETRES[found[2]] if found else None


def shown_large(width: float | None, height: float | None) -> bool:
    """Whether what is shown so many millimetres wide and high is more than a logo; also when that
    is not known."""
    return width is None or height is None or not width * height <= LOGO_SQUARE_MM
