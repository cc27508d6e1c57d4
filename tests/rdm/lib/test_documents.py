"""The documents are read back with other libraries than the ones that made them."""

import time
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from icalendar import Calendar
from lxml import etree
from pypdf import PdfReader

from rdm.lib import clock, docx, ics, pdf
from tests.rdm.lib.bad_input import BAD_INPUT
from tests.rdm.lib.letters import letter

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def pdf_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


# --- PDF


def test_pdf_says_what_went_in() -> None:
    text = pdf_text(pdf.render("terugkoppeling", letter("Eén.\n\nTwee: €5 – “ja”."), "Titel"))
    for part in ("Voorbeeldstad", "Eén.", "Twee: €5 – “ja”.", "TW-26-7K4QX", "Plan maken"):
        assert part in text
    assert "Pagina 1 van 1" in text


def test_pdf_is_accessible_archivable_and_dutch() -> None:
    reader = PdfReader(BytesIO(pdf.render("terugkoppeling", letter(), "Terugkoppeling")))
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"].lower() == "nl-nl"
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Terugkoppeling"
    assert reader.metadata.author is None
    xmp = etree.fromstring(catalog["/Metadata"].get_data())
    ua, archive = (f".//{{http://www.aiim.org/{name}/ns/id/}}" for name in ("pdfua", "pdfa"))
    assert xmp.findtext(f"{ua}part") == "1"
    assert (xmp.findtext(f"{archive}part"), xmp.findtext(f"{archive}conformance")) == ("2", "A")


def test_pdf_carries_its_own_font_only() -> None:
    fonts = set()
    for page in PdfReader(BytesIO(pdf.render("terugkoppeling", letter(), "T"))).pages:
        for font in page["/Resources"]["/Font"].values():
            fonts.add(font.get_object()["/BaseFont"].split("+")[-1])
    assert fonts
    assert all("SourceSans3" in font.replace(" ", "") for font in fonts)


def test_pdf_repeats_the_table_header_on_every_page() -> None:
    rows = [{"what": f"Afspraak {i}", "who": "Gemeente", "due": "1 mei 2026"} for i in range(90)]
    pages = PdfReader(BytesIO(pdf.render("terugkoppeling", letter(afspraken=rows), "T"))).pages
    assert len(pages) > 2
    assert all("Uiterlijk" in page.extract_text() for page in pages)


def test_user_text_is_never_markup() -> None:
    typed = '#import "base.typ" *vet* $x^2$ @ref <label> \\ `code` = kop // weg'
    assert typed in pdf_text(pdf.render("terugkoppeling", letter(typed), "T"))


def test_a_character_without_a_shape_shows_as_a_box() -> None:
    assert "a□b□" in pdf_text(pdf.render("terugkoppeling", letter("a😀b\x00"), "T"))


@pytest.mark.parametrize("text", BAD_INPUT)
def test_bad_input_still_makes_a_pdf(text: str) -> None:
    data = letter(text, facts=[{"label": text, "value": text}], code=text, correction=text)
    assert pdf.render("terugkoppeling", data, f"x{text}").startswith(b"%PDF")


def section(text: str = "Een tekst.", **more: Any) -> dict[str, Any]:
    """One section of the process overview with everything in it."""
    found: dict[str, Any] = {
        "heading": "Route",
        "rows": [("Kort", text), ("Is dit lang?", f"{text} " * 30)],
        "items": [text],
        "table": {"widths": (0, 2), "header": ("Trede", "Uitkomst"), "rows": [("1", text)]},
        "parts": [],
        "empty": "Er is niets.",
    }
    return found | more


def test_process_overview_shows_every_kind_of_content_and_the_reader_on_every_page() -> None:
    deeper = section(parts=[section(heading="Diep")], heading="Dieper")
    nothing = section(heading="Leeg", rows=[], items=[], table=None)
    data = letter(sections=[section(parts=[deeper]), nothing] * 3, reader="Gedownload door A.")
    content = pdf.render("procesoverzicht", data, "Overzicht")
    text = pdf_text(content)
    for part in ("Kort:", "Is dit lang?", "• Een tekst.", "Trede", "Diep", "Er is niets."):
        assert part in text
    assert "Is dit lang?:" not in text
    pages = PdfReader(BytesIO(content)).pages
    assert len(pages) > 1
    assert all("Gedownload door A." in page.extract_text() for page in pages)


@pytest.mark.parametrize("text", BAD_INPUT)
def test_bad_input_still_makes_a_process_overview(text: str) -> None:
    found = section(text, heading=f"Kop {text}", empty=text)
    data = letter(sections=[found], reader=text, code=text)
    assert pdf.render("procesoverzicht", data, "T").startswith(b"%PDF")


@pytest.mark.parametrize("name", ["", "../base", "Terugkoppeling", "a.b", "/etc/passwd"])
def test_only_plain_template_names(name: str) -> None:
    with pytest.raises(ValueError, match="template"):
        pdf.render(name, letter(), "T")


