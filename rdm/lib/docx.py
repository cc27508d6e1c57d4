"""Word documents that an organisation can work on further, readable with a screen reader.

They start from the document in templates/docx, not from that of the library: that one is American,
from 2013, and made by somebody else's Word. What it looks like (page, language, styles, the number
at the foot) stands there; what it says comes from here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph

from rdm.lib import clock
from rdm.lib.letterhead import Letterhead

TEMPLATE = Path(__file__).resolve().parents[2] / "templates" / "docx"


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 4 under the title."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Text; an empty line in it starts a new paragraph."""

    text: str


@dataclass(frozen=True)
class BulletList:
    """A list with bullets."""

    items: Sequence[str]


@dataclass(frozen=True)
class Table:
    """A table; its header row is repeated on every page. The first column says what a row is about.
    Every row is as long as the header; `widths` are shares of the width of the page, all the same
    when they are not given."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int] = ()


def facts(rows: Sequence[tuple[str, str]]) -> Table:
    """Labels with what they hold, as `facts` of templates/typst/base.typ."""
    return Table(("Gegeven", "Inhoud"), rows, (1, 2))


Block = Heading | Paragraph | BulletList | Table

# XML cannot hold these at all: python-docx would refuse the whole document.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(
    title: str,
    blocks: Sequence[Block],
    letterhead: Letterhead | None = None,
    *,
    at: datetime | None = None,
) -> bytes:
    """A .docx with this title and these blocks, in Dutch, without an author or comment.

    With a letterhead every page says from whom it is and for whom, and the first page says it in
    the text as well. `at` is the moment in the properties, now when it is not given. Characters
    that XML cannot hold come out as "\N{REPLACEMENT CHARACTER}".
    """
    document = Document(BytesIO(_template()))
    _describe(document, title, at or clock.now())
    document.add_heading(_text(title), level=0)
    _head_and_foot(document, letterhead)
    for block in blocks:
        _add(document, block)
    result = BytesIO()
    document.save(result)
    return result.getvalue()


@lru_cache(maxsize=1)
def _template() -> bytes:
    """The folder as the archive that it is in a .docx."""
    result = BytesIO()
    with ZipFile(result, "w", ZIP_DEFLATED) as archive:
        for path in sorted(one for one in TEMPLATE.rglob("*") if one.is_file()):
            archive.write(path, path.relative_to(TEMPLATE).as_posix())
    return result.getvalue()


def _describe(document: DocxDocument, title: str, at: datetime) -> None:
    """All that the file says of itself. The library names itself where this does not."""
    properties = document.core_properties
    properties.title = _text(title)[:255]
    properties.language = "nl-NL"
    properties.author = properties.comments = properties.last_modified_by = ""
    properties.created = properties.modified = at.astimezone(UTC).replace(tzinfo=None)


def _head_and_foot(document: DocxDocument, letterhead: Letterhead | None) -> None:
    """The number of the page stands in the template already."""
    header, footer = document.sections[0].header, document.sections[0].footer
    if letterhead is None:
        header.is_linked_to_previous = True
        footer._element.remove(footer.paragraphs[0]._p)
        return
    above = header.paragraphs[0]
    above.add_run(_text(letterhead.organisation)).bold = True
    above.add_run(_text(f"\tKenmerk {letterhead.code} · {letterhead.date}"))
    mark = _text("\n".join(filter(None, (letterhead.footer, letterhead.reader))))
    footer.paragraphs[0].add_run(mark)
    document.add_paragraph(mark, style="Mark")


def _add(document: DocxDocument, block: Block) -> None:
    match block:
        case Heading(text, level):
            document.add_heading(_text(text), level=level)
        case Paragraph(text):
            for part in re.split(r"\n\s*\n", _text(text)):
                document.add_paragraph(part.strip())
        case BulletList(items):
            for item in items:
                document.add_paragraph(_text(item), style="List Bullet")
        case Table():
            _add_table(document, block)


def _add_table(document: DocxDocument, block: Table) -> None:
    table = document.add_table(rows=1, cols=len(block.header), style="Table Grid")
    header = table.rows[0]
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    header._tr.get_or_add_trPr().append(repeat)
    for cell, text in zip(header.cells, block.header, strict=True):
        cell.text = _text(text)
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _text(text)
    _set_widths(table, block.widths or [1] * len(block.header))
    _name_headers(header.cells[0].paragraphs[0], len(document.tables))


def _set_widths(table: DocxTable, shares: Sequence[int]) -> None:
    """Word reads them from the cells, LibreOffice from the columns."""
    page = sum(column.width or 0 for column in table.columns)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Emu(page * share // sum(shares))
        for cell in column.cells:
            cell.width = column.width


def _name_headers(corner: DocxParagraph, number: int) -> None:
    """The first row and the first column are headers. The style shows it, and `w:tblLook` of the
    library says it to a program that makes a PDF of it; the screen readers NVDA and JAWS look for
    a bookmark in the corner whose name begins with "Title"."""
    for kind, more in (("w:bookmarkStart", {"w:name": f"Title{number}"}), ("w:bookmarkEnd", {})):
        mark = OxmlElement(kind, attrs={qn("w:id"): str(number)})
        for name, value in more.items():
            mark.set(qn(name), value)
        corner._p.append(mark)


def _text(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
