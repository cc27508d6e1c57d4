"""When a picture in a document may hold words, which nobody reads here for personal data.

Nearly every letter has a logo. To say of each of those that it was not wholly read would teach
people to look past that sentence, so a picture as large as a logo does not count. Any other one
does: it may be of a letter, of a screen or of somebody's passport.
"""

from __future__ import annotations

import re

# As it is shown: 8 by 4 cm. A passport is 12 by 9 cm, a card 9 by 5.
LOGO_SQUARE_MM = 80 * 40
# A logo of that size has 450,000 in print; a page that was scanned so that it can just be read has
# a million, and stays readable however small it is shown.
LOGO_PIXELS = 500_000
# As much of the start of a file as its size stands in: a photo has its own small copy before that.
START = 128 * 1024

_PNG = re.compile(rb"\x89PNG\r\n\x1a\n....IHDR(....)(....)", re.DOTALL)
_GIF = re.compile(rb"GIF8[79]a(..)(..)", re.DOTALL)
_JPG = re.compile(rb"\xff\xd8")
# The parts before it, each with its length, and then the one with the size of the picture.
_JPG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96}
_LENGTH = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(mm|cm|in|pt|pc|px)")


def many_pixels(start: bytes) -> bool:
    """Whether a picture that starts with these bytes has more than a logo; also when nobody can
    tell, as of a drawing."""
    if found := _PNG.match(start):
        width, height = (int.from_bytes(one, "big") for one in found.groups())
    elif found := _GIF.match(start):
        width, height = (int.from_bytes(one, "little") for one in found.groups())
    elif _JPG.match(start):
        width, height = _jpg_size(start)
    else:
        return True
    return not 0 < width * height <= LOGO_PIXELS


def _jpg_size(start: bytes) -> tuple[int, int]:
    place = 2
    while place + 9 <= len(start) and start[place] == 0xFF:
        if start[place + 1] in _JPG_SIZES:
            height, width = (
                int.from_bytes(start[place + n : place + n + 2], "big") for n in (5, 7)
            )
            return width, height
        place += 2 + max(2, int.from_bytes(start[place + 2 : place + 4], "big"))
    return 0, 0


def millimetres(length: str | None) -> float | None:
    """A length as "2.5cm"; None for anything else."""
    found = _LENGTH.fullmatch(length or "")
    return float(found[1]) * _MILLIMETRES[found[2]] if found else None


def shown_large(width: float | None, height: float | None) -> bool:
    """Whether what is shown so many millimetres wide and high is more than a logo; also when that
    is not known."""
    return width is None or height is None or not width * height <= LOGO_SQUARE_MM
