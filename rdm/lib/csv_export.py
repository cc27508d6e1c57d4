"""CSV that a spreadsheet opens as text: no cell is ever run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

# What Excel, LibreOffice and Google Sheets take for the start of a formula.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def render(rows: Iterable[Sequence[object]]) -> bytes:
    """The rows as CSV for a Dutch spreadsheet: semicolons, UTF-8 with its mark, CRLF.

    A text that could be read as a formula gets a single quote in front; a number stays a number.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def safe(value: object) -> object:
    """`value` as no spreadsheet runs it: with a quote in front where it could be a formula."""
    if isinstance(value, int | float):
        return value
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS) else text
