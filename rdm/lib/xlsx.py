"""A workbook with one sheet that a spreadsheet opens as text: no cell is ever run as a formula.

Written by hand, because it is little: Office Open XML is a zip with a few XML files, and with
inline strings the cells need no table beside them (ECMA-376, part 1, 18.3.1.53).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from rdm.lib.csv_export import safe

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# The same bytes for the same rows: a moment says nothing here, and 1980 is where zip begins.
_MOMENT = (1980, 1, 1, 0, 0, 0)
# What XML 1.0 has no place for.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MOST_CHARACTERS = 32_767
"""What a cell can hold; Excel calls a longer one damage."""
MOST_WIDTH = 60


def render(title: str, rows: Iterable[Sequence[object]]) -> bytes:
    """The rows on a sheet named `title`; the first row is the heading and stays in sight.

    A text that could be read as a formula gets a single quote in front, as in `csv_export`: the
    file may be saved as CSV later. A whole number stays a number.
    """
    lines = [list(row) for row in rows]
    files = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(title),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": _styles(),
        "xl/worksheets/sheet1.xml": _sheet(lines),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, (_HEAD + content).encode("utf-8"))
    return out.getvalue()


def column(number: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _content_types() -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
        "</Types>"
    )


def _relations(to: Iterable[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(to, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _workbook(title: str) -> str:
    # A sheet has a name of at most 31 characters, without these.
    name = re.sub(r"[\[\]:*?/\\']", " ", _text(title))[:31].strip() or "Blad"
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name={quoteattr(name)} sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _styles() -> str:
    """Style 0 is plain text, 1 the heading, 2 a whole number. `@` keeps what is typed over a text
    a text."""
    return (
        f'<styleSheet xmlns="{_MAIN}">'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        "</cellStyleXfs>"
        '<cellXfs count="3"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" '
        'applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" '
        'applyNumberFormat="1" applyFont="1"/><xf numFmtId="1" fontId="0" fillId="0" borderId="0" '
        'xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>'
    )


def _sheet(lines: list[list[object]]) -> str:
    rows = "".join(
        f'<row r="{number}">{_cells(number, line)}</row>'
        for number, line in enumerate(lines, start=1)
    )
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews>{_columns(lines)}<sheetData>{rows}</sheetData></worksheet>"
    )


def _columns(lines: list[list[object]]) -> str:
    """As wide as the longest text in it."""
    count = max((len(line) for line in lines), default=0)
    if not count:
        return ""
    inside = ""
    for place in range(count):
        widest = max(len(str(line[place])) for line in lines if place < len(line))
        width = min(max(widest, 8), MOST_WIDTH) + 2
        inside += f'<col min="{place + 1}" max="{place + 1}" width="{width}" customWidth="1"/>'
    return f"<cols>{inside}</cols>"


def _cells(row: int, line: list[object]) -> str:
    return "".join(
        _cell(f"{column(place)}{row}", value, style=1 if row == 1 else 0)
        for place, value in enumerate(line, start=1)
    )


def _cell(at: str, value: object, *, style: int) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return f'<c r="{at}" s="2"><v>{value}</v></c>'
    text = escape(_text(str(safe(value)))[:MOST_CHARACTERS])
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _text(value: str) -> str:
    # `_x0041_` in a cell is read as the letter A; the underscore itself is written the same way.
    plain = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", value)
    return _ILLEGAL.sub("", plain)
