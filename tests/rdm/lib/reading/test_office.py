"""The words of a docx or odt, wherever they stand in it. Bad ones: tests/escalation/attachments."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from rdm.lib import screening, uploads
from rdm.lib.reading import office
from rdm.lib.reading.bad_document import BadDocument
from rdm.lib.reading.words import Words
from tests.escalation.attachments.attached import changed, odt, word, zipped

pytestmark = pytest.mark.once

BSN = "111222333"
GOOD = word("Verzonnen")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SPACES = (
    f'{W} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="urn:a" xmlns:wp="urn:wp" '
    'xmlns:c="urn:c" xmlns:w15="urn:w15" xmlns:o="urn:o" xmlns:cx="urn:cx"'
)


def read(content: bytes, kind: str = "docx") -> Words:
    """As a file comes in: read, and made readable."""
    words = office.read(BytesIO(content), kind)
    return Words(uploads.readable(words.text), words.all_read)


def part(name: str, xml: str) -> bytes:
    """A docx with this in one of its parts."""
    return changed(GOOD, {name: f"<part {SPACES}>{xml}</part>".encode()})


def body(xml: str) -> bytes:
    return part("word/header1.xml", f"<w:p>{xml}</w:p>")


# --- What vanished ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("xml", "shown"),
    [
        ("<w:t>12</w:t><w:noBreakHyphen/><w:t>03</w:t><w:noBreakHyphen/><w:t>1984</w:t>",
         "12-03-1984"),
        ("<w:t>1112</w:t><w:softHyphen/><w:t>22333</w:t>", BSN),
        ('<w:t>11122233</w:t><w:sym w:font="Symbol" w:char="F033"/>', BSN),
        ('<w:t>11122233</w:t><w:sym w:font="Arial" w:char="0033"/>', BSN),
        ("<w:t>111222</w:t><w:t>333</w:t>", BSN),
        # What somebody did to it does not come between.
        ("<w:t>1112</w:t><w:del><w:delText>9</w:delText></w:del><w:t>22333</w:t>", BSN),
        ("<w:t>1112</w:t><w:del><w:delText>22333</w:delText></w:del>", BSN),
        (f"<w:del><w:delText>{BSN}</w:delText></w:del>", BSN),
        ('<w:t>1112</w:t><w:ins w:author="Verzonnen"><w:t>22333</w:t></w:ins>', BSN),
    ],
)  # fmt: skip
def test_what_stands_for_a_character_in_a_docx_is_one(xml: str, shown: str) -> None:
    assert shown in read(body(xml)).text


def test_a_space_in_an_odt_is_one() -> None:
    assert "12 7511 AB" in read(odt("Dorpsstraat 12<text:s/>7511 AB"), "odt").text


# --- Outside the body ---------------------------------------------------------------------------

BESIDE: dict[str, bytes] = {
    "alternative text": body(f'<wp:docPr id="1" name="a" descr="Foto van {BSN}"/>'),
    "title of a picture": body(f'<wp:docPr id="1" name="a" title="{BSN}"/>'),
    "name of a picture": body(f'<wp:docPr id="1" name="scan {BSN}.jpg"/>'),
    "alternative text in the old way": body(f'<v:rect alt="{BSN}"/>'),
    "alternative text of a table": body(f'<w:tblDescription w:val="{BSN}"/>'),
    "default of a form field": body(f'<w:textInput><w:default w:val="{BSN}"/></w:textInput>'),
    "help with a form field": body(f'<w:statusText w:type="text" w:val="{BSN}"/>'),
    "item of a list": body(f'<w:ddList><w:listEntry w:val="{BSN}"/></w:ddList>'),
    "item of a content control": body(f'<w:listItem w:displayText="{BSN}" w:value="1"/>'),
    "value of a content control": body(f'<w:listItem w:displayText="a" w:value="{BSN}"/>'),
    "name of a content control": body(f'<w:sdtPr><w:alias w:val="{BSN}"/></w:sdtPr>'),
    "mark of a content control": body(f'<w:sdtPr><w:tag w:val="bsn {BSN}"/></w:sdtPr>'),
    "tooltip": body(f'<w:hyperlink w:tooltip="{BSN}"/>'),
    "WordArt": body(f'<v:textpath string="{BSN}"/>'),
    "line to sign": body(f'<o:signatureline o:suggestedsigner="{BSN}"/>'),
    "custom property": part("docProps/custom.xml", f"<property><value>{BSN}</value></property>"),
    "name of a custom property": part("docProps/custom.xml", f'<property name="{BSN}"/>'),
    "category": part("docProps/core.xml", f"<category>{BSN}</category>"),
    "author": part("docProps/core.xml", f"<creator>{BSN}</creator>"),
    "who saved it": part("docProps/core.xml", f"<lastModifiedBy>{BSN}</lastModifiedBy>"),
    "manager": part("docProps/app.xml", f"<Manager>{BSN}</Manager>"),
    "document variable": part("word/settings.xml", f'<w:docVar w:name="a" w:val="{BSN}"/>'),
    "content-control data": part("customXml/item1.xml", f"<bsn>{BSN}</bsn>"),
    "content-control data, in an attribute": part("customXml/item1.xml", f'<p bsn="{BSN}"/>'),
    "people": part("word/people.xml", f'<w15:person w15:author="{BSN}"/>'),
    "who wrote a comment": part("word/comments.xml", f'<w:comment w:author="{BSN}"/>'),
    "building block": part("word/glossary/document.xml", f"<w:t>{BSN}</w:t>"),
    "diagram": part("word/diagrams/data1.xml", f"<a:t>{BSN}</a:t>"),
    "cached text of a chart": part("word/charts/chart1.xml", f"<c:pt><c:v>{BSN}</c:v></c:pt>"),
    "newer chart": part("word/charts/chartEx1.xml", f'<cx:pt idx="0">{BSN}</cx:pt>'),
    "number in a chart": part(
        "word/charts/chart1.xml",
        f"<c:numCache><c:formatCode>General</c:formatCode><c:v>{BSN}</c:v></c:numCache>",
    ),
    "title of a chart": part("word/charts/chart1.xml", f"<a:t>{BSN}</a:t>"),
}


@pytest.mark.parametrize("case", BESIDE)
def test_what_stands_beside_the_text_of_a_docx_is_read(case: str) -> None:
    words = read(BESIDE[case])
    assert words.all_read and [hit.kind for hit in screening.find(words.text)] == ["bsn"]


def test_the_days_in_a_chart_are_dates() -> None:
    numbers = (
        "<c:numCache><c:formatCode>{}</c:formatCode>\n <c:pt><c:v>30753</c:v></c:pt></c:numCache>"
    )
    for form, found in (("d-m-yyyy", ["birth_date"]), ("General", []), ('0 "dagen"', [])):
        words = read(part("word/charts/chart1.xml", numbers.format(form).replace('"', "&quot;")))
        assert [hit.kind for hit in screening.find(words.text)] == found


@pytest.mark.parametrize(
    ("instruction", "found"),
    [
        ("HYPERLINK &quot;mailto:naam@voorbeeld.example&quot;", ["email"]),
        ("HYPERLINK &quot;tel:0612345678&quot;", ["phone"]),
        ("QUOTE &quot;06-12345678&quot;", ["phone"]),
        # Of a table of contents, and of a page: numbers of nobody.
        ("PAGEREF _Toc111222333 \\h", []),
        ("HYPERLINK \\l &quot;_Ref111222333&quot;", []),
        ("HYPERLINK &quot;https://voorbeeld.example/zaak/111222333&quot;", []),
    ],
)
def test_a_field_is_read_but_not_what_a_program_calls_it(
    instruction: str, found: list[str]
) -> None:
    for xml in (
        f'<w:fldSimple w:instr="{instruction}"/>',
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>",
    ):
        assert [hit.kind for hit in screening.find(read(body(xml)).text)] == found


FORM = 'xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0"'
SVG = 'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
META = (
    '<office:document-meta xmlns:office="urn:o" xmlns:meta="urn:meta" xmlns:dc="urn:dc">{}'
    "</office:document-meta>"
)
SHEET = (
    '<office:document-content xmlns:office="urn:o" xmlns:table="urn:t" xmlns:text="urn:text">'
    f"<table:table-cell><text:p>{BSN}</text:p></table:table-cell></office:document-content>"
)
BESIDE_ODT: dict[str, bytes] = {
    "value of a form": odt(f'<form:text {FORM} form:current-value="{BSN}"/>'),
    "default of a form": odt(f'<form:text {FORM} form:value="{BSN}"/>'),
    "label in a form": odt(f'<form:checkbox {FORM} form:label="{BSN}"/>'),
    "item of a list": odt(f'<form:option {FORM} form:label="{BSN}"/>'),
    "user field": odt(f'<text:user-field-decl text:name="a" office:string-value="{BSN}"/>'),
    "number of a user field": odt(f'<text:user-field-decl text:name="a" office:value="{BSN}"/>'),
    "hidden text": odt(f'<text:hidden-text text:string-value="{BSN}"/>'),
    "description of a picture": odt(f"<svg:desc {SVG}>{BSN}</svg:desc>"),
    "title of a picture": odt(f"<svg:title {SVG}>{BSN}</svg:title>"),
    "user-defined metadata": odt(
        more={"meta.xml": META.format(f"<meta:user-defined>{BSN}</meta:user-defined>").encode()}
    ),
    "name of user-defined metadata": odt(
        more={"meta.xml": META.format(f'<meta:user-defined meta:name="{BSN}"/>').encode()}
    ),
    "author": odt(more={"meta.xml": META.format(f"<dc:creator>{BSN}</dc:creator>").encode()}),
    "sheet": odt(more={"Object 1/content.xml": SHEET.encode()}),
    "sheet in a zip": odt(more={"Object 1": zipped({"content.xml": SHEET.encode()})}),
    "earlier version": odt(more={"Versions/Version1": odt(BSN)}),
}


@pytest.mark.parametrize("case", BESIDE_ODT)
def test_what_stands_beside_the_text_of_an_odt_is_read(case: str) -> None:
    words = read(BESIDE_ODT[case], "odt")
    assert words.all_read and [hit.kind for hit in screening.find(words.text)] == ["bsn"]


# --- A file in a file ---------------------------------------------------------------------------


def workbook(fill: Callable[[Any, Any], Any]) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        fill(book, book.add_worksheet("Blad"))
    return made.getvalue()


def in_word(content: bytes, name: str = "word/embeddings/Microsoft_Excel_Sheet.xlsx") -> bytes:
    return changed(GOOD, {name: content})


def chart(book: Any, sheet: Any) -> None:
    sheet.write_column(0, 0, ["Aantal", BSN])
    made = book.add_chart({"type": "column"})
    made.add_series({"categories": "=Blad!$A$1:$A$2", "values": "=Blad!$A$1:$A$2"})
    sheet.insert_chart("C3", made)


def dated(book: Any, sheet: Any) -> None:
    shape = book.add_format({"num_format": "dd-mm-yyyy"})
    sheet.write(0, 0, "Geboortedatum")
    sheet.write_datetime(0, 1, date(2015, 3, 12), shape)


def addressed(_: Any, sheet: Any) -> None:
    for place, one in enumerate(("Postcode", "7511 AB", "Huisnummer", 12)):
        sheet.write(0, place, one)


WORKBOOKS: dict[str, tuple[Callable[[Any, Any], Any], str]] = {
    "text in a cell": (lambda _, sheet: sheet.write(0, 0, f"Nummer {BSN}"), "bsn"),
    "number in a cell": (lambda _, sheet: sheet.write(0, 0, int(BSN)), "bsn"),
    "in pieces": (lambda book, sheet: sheet.write_rich_string(
        0, 0, "1112", book.add_format({"bold": True}), "22333"), "bsn"),
    "result of a formula": (lambda _, sheet: sheet.write_formula(0, 0, "=1", None, BSN), "bsn"),
    "date in a cell": (dated, "birth_date"),
    "address in cells": (addressed, "address"),
    "comment": (lambda _, sheet: sheet.write_comment(0, 0, f"Nummer {BSN}"), "bsn"),
    "header": (lambda _, sheet: sheet.set_header(f"&L{BSN}"), "bsn"),
    "text of a box": (lambda _, sheet: sheet.insert_textbox(0, 0, BSN), "bsn"),
    "link": (lambda _, sheet: sheet.write_url(0, 0, "mailto:naam@voorbeeld.example"), "email"),
    "name of a sheet": (lambda book, _: book.add_worksheet(BSN), "bsn"),
    "what is known about it": (lambda book, _: book.set_properties({"comments": BSN}), "bsn"),
    "chart": (chart, "bsn"),
    "choices": (lambda _, sheet: sheet.data_validation(
        0, 0, 0, 0, {"validate": "list", "source": ["a", BSN]}), "bsn"),
}  # fmt: skip


@pytest.mark.parametrize("case", WORKBOOKS)
def test_a_workbook_in_a_docx_is_read_as_its_body(case: str) -> None:
    fill, kind = WORKBOOKS[case]
    words = read(in_word(workbook(fill)))
    assert words.all_read
    assert {hit.kind for hit in screening.find(words.text)} == {kind}


def test_an_ordinary_chart_hides_nothing() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Jaar", "Casussen", "Kosten"])
        for row in range(1, 9):
            sheet.write_row(row, 0, [2017 + row, row * 3, row * 14_053.5])

    words = read(in_word(workbook(fill)))
    assert words.all_read and screening.find(words.text) == []
    assert "Jaar | Casussen | Kosten\n2018 | 3 | 14053.5\n" in words.text


NOT_READ: dict[str, bytes] = {
    "no zip": in_word(b"x"),
    "broken zip": in_word(workbook(addressed)[:-60]),
    "another kind of zip": in_word(zipped({"a.txt": b"a"})),
    "text that is put in": changed(GOOD, {"word/afchunk1.mht": b"x"}),
    "unknown file": changed(GOOD, {"word/iets.bin": b"x"}),
    "drawn by hand": part("word/ink/ink1.xml", "<trace>1 2, 3 4</trace>"),
    "broken sheet": in_word(changed(workbook(addressed), {"xl/worksheets/sheet1.xml": b"<w"})),
    "too large": in_word(b"PK\x03\x04" + b"0" * (office.MOST_INSIDE + 1)),
    "too many cells": in_word(workbook(
        lambda _, sheet: [sheet.write(row, 0, "woord " * 100) for row in range(600)])),
    "three deep": in_word(in_word(in_word(workbook(addressed)), "word/x.bin"), "word/x.bin"),
}  # fmt: skip


@pytest.mark.parametrize("case", NOT_READ)
def test_of_what_cannot_be_read_nobody_says_that_it_was(case: str) -> None:
    assert not read(NOT_READ[case]).all_read


def test_an_object_in_an_odt_that_is_no_zip_was_not_read() -> None:
    assert not read(odt("Verzonnen", more={"Object 1": b"\xd0\xcf\x11\xe0"}), "odt").all_read


WITHOUT_WORDS = {
    "letters": "word/fonts/font1.odttf",
    "printer": "word/printerSettings1.bin",
    "small copy": "docProps/thumbnail.jpeg",
    "folder": "word/media/",
}


@pytest.mark.parametrize("case", WITHOUT_WORDS)
def test_what_holds_no_words_is_no_reason_to_look_again(case: str) -> None:
    content = b"" if case == "folder" else b"x"
    assert read(changed(GOOD, {WITHOUT_WORDS[case]: content})).all_read


def test_an_empty_part_of_an_older_libreoffice_is_no_mistake() -> None:
    settings = {"Configurations2/accelerator/current.xml": b""}
    assert read(odt("Verzonnen", more=settings), "odt").all_read


def test_our_own_documents_are_read_wholly_and_hold_nobody() -> None:
    assert screening.find(read(GOOD).text) == [] and read(GOOD).all_read


def test_macros_in_a_workbook_in_a_document_are_macros() -> None:
    with pytest.raises(BadDocument, match="macro"):
        read(in_word(changed(workbook(addressed), {"xl/vbaProject.bin": b"x"})))


def test_a_bomb_in_a_workbook_in_a_document_is_one() -> None:
    bomb = b'<!DOCTYPE w [<!ENTITY a "aaaa">]><w>&a;</w>'
    with pytest.raises(BadDocument, match="geen goede docx"):
        read(in_word(changed(workbook(addressed), {"xl/worksheets/sheet1.xml": bomb})))


def test_a_workbook_with_an_address_of_another_fetches_nothing() -> None:
    relation = (
        '<Relationships><Relationship TargetMode="External" Target="file:///C:/a.xlsx" '
        'Type="http://x/relationships/externalLinkPath"/></Relationships>'
    )
    changes = {"xl/externalLinks/_rels/externalLink1.xml.rels": relation.encode()}
    assert read(in_word(changed(workbook(addressed), changes))).all_read


def test_a_document_full_of_attributes_costs_little() -> None:
    xml = "".join(
        f'<w:ins w:author="Verzonnen {n % 7}"><w:t>a</w:t></w:ins>' for n in range(50_000)
    )
    start = time.process_time()
    assert read(body(xml)).all_read
    assert time.process_time() - start < 3
