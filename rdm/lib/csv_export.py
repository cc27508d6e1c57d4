"""CSV that a spreadsheet opens as text: no cell is ever run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

# How every table of ours is announced (RFC 4180 and 7111): `header` says that it has a first row.
CSV = "text/csv; charset=utf-8; header=present"
# What Excel, LibreOffice and Google Sheets take for the start of a formula.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def render(rows: Iterable[Sequence[object]]) -> bytes:
    """The rows as CSV for a Dutch spreadsheet: semicolons, UTF-8 with its mark, CRLF.

    One table with one heading. A day is written as 2027-02-25, so that text sorts as days do; a
    number with a comma, None as nothing. A text that could be read as a formula gets a single
    quote in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def safe(value: object) -> object:
    """`value` as no spreadsheet runs it: with a quote in front where it could be a formula."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, float):
        return str(value).replace(".", ",")
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS) else text
