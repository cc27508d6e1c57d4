"""Accessible PDF (PDF/UA-1) that can also be archived (PDF/A-2a), through typst.

The templates are in templates/typst/. User text reaches them as JSON and is never markup: a
`#`, `*` or `$` in it is just that character.
"""

import json
import re
import struct
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import fontpkg
import typst

from rdm.lib import clock

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "typst"
FONT = "Source Sans 3"
# What the reader sees for a character that the font does not have.
MISSING = "□"


def render(template: str, data: dict[str, Any], title: str, *, at: datetime | None = None) -> bytes:
    """The PDF of templates/typst/<template>.typ for this data, which must fit in JSON.

    `title` is the document title in the metadata and must hold no personal data. `at` is the
    moment in the metadata, now when it is not given: with the same data, title and moment come the
    same bytes. Characters without a shape in the font (emoji, control characters, Chinese) come
    out as "□": both standards refuse a document with an unknown character, and a letter with a
    box in it is better than no letter. Raises ValueError for a template name that is not a plain
    name, and for an empty title.
    """
    if not re.fullmatch(r"[a-z_]+", template):
        raise ValueError(f"not a template name: {template!r}")
    if not title.strip():
        raise ValueError("an accessible PDF needs a title")
    pdf: bytes = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(_printable(data)), "title": _printable(title)},
        pdf_standards=["ua-1", "a-2a"],
        timestamp=(at or clock.now()).astimezone(UTC).replace(microsecond=0),
    )
    return pdf


def _printable(value: Any) -> Any:
    """The same data with every character replaced that the font cannot show."""
    match value:
        case str():
            known = _characters()
            return "".join(c if c in known else MISSING for c in value)
        case dict():
            return {key: _printable(item) for key, item in value.items()}
        case list() | tuple():
            return [_printable(item) for item in value]
    return value


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Our own font and nothing of the machine, so that a letter is the same everywhere."""
    folder = _font_file("normal").parent
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
    )


def _font_file(style: str) -> Path:
    return Path(fontpkg.path(FONT, style=style))


@lru_cache(maxsize=1)
def _characters() -> frozenset[str]:
    """Every character that both the upright and the italic font can show, and line ends."""
    upright, italic = (_mapped(_font_file(style).read_bytes()) for style in ("normal", "italic"))
    # The font has shapes for these, but PDF/A forbids them.
    forbidden = {0, 0xFEFF, 0xFFFE, *range(0xE000, 0xF900)}
    return frozenset(map(chr, (upright & italic) - forbidden)) | {"\n", "\t"}


def _mapped(font: bytes) -> set[int]:
    """The code points in the character map (format 12) of a TrueType file."""
    tables = struct.unpack(">H", font[4:6])[0]
    records = (struct.unpack(">4s4xLL", font[12 + 16 * i : 28 + 16 * i]) for i in range(tables))
    cmap = next(offset for tag, offset, _ in records if tag == b"cmap")
    found: set[int] = set()
    for i in range(struct.unpack(">H", font[cmap + 2 : cmap + 4])[0]):
        start = cmap + struct.unpack(">L", font[cmap + 8 + 8 * i : cmap + 12 + 8 * i])[0]
        if struct.unpack(">H", font[start : start + 2])[0] != 12:
            continue
        groups = struct.unpack(">L", font[start + 12 : start + 16])[0]
        for first, last, _ in struct.iter_unpack(
            ">LLL", font[start + 16 : start + 16 + 12 * groups]
        ):
            found.update(range(first, last + 1))
    return found
