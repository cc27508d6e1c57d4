"""What a file says of itself is ours: nothing of the library that made it, and of its maker.

Read part by part, as the programs that open it do."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from icalendar import Calendar
from lxml import etree
from pypdf import PdfReader

from rdm.lib import clock, docx, ics, pdf, xlsx
from rdm.lib.letterhead import Letterhead
from tests.rdm.lib.letters import HEAD, letter

MOMENT = datetime(2026, 3, 27, 9, 30, tzinfo=UTC)
WRITTEN = "2026-03-27T09:30:00Z"
A4_TWIPS, A4_POINTS = (11906, 16838), (595, 842)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TITLE = "Terugkoppeling escalatieoverleg"
# Who would be named by a document that a library begins with.
MAKERS = ("python-docx", "Macintosh", "Steve Canny", "XlsxWriter", "Word Document")


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def core(content: bytes) -> dict[str, str]:
    found = etree.fromstring(parts(content)["docProps/core.xml"])
    return {etree.QName(one).localname: one.text or "" for one in found}


@pytest.fixture(autouse=True)
def moment() -> Any:
    with clock.travel(MOMENT):
        yield


def word(head: Letterhead | None = HEAD) -> bytes:
    blocks = [
        docx.Heading("Kop"),
        docx.Paragraph("Tekst."),
        docx.BulletList(["punt"]),
        docx.facts([("Gemeente", "Voorbeeldstad"), ("Versie", "1")]),
        docx.Table(("Afspraak", "Wie"), [("Plan maken", "Gemeente")], (3, 1)),
    ]
    return docx.render(TITLE, blocks, head)


def sheet() -> bytes:
    return xlsx.render("Casussen", [["Code"], ["TW-26-7K4QX"]])


# --- Who, when, what, in which language


@pytest.mark.parametrize("make", [word, sheet])
def test_office_files_are_of_now_with_a_title_and_name_nobody(make: Any) -> None:
    content = make()
    found = core(content)
    assert found["title"] == (TITLE if make is word else "Casussen")
    assert (found["created"], found["modified"]) == (WRITTEN, WRITTEN)
    assert not found["creator"] and not found["lastModifiedBy"] and not found.get("description")
    everything = b"".join(parts(content).values()).decode("utf-8", "replace")
    assert not [name for name in MAKERS if name in everything]


def test_word_counts_nothing_and_shows_no_picture_of_another_document() -> None:
    assert set(parts(word())) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
        "word/settings.xml",
        "word/numbering.xml",
        "word/header.xml",
        "word/footer.xml",
    }


def test_every_word_of_a_word_document_is_dutch() -> None:
    found = parts(word())
    languages = {
        value
        for name, part in found.items()
        if name.endswith(".xml")
        for tag in ("lang", "themeFontLang")
        for one in etree.fromstring(part).iter(f"{W}{tag}")
        for value in one.attrib.values()
    }
    assert languages == {"nl-NL"}
    assert core(word())["language"] == "nl-NL"
    settings = etree.fromstring(found["word/settings.xml"])
    # As who uses it in the Netherlands writes numbers and lists.
    signs = [settings.find(f"{W}{name}") for name in ("decimalSymbol", "listSeparator")]
    assert [one.get(f"{W}val") for one in signs] == [",", ";"]


def test_a_pdf_is_of_now_with_a_title_and_names_nobody() -> None:
    reader = PdfReader(BytesIO(pdf.render("terugkoppeling", letter(), TITLE)))
    about = reader.metadata
    assert about is not None
    assert (about.title, about.author, about.subject, about.keywords) == (TITLE, None, None, None)
    assert (about.creation_date, about.modification_date) == (MOMENT, MOMENT)
    assert reader.trailer["/Root"]["/Lang"].lower() == "nl-nl"


# --- The page


def test_every_page_of_word_is_an_a4() -> None:
    for size in etree.fromstring(parts(word())["word/document.xml"]).iter(f"{W}pgSz"):
        assert (int(size.get(f"{W}w")), int(size.get(f"{W}h"))) == A4_TWIPS


@pytest.mark.parametrize(
    "template", ["terugkoppeling", "procesoverzicht", "vernietiging", "inzage"]
)
def test_every_page_of_a_pdf_is_an_a4(template: str) -> None:
    data = letter(sections=[], counts=[], intro="")
    for page in PdfReader(BytesIO(pdf.render(template, data, TITLE))).pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == A4_POINTS


def test_a_sheet_prints_on_a4_with_its_heading_and_number_on_every_page() -> None:
    found = parts(sheet())
    page = etree.fromstring(found["xl/worksheets/sheet1.xml"])
    setup = page.find(f"{S}pageSetup")
    assert (setup.get("paperSize"), setup.get("orientation")) == ("9", "landscape")
    assert (setup.get("fitToHeight"), page.find(f"{S}sheetPr/{S}pageSetUpPr").get("fitToPage")) == (
        "0",
        "1",
    )
    assert page.findtext(f"{S}headerFooter/{S}oddFooter") == "&RPagina &P van &N"
    names = etree.fromstring(found["xl/workbook.xml"]).iter(f"{S}definedName")
    assert "_xlnm.Print_Titles" in {one.get("name") for one in names}


def test_every_page_of_word_says_what_every_page_of_the_pdf_says() -> None:
    document = Document(BytesIO(word()))
    (section,) = document.sections
    above = section.header.paragraphs[0].text
    assert above == f"{HEAD.organisation}\tKenmerk {HEAD.code} · {HEAD.date}"
    mark = f"{HEAD.footer}\n{HEAD.reader}"
    assert section.footer.paragraphs[0].text == mark
    fields = [one.get(f"{W}instr").strip() for one in section.footer._element.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]
    # Who listens does not hear what is under the page: it is said once in the text as well.
    assert [one.text for one in document.paragraphs].count(mark) == 1


def test_a_word_document_of_nobody_in_particular_has_a_number_only() -> None:
    (section,) = Document(BytesIO(word(head=None))).sections
    assert "".join(one.text for one in section.header.paragraphs) == ""
    assert len(section.footer.paragraphs) == 1


# --- Tables and headings


def test_the_first_row_and_the_first_column_of_a_word_table_are_headers() -> None:
    body = etree.fromstring(parts(word())["word/document.xml"])
    tables = list(body.iter(f"{W}tbl"))
    corners = []
    for table in tables:
        look = table.find(f"{W}tblPr/{W}tblLook")
        assert (look.get(f"{W}firstRow"), look.get(f"{W}firstColumn")) == ("1", "1")
        corner = next(table.iter(f"{W}tc"))
        corners += [one.get(f"{W}name") for one in corner.iter(f"{W}bookmarkStart")]
    assert corners == ["Title1", "Title2"]
    styles = etree.fromstring(parts(word())["word/styles.xml"])
    shown = {one.get(f"{W}type") for one in styles.iter(f"{W}tblStylePr")}
    assert shown == {"firstRow", "firstCol"}


def test_the_columns_of_a_word_table_fill_the_page_by_their_share() -> None:
    first, second = Document(BytesIO(word())).tables[1].columns
    assert first.width and second.width and round(first.width / second.width) == 3


def test_the_text_of_word_is_dark_enough() -> None:
    """The blue that the library gives its headings is too light for small text."""
    styles = etree.fromstring(parts(word())["word/styles.xml"])
    colours = {one.get(f"{W}val") for one in styles.iter(f"{W}color")}
    assert colours
    for colour in colours:
        red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
        assert 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2 < 0.1


# --- Calendar items


def invitation() -> Calendar:
    starts = datetime(2045, 7, 3, 9, tzinfo=UTC)
    content = ics.event(
        uid="a",
        sequence=0,
        starts=starts,
        ends=starts + timedelta(hours=1),
        summary="Overleg",
        location="Stadhuis",
        description="Regel",
        organizer="RDM <rdm@rdm.example>",
        attendee="iemand@zorg.example",
    )
    return Calendar.from_ical(content)


def test_a_calendar_item_holds_no_remark_of_the_library() -> None:
    found = invitation()
    for one in found.walk():
        assert "COMMENT" not in one
    assert found["PRODID"].startswith("-//RDM//")
    (event,) = found.walk("VEVENT")
    for name in ("SUMMARY", "LOCATION", "DESCRIPTION"):
        assert event[name].params["LANGUAGE"] == "nl"
    assert event["DTSTAMP"].dt == MOMENT


def test_its_time_zone_holds_for_all_years_to_come() -> None:
    (zone,) = invitation().walk("VTIMEZONE")
    read = zone.to_tz(lookup_tzid=False)
    around = [datetime(2027, month, day) for month, day in ((3, 28), (10, 31))]
    hours = [one.replace(tzinfo=UTC) + timedelta(hours=n / 2) for one in around for n in range(8)]
    weeks = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(weeks=n) for n in range(1750)]
    for moment in [*hours, *weeks]:
        expected = moment.astimezone(clock.AMSTERDAM).utcoffset()
        assert moment.astimezone(read).utcoffset() == expected, moment
