"""A workbook with one sheet that a spreadsheet opens as text: no cell is ever run as a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from rdm.lib import clock
from rdm.lib.csv_export import safe

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_A4 = 9
# Nothing of the list goes to the disk of the web server (docs/decisions/xlsx.md). What is a text
# stays one, also in a cell that somebody writes with another call than below.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
# What XML 1.0 has no place for. XlsxWriter would show the most of it, and stop at half a character.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# `@` keeps what is typed over a text a text. A number shows the decimals that it has: with a code
# like `0.##` a whole one would end in a comma.
_FORMATS = {"text": "@", "number": "General", "day": "dd-mm-yyyy"}
# Of the width of a column: about sixty characters.
_MOST_PIXELS = 430


def render(title: str, rows: Iterable[Sequence[object]], *, at: datetime | None = None) -> bytes:
    """The rows on a sheet named `title`; the first row is the heading and stays in sight.

    A text that could be read as a formula gets a single quote in front, as in `csv_export`: the
    file may be saved as CSV later. A number stays a number, a day is one that sorts and filters as
    days do, and None or an empty text is a blank cell. `at` is the moment in the properties, now
    when it is not given: the same rows at the same moment make the same bytes.
    """
    out = io.BytesIO()
    moment = (at or clock.now()).astimezone(UTC).replace(tzinfo=None)
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"title": _ILLEGAL.sub("", title), "created": moment})
        heading = book.add_format({"num_format": _FORMATS["text"], "bold": True})
        formats = {kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
        sheet = book.add_worksheet(_name(title))
        row, columns = -1, 0
        for row, line in enumerate(rows):
            columns = max(columns, len(line))
            for place, value in enumerate(line):
                if row == 0:
                    _write_text(sheet, row, place, value, heading)
                else:
                    _write(sheet, row, place, value, formats)
        if columns:
            sheet.autofilter(0, 0, row, columns - 1)
        sheet.freeze_panes(1, 0)
        _on_paper(sheet)
        sheet.autofit(_MOST_PIXELS)
    return out.getvalue()


def _write(
    sheet: Worksheet, row: int, place: int, value: object, formats: Mapping[str, Format]
) -> None:
    match value:
        case date():
            sheet.write_datetime(row, place, value, formats["day"])
        case int() | float() if not isinstance(value, bool):
            sheet.write_number(row, place, value, formats["number"])
        case _:
            _write_text(sheet, row, place, value, formats["text"])


def _write_text(sheet: Worksheet, row: int, place: int, value: object, form: Format) -> None:
    text = "" if value is None else _ILLEGAL.sub("", str(safe(value)))
    if text:
        sheet.write_string(row, place, text, form)
    else:
        # Not the text "": a filter and a count would take the cell for filled in.
        sheet.write_blank(row, place, None, form)


def _on_paper(sheet: Worksheet) -> None:
    """As wide as an A4 on its side, with the heading and a number on every page."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&RPagina &P van &N")


def _name(title: str) -> str:
    # A sheet has a name of at most 31 characters, without these.
    return re.sub(r"[\[\]:*?/\\']", " ", _ILLEGAL.sub("", title))[:31].strip() or "Blad"