def test_pdf_needs_a_title() -> None:
    with pytest.raises(ValueError, match="title"):
        pdf.render("terugkoppeling", letter(), " ")


def test_pdf_is_fast_once_the_font_is_loaded() -> None:
    pdf.render("terugkoppeling", letter(), "T")
    times = []
    for i in range(5):
        started = time.perf_counter()
        pdf.render("terugkoppeling", letter(f"Tekst {i}. " * 200), "T")
        times.append(time.perf_counter() - started)
    assert min(times) < 0.1


# --- docx


def blocks(text: str) -> list[docx.Block]:
    return [
        docx.Heading("Casusbeschrijving"),
        docx.Paragraph(text),
        docx.BulletList(["een", text]),
        docx.Table(["Afspraak", "Wie"], [["Plan maken", text]]),
    ]


def test_docx_says_what_went_in() -> None:
    document = Document(BytesIO(docx.render("Terugkoppeling", blocks("Eén.\n\nTwee."))))
    text = [p.text for p in document.paragraphs]
    assert text[:4] == ["Terugkoppeling", "Casusbeschrijving", "Eén.", "Twee."]
    assert document.paragraphs[1].style.name == "Heading 1"
    assert document.tables[0].rows[1].cells[0].text == "Plan maken"


def test_docx_repeats_the_table_header() -> None:
    content = docx.render("T", blocks("tekst"))
    body = etree.fromstring(zipfile.ZipFile(BytesIO(content)).read("word/document.xml"))
    rows = list(body.iter(f"{WORD}tr"))
    assert [row.find(f".//{WORD}tblHeader") is not None for row in rows] == [True, False]


@pytest.mark.parametrize("text", BAD_INPUT)
def test_bad_input_still_makes_a_docx(text: str) -> None:
    document = Document(BytesIO(docx.render(text, [docx.Heading(text), *blocks(text)])))
    assert document.tables


# --- ics


def item(**more: Any) -> bytes:
    values: dict[str, Any] = {
        "uid": "overleg-7@rdm.example",
        "sequence": 0,
        "starts": datetime(2026, 3, 27, 9, 0, tzinfo=UTC),
        "ends": datetime(2026, 3, 27, 10, 30, tzinfo=UTC),
        "summary": "Escalatieoverleg TW-26-7K4QX",
        "location": "Stadhuis, zaal 2",
        "description": "Regel 1\nRegel 2",
        "organizer": "RDM Twente <rdm@rdm.example>",
        "attendee": "iemand@zorg.example",
    }
    return ics.event(**(values | more))


def test_calendar_item_reads_back() -> None:
    calendar = Calendar.from_ical(item())
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "REQUEST"
    assert event["UID"] == "overleg-7@rdm.example"
    assert event["CLASS"] == "CONFIDENTIAL"
    assert event["DTSTART"].dt == datetime(2026, 3, 27, 10, tzinfo=clock.AMSTERDAM)
    assert event["DTEND"].dt == datetime(2026, 3, 27, 11, 30, tzinfo=clock.AMSTERDAM)
    assert event["DTSTAMP"].dt.utcoffset().total_seconds() == 0
    assert event["LOCATION"] == "Stadhuis, zaal 2"
    assert event["DESCRIPTION"] == "Regel 1\nRegel 2"
    assert event["ORGANIZER"] == "mailto:rdm@rdm.example"
    assert event["ATTENDEE"] == "mailto:iemand@zorg.example"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Amsterdam"]


def test_a_cancellation_is_the_same_item_with_a_higher_sequence() -> None:
    (event,) = Calendar.from_ical(item(method="CANCEL", sequence=2)).walk("VEVENT")
    assert (event["UID"], event["SEQUENCE"]) == ("overleg-7@rdm.example", 2)
    assert event["STATUS"] == "CANCELLED"
    assert b"METHOD:CANCEL" in item(method="CANCEL")


def test_the_moment_survives_the_clock_change() -> None:
    starts = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    ends = datetime(2026, 3, 29, 2, 30, tzinfo=UTC)
    (event,) = Calendar.from_ical(item(starts=starts, ends=ends)).walk("VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (starts, ends)


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts": datetime(2026, 3, 27, 9)},
        {"ends": datetime(2026, 3, 27, 9)},
        {"ends": datetime(2026, 3, 27, 9, tzinfo=UTC)},
    ],
)
def test_a_calendar_item_needs_a_real_period(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="calendar item"):
        item(**wrong)


@pytest.mark.parametrize("text", BAD_INPUT)
def test_bad_input_adds_nothing_to_a_calendar_item(text: str) -> None:
    content = item(summary=text, location=text, description=text, attendee=f"{text}x@zorg.example")
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    lines = {line.split(b":")[0].split(b";")[0] for line in content.split(b"\r\n")}
    assert b"BCC" not in {name.upper() for name in lines}
    assert len(event.walk()) == 1
    assert not isinstance(event["ATTENDEE"], list)
