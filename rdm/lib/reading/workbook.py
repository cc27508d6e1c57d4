"""The cells of a workbook inside a document, row by row: what a pasted chart brings along.

The texts of the cells stand in one part, how a number looks in another, and a cell refers to both
by number; so those come first. What else there is in a workbook is read as in any document.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from xml.parsers import expat

from rdm.lib.reading.document_checks import DocumentChecks

Feed = Callable[[bytes, bool], None]

_TEXTS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
# Formats of a date that every workbook knows by number.
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(50, 59)})
# Of a format that somebody made: a day or a year, outside quotes and brackets.
_NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_DAY_OR_YEAR = re.compile(r"[dy]", re.IGNORECASE)
# A date is so many days after this one. On a Mac it once was four years later.
_DAY_NOUGHT = date(1899, 12, 30)
_MOST_DAYS = 100_000


class Workbook:
    """Collects the cells of one workbook."""

    def __init__(self, add: Callable[[str], None], checks: DocumentChecks) -> None:
        self._add, self._checks = add, checks
        self._texts: list[str] = []
        self._made: dict[str, bool] = {}
        self._is_date: list[bool] = []
        # Of the part, row and cell that is being read.
        self._row: list[str] = []
        self._cell: dict[str, str] = {}
        self._words: list[str] | None = None
        self._of_cells = self._of_formats = False

    @staticmethod
    def order(name: str) -> bool:
        """Whether this part can wait for the others."""
        return name not in (_TEXTS, _STYLES)

    def feeder(self, name: str) -> Feed | None:
        """What takes the bytes of a part with cells, or what cells refer to; None for another."""
        if name not in (_TEXTS, _STYLES) and not _SHEET.match(name):
            return None
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = lambda *_: self._checks.doctype()
        parser.CharacterDataHandler = self._characters
        if name == _TEXTS:
            parser.StartElementHandler, parser.EndElementHandler = self._start, self._end_of_text
        elif name == _STYLES:
            parser.StartElementHandler = self._style
        else:
            parser.StartElementHandler, parser.EndElementHandler = self._start, self._end

        def feed(chunk: bytes, last: bool) -> None:
            parser.Parse(chunk, last)

        return feed

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        local = _local(tag)
        if local == "c":
            self._cell = attributes
        if local in ("c", "si"):
            self._words = []
        # A formula is not what somebody sees.
        elif local in ("v", "t"):
            self._of_cells = True

    def _end_of_text(self, tag: str) -> None:
        local = _local(tag)
        if local == "t":
            self._of_cells = False
        elif local == "si":
            self._texts.append("".join(self._words or ()))

    def _end(self, tag: str) -> None:
        local = _local(tag)
        if local in ("v", "t"):
            self._of_cells = False
        elif local == "c":
            self._row.append(self._shown("".join(self._words or ())))
        elif local == "row":
            self._add(" | ".join(cell for cell in self._row if cell) + "\n")
            self._row = []

    def _characters(self, data: str) -> None:
        if self._of_cells and self._words is not None:
            self._words.append(data)

    def _style(self, tag: str, attributes: dict[str, str]) -> None:
        local, number = _local(tag), attributes.get("numFmtId", "")
        if local == "numFmt":
            self._made[number] = shows_days(attributes.get("formatCode", ""))
        elif local in ("cellXfs", "dxfs", "cellStyles"):
            # Only the formats of cells are referred to; those of styles come before them.
            self._of_formats = local == "cellXfs"
        elif local == "xf" and self._of_formats:
            known = number.isdecimal() and int(number) in _DATES
            self._is_date.append(self._made.get(number, known))

    def _shown(self, value: str) -> str:
        """The value of this cell as somebody sees it."""
        kind, style = self._cell.get("t", "n"), self._cell.get("s", "")
        if kind == "s":
            return self._texts[int(value)] if _in(value, self._texts) else ""
        if kind == "n" and _in(style, self._is_date) and self._is_date[int(style)]:
            return as_date(value)
        return value


def shows_days(form: str) -> bool:
    """Whether a number in this format is shown as a date, such as "dd-mm-yyyy"."""
    return bool(_DAY_OR_YEAR.search(_NOT_SHOWN.sub("", form)))


def as_date(value: str) -> str:
    """ "30753" as "1984-03-12"; what is no day stays as it is."""
    days = re.fullmatch(r"(\d{1,6})(?:\.\d+)?", value, re.ASCII)
    if days is None or not 0 < int(days[1]) < _MOST_DAYS:
        return value
    return (_DAY_NOUGHT + timedelta(days=int(days[1]))).isoformat()


def _local(tag: str) -> str:
    return tag.rpartition(" ")[2]


def _in(number: str, where: list[str] | list[bool]) -> bool:
    return number.isdecimal() and len(number) < 9 and int(number) < len(where)
