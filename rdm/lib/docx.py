"""Word documents that an organisation can work on further, readable with a screen reader."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt


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
    """A table; its header row is repeated on every page. Every row is as long as the header."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]


Block = Heading | Paragraph | BulletList | Table

# XML cannot hold these at all: python-docx would refuse the whole document.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(title: str, blocks: Sequence[Block]) -> bytes:
    """A .docx with this title and these blocks, in Dutch, without an author or comment.

    Characters that XML cannot hold come out as "\N{REPLACEMENT CHARACTER}".
    """
    document = Document(BytesIO(_template()))
    properties = document.core_properties
    properties.title = _text(title)[:255]
    document.add_heading(_text(title), level=0)
    for block in blocks:
        _add(document, block)
    result = BytesIO()
    document.save(result)
    return result.getvalue()


@lru_cache(maxsize=1)
def _template() -> bytes:
    """The default document of python-docx, made Dutch; once, as it never changes."""
    document = Document()
    properties = document.core_properties
    properties.language = "nl-NL"
    # The default document names its maker here.
    properties.author = properties.comments = properties.last_modified_by = ""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    defaults.find(f"{qn('w:rPr')}/{qn('w:lang')}").set(qn("w:val"), "nl-NL")
    normal = document.styles["Normal"]
    normal.font.name = "Arial"
    normal.font.size = Pt(10.5)
    result = BytesIO()
    document.save(result)
    return result.getvalue()


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
    for cell, text in zip(header.cells, block.header, strict=True):
        cell.text = _text(text)
        for run in cell.paragraphs[0].runs:
            run.bold = True
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    header._tr.get_or_add_trPr().append(repeat)
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _text(text)


def _text(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
