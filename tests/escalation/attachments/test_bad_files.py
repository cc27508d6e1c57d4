"""Bad files through the page (security.md, "Bad input"): refused in Dutch, and nothing is kept."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pypdf import PdfWriter

from audit.models import AuditEntry
from directory.models import User
from escalation.models import Attachment, AttachmentVersion, Casus, LeftOverFile
from rdm.lib import uploads
from rdm.lib.reading import office, pdf_text
from rdm.lib.upload_field import PIECE, UploadField
from tests import pdfs
from tests.cast import Cast
from tests.escalation.attachments.attached import JPG, PDF, PNG, changed, odt, word, zipped
from tests.escalation.overleg.sending import hidden, text_of
from tests.world import registered_casus

# What is in a file is judged before the database is asked.
pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BSN = "111222333"
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" TargetMode="External" Target="https://x.example/" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"/>'
    "</Relationships>"
)


@pytest.fixture(autouse=True)
def private(settings: Any, tmp_path: Path) -> Path:
    settings.PRIVATE_DIR = tmp_path
    return tmp_path


@pytest.fixture
def casus(cast: Cast) -> Casus:
    return registered_casus(cast)


def on_disk(private: Path) -> list[Path]:
    return [path for path in private.rglob("*") if path.is_file()]


ANSWERS = {
    "kind": "plan",
    "title": "Plan van november",
    "audience": "readers",
    "block": "process",
}


def send(client: Client, casus: Casus, name: str, content: bytes, **more: Any) -> HttpResponse:
    url = reverse("attachment_add", args=[casus.code])
    form = hidden(client.get(url).context["form"])
    answers = {**form, **ANSWERS, "file": SimpleUploadedFile(name, content), **more}
    return client.post(url, answers)  # type: ignore[return-value]


def bomb() -> bytes:
    """300 kB that become 300 MB."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            with archive.open(f"word/media/{number}.xml", "w") as member:
                for _ in range(100):
                    member.write(b" " * 1024 * 1024)
        archive.writestr("word/document.xml", b"<w/>")
    return made.getvalue()


def lying() -> bytes:
    """A bomb that says it is small."""
    members = {"word/document.xml": b"<w/>", "word/x.bin": b"0" * (office.MOST_UNPACKED + 10)}
    honest = zipped(members)
    size = (office.MOST_UNPACKED + 10).to_bytes(4, "little")
    assert size in honest
    return honest.replace(size, (100).to_bytes(4, "little"))


def locked_zip() -> bytes:
    content = bytearray(word("Verzonnen"))
    for found in re.finditer(b"PK\x01\x02", bytes(content)):
        content[found.start() + 8] |= 1
    return bytes(content)


def twice() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive, pytest.warns(UserWarning):
        for text in (b"<w/>", b"<w>anders</w>"):
            archive.writestr("word/document.xml", text)
    return made.getvalue()


def locked_pdf() -> bytes:
    made, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(9, 9)
    writer.encrypt("", "geheim")
    writer.write(made)
    return made.getvalue()


GOOD_WORD = word("Verzonnen")
DOCTYPE = b'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w>&b;</w>'
MACRO_TYPES = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    b'PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.'
    b'main+xml"/></Types>'
)
MANIFEST = (
    b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    b"<manifest:encryption-data/></manifest:manifest>"
)
CATALOG = b"<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>"
ONE_PAGE = (
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
)
SCRIPT = b"<< /S /JavaScript /JS (1) >>"


def opens_with(action: bytes, *more: bytes) -> bytes:
    """A pdf with this to be done when it opens; `more` are the objects from 7 on."""
    return pdfs.page(b"", of_document=b"/OpenAction " + action, more=more)


def related(kind: str, target: str, more: str = "") -> bytes:
    """A docx of which a part has this relation."""
    return changed(
        GOOD_WORD,
        {
            "word/_rels/footnotes.xml.rels": (
                f'<Relationships><Relationship Id="r1" Target="{target}" {more} '
                f'Type="http://schemas.openxmlformats.org/{kind}"/></Relationships>'
            ).encode()
        },
    )


def field(*pieces: str) -> bytes:
    """A docx with this instruction of a field in its header, as Word may cut it up."""
    said = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in pieces)
    header = f'<w:hdr xmlns:w="urn:w"><w:p><w:fldChar/>{said}<w:fldChar/></w:p></w:hdr>'
    return changed(GOOD_WORD, {"word/header1.xml": header.encode()})


def shows(element: str, to: str) -> bytes:
    return odt(f'<{element} xmlns:draw="urn:d" xmlns:xlink="urn:x" xlink:href="{to}"/>')


BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "0 bytes": ("plan.pdf", lambda: b"", "is leeg"),
    "26 MB": ("plan.pdf", lambda: PDF + b"0" * 26 * 1024 * 1024, "groter dan 25 MB"),
    "html as pdf": ("plan.pdf", lambda: HTML, "geen goede pdf"),
    "html as docx": ("plan.docx", lambda: HTML, "geen goede docx"),
    "html as jpg": ("plan.jpg", lambda: HTML, "geen goede jpg"),
    "half a pdf": ("plan.pdf", lambda: b"%PDF-1.7 en verder niets", "geen goede pdf"),
    "svg": ("plan.svg", lambda: SVG, "Dit soort bestand kan hier niet"),
    "svg as png": ("plan.png", lambda: SVG, "geen goede png"),
    "program": ("plan.pdf.exe", lambda: b"MZ", "Dit soort bestand kan hier niet"),
    "no extension": ("plan", lambda: PDF, "Dit soort bestand kan hier niet"),
    "macro by name": ("plan.docm", lambda: GOOD_WORD, "Dit soort bestand kan hier niet"),
    "macro inside": (
        "plan.docx",
        lambda: changed(GOOD_WORD, {"word/vbaProject.bin": b"x"}),
        "macro’s",
    ),
    "macro by type": (
        "plan.docx",
        lambda: changed(GOOD_WORD, {"[Content_Types].xml": MACRO_TYPES}),
        "macro’s",
    ),
    "object inside": (
        "plan.docx",
        lambda: changed(GOOD_WORD, {"word/embeddings/oleObject1.bin": b"x"}),
        "macro’s",
    ),
    "macro in odt": ("plan.odt", lambda: odt("x", more={"Basic/a.xml": b"<x/>"}), "macro’s"),
    "zip bomb": ("plan.docx", bomb, "veel te groot"),
    "lying zip bomb": ("plan.docx", lying, "geen goede docx"),
    "many members": (
        "plan.docx",
        lambda: changed(GOOD_WORD, {f"word/{n}.x": b"" for n in range(office.MOST_MEMBERS)}),
        "veel te groot",
    ),
    "path in member": (
        "plan.docx",
        lambda: changed(GOOD_WORD, {"../../etc/cron.d/x": b"x"}),
        "geen goede docx",
    ),
    "root in member": ("plan.odt", lambda: odt("x", more={"/etc/x": b"x"}), "geen goede odt"),
    "drive in member": ("plan.odt", lambda: odt("x", more={"C:\\x": b"x"}), "geen goede odt"),
    "same member twice": ("plan.docx", twice, "geen goede docx"),
    "any zip": ("plan.docx", lambda: zipped({"plan.txt": b"x"}), "geen goede docx"),
    "broken zip": ("plan.docx", lambda: GOOD_WORD[:-40], "geen goede docx"),
    "broken xml": (
        "plan.docx",
        lambda: changed(GOOD_WORD, {"word/document.xml": b"<w"}),
        "geen goede docx",
    ),
    "xml bomb": (
        "plan.docx",
        lambda: changed(GOOD_WORD, {"word/document.xml": DOCTYPE}),
        "geen goede docx",
    ),
    "fetches a template": (
        "plan.docx",
        lambda: changed(
            GOOD_WORD,
            {"word/_rels/settings.xml.rels": RELATION.format("attachedTemplate").encode()},
        ),
        "van een ander adres",
    ),
    "too long to read": ("plan.odt", lambda: odt("lang " * 70_000), "te lang"),
    "docx as odt": ("plan.odt", lambda: GOOD_WORD, "geen goede odt"),
    "other odf as odt": (
        "plan.odt",
        lambda: odt("x", more={"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "geen goede odt",
    ),
    "locked docx": ("plan.docx", lambda: uploads._OLD_OFFICE + b"\0" * 600, "wachtwoord"),
    "locked zip": ("plan.docx", locked_zip, "wachtwoord"),
    "locked odt": ("plan.odt", lambda: odt("x", more={"META-INF/manifest.xml": MANIFEST}), "wacht"),
    "locked pdf": ("plan.pdf", lambda: PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root"), "wacht"),
    "script in pdf": ("plan.pdf", lambda: PDF.replace(b"/Catalog", b"/S /JavaScript"), "programma"),
    "script in pdf, its name in numbers": (
        "plan.pdf",
        lambda: opens_with(b"<< /#53 /Java#53cript /J#53 (1) >>"),
        "programma",
    ),
    "script in pdf, packed": (
        "plan.pdf",
        lambda: pdfs.in_object_stream(CATALOG, *ONE_PAGE, hidden=SCRIPT),
        "programma",
    ),
    "script in pdf, by a detour": (
        "plan.pdf",
        lambda: opens_with(b"<< /S 7 0 R >>", b"/Launch"),
        "programma",
    ),
    "script in pdf, as an address": (
        "plan.pdf",
        lambda: opens_with(b"<< /S /URI /URI (Javascript:1) >>"),
        "programma",
    ),
    "pdf that sends": ("plan.pdf", lambda: opens_with(b"<< /S /SubmitForm >>"), "programma"),
    "film in pdf": ("plan.pdf", lambda: opens_with(b"<< /S /Rendition >>"), "programma"),
    "file in pdf, packed": (
        "plan.pdf",
        lambda: pdfs.in_object_stream(
            CATALOG.replace(b"OpenAction", b"Names"),
            *ONE_PAGE,
            hidden=b"<< /EmbeddedFiles 3 0 R >>",
        ),
        "programma",
    ),
    "locked pdf by a program": ("plan.pdf", locked_pdf, "wacht"),
    "macro by another name": (
        "plan.docx",
        lambda: related("officeDocument/2006/relationships/vbaProject", "lijst.xml"),
        "macro’s",
    ),
    "control by another name": (
        "plan.docx",
        lambda: related("officeDocument/2006/relationships/control", "lijst.xml"),
        "macro’s",
    ),
    "object by another name": (
        "plan.docx",
        lambda: related("officeDocument/2006/relationships/oleObject", "lijst.xml"),
        "macro’s",
    ),
    "macro by the type of a part": (
        "plan.docx",
        lambda: changed(
            GOOD_WORD,
            {
                "[Content_Types].xml": MACRO_TYPES.replace(
                    b"ms-word.document.macroEnabled.main+xml", b"ms-office.vbaProject"
                )
            },
        ),
        "macro’s",
    ),
    "script behind a link": (
        "plan.docx",
        lambda: related(
            "officeDocument/2006/relationships/hyperlink", "javascript:1", 'TargetMode="External"'
        ),
        "macro’s",
    ),
    "fetches, in small letters": (
        "plan.docx",
        lambda: related(
            "officeDocument/2006/relationships/image", "//x.example/1", 'TargetMode="external"'
        ),
        "van een ander adres",
    ),
    "fetches, in a part in capitals": (
        "plan.docx",
        lambda: changed(GOOD_WORD, {"word/_rels/x.xml.RELS": RELATION.format("image").encode()}),
        "van een ander adres",
    ),
    "other text than is read": (
        "plan.docx",
        lambda: related("officeDocument/2006/relationships/officeDocument", "word/ander.xml"),
        "geen goede docx",
    ),
    "same member in capitals": (
        "plan.docx",
        lambda: changed(GOOD_WORD, {"word/Document.xml": b"<w/>"}),
        "geen goede docx",
    ),
    "field that starts a program": ("plan.docx", lambda: field("DDE", "AUTO x y"), "macro’s"),
    "picture from elsewhere in odt": (
        "plan.odt",
        lambda: shows("draw:image", "https://x.example/1.png"),
        "van een ander adres",
    ),
    "file beside an odt": (
        "plan.odt",
        lambda: shows("draw:object", "../ander.ods"),
        "van een ander adres",
    ),
    "script behind a link in odt": (
        "plan.odt",
        lambda: shows("draw:a", "vnd.sun.star.script:x"),
        "macro’s",
    ),
    "object in odt": ("plan.odt", lambda: shows("draw:object-ole", "./Object 1"), "macro’s"),
    "file in pdf": ("plan.pdf", lambda: PDF.replace(b"/Catalog", b"/EmbeddedFiles"), "programma"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_and_leaves_nothing(
    cast: Cast, client_of: ClientOf, casus: Casus, private: Path, case: str
) -> None:
    name, content, words = BAD[case]
    answer = send(client_of(cast.procesmanager), casus, name, content())
    assert answer.status_code == 422
    page = text_of(answer)
    assert words in page, page
    # What was typed stays.
    assert 'value="Plan van november"' in answer.content.decode()
    assert not Attachment.objects.exists() and not LeftOverFile.objects.exists()
    assert on_disk(private) == []


def test_far_too_much_does_not_reach_the_disk(
    cast: Cast, client_of: ClientOf, casus: Casus, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """The file is thrown away while it comes in; the other answers are still read."""
    settings.UPLOAD_MAX_BYTES = 100_000
    written = []
    handler = "django.core.files.uploadhandler.TemporaryFileUploadHandler.receive_data_chunk"
    monkeypatch.setattr(handler, lambda self, data, start: written.append(len(data)))
    answer = send(client_of(cast.procesmanager), casus, "plan.pdf", b"0" * 4_000_000)
    assert answer.status_code == 422 and "groter dan" in text_of(answer)
    assert sum(written) <= 100_000
    assert answer.context["form"].data["title"] == "Plan van november"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", PDF),
        ("PLAN.PDF", PDF),
        ("plan.versie 2.docx", GOOD_WORD),
        ("plan.odt", odt("Verzonnen")),
        ("foto.jpeg", JPG),
        ("foto.jpg", JPG),
        ("foto.png", PNG),
        ("met metadata.pdf", PDF.replace(b"/Catalog", b"/EncryptMetadata false")),
        (
            "met een link.docx",
            changed(GOOD_WORD, {"word/_rels/x.xml.rels": RELATION.format("hyperlink").encode()}),
        ),
        (
            "met een grafiek.docx",
            changed(GOOD_WORD, {"word/embeddings/Microsoft_Excel_Sheet.xlsx": b"x"}),
        ),
    ],
)
def test_a_good_file_is_kept_as_it_is(
    cast: Cast, client_of: ClientOf, casus: Casus, private: Path, name: str, content: bytes
) -> None:
    assert send(client_of(cast.procesmanager), casus, name, content).status_code == 302
    (path,) = on_disk(private)
    assert path.read_bytes() == content
    assert path.stat().st_mode & 0o777 == 0o600
    assert "." not in path.name
    assert not LeftOverFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Verzonnen Naam\\plan.pdf", "plan.pdf"),
        ("..\\..\\plan.pdf", "plan.pdf"),
        ("plan\u202efdp.pdf", "planfdp.pdf"),
        ("pl\u200ban\x07.pdf", "plan.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("=1+1{{7*7}}<script>.pdf", "=1+1{{7*7}}<script>.pdf"),
        ('a".pdf', 'a".pdf'),
    ],
)
def test_a_name_is_shown_and_never_used(
    cast: Cast, client_of: ClientOf, casus: Casus, private: Path, name: str, kept: str
) -> None:
    assert uploads.plain_name(name) == kept
    client = client_of(cast.procesmanager)
    assert send(client, casus, name, PDF).status_code == 302
    version = AttachmentVersion.objects.get()
    # Django may strip more of it on the way in.
    assert "/" not in version.name and "\\" not in version.name and len(version.name) <= 120
    code, pk = casus.code, version.attachment_id
    page = client.get(reverse("attachment_detail", args=[code, pk])).content.decode()
    assert "<script>." not in page
    opened = client.get(reverse("attachment_open", args=[code, pk, 1]))
    assert opened.headers["Content-Disposition"] == (
        f'attachment; filename="{code}-bijlage-{pk}-versie-1.pdf"'
    )


# --- Personal data --------------------------------------------------------------------------------

HEADER = (
    '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r>'
    f"<w:t>{BSN[:4]}</w:t></w:r><w:r><w:t>{BSN[4:]}</w:t></w:r></w:p></w:hdr>"
)
BOXES = (
    '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:tbl><w:tr>'
    + "".join(f"<w:tc><w:p><w:r><w:t>{one}</w:t></w:r></w:p></w:tc>" for one in BSN)
    + "</w:tr></w:tbl></w:hdr>"
)
PERSONAL = {
    "docx": ("plan.docx", word("Nummer", f"Het nummer is {BSN}.")),
    "in pieces, in a header": ("plan.docx", changed(GOOD_WORD, {"word/h.xml": HEADER.encode()})),
    "hidden characters": ("plan.docx", word(f"Nummer {BSN[:3]}\u200b{BSN[3:]}")),
    "odt": ("plan.odt", odt("Bel", "naam@voorbeeld.example")),
    "far on": ("plan.odt", odt(*["woord " * 900] * 20, f"Nummer {BSN}.")),
    "far on in one line": ("plan.odt", odt("woord " * 9000 + f"Nummer {BSN}.")),
    "boxes in a table": ("plan.docx", changed(GOOD_WORD, {"word/h.xml": BOXES.encode()})),
    "boxes of a pdf": (
        "plan.pdf",
        pdfs.typed(f'#for d in "{BSN}" {{ box(stroke: 1pt, inset: 4pt)[#d] }}'),
    ),
    "thousands": ("plan.odt", odt("naam@voorbeeld.example " * 9000)),
    "pdf": ("plan.pdf", pdfs.typed(f"Het nummer is {BSN}.")),
    "title of a pdf": ("plan.pdf", pdfs.typed(f'#set document(title: "{BSN}")\nVerzonnen')),
    "title of a scan": ("scan.pdf", pdfs.scan(trailer=b"/Info << /Title (%s) >>" % BSN.encode())),
    "far on in a pdf": ("plan.pdf", pdfs.typed(f"#lorem(9000) {BSN}")),
    "date over two lines of a pdf": ("plan.pdf", pdfs.typed("Op 12 \\ maart \\ 1984 was het")),
    "link in a docx": (
        "plan.docx",
        changed(
            GOOD_WORD,
            {
                "word/_rels/document.xml.rels": RELATION.format("hyperlink")
                .replace("https://x.example/", "mailto:naam%40voorbeeld.example")
                .encode()
            },
        ),
    ),
    "link in an odt": (
        "plan.odt",
        odt(
            '<text:a xmlns:xlink="http://www.w3.org/1999/xlink" '
            'xlink:href="mailto:naam@voorbeeld.example">Mail</text:a>'
        ),
    ),
    "link in a pdf": (
        "plan.pdf",
        pdfs.page(
            pdfs.WORDS % b"Verzonnen",
            of_page=b"/Annots [<< /Type /Annot /Subtype /Link /Rect [9 9 99 99] /A "
            b"<< /S /URI /URI (mailto:naam@voorbeeld.example) >> >>]",
        ),
    ),
    "name": (f"plan {BSN}.pdf", PDF),
}


@pytest.mark.parametrize("case", PERSONAL)
def test_personal_data_in_a_file_warns_before_it_is_kept(
    cast: Cast, client_of: ClientOf, casus: Casus, private: Path, case: str
) -> None:
    client, (name, content) = client_of(cast.procesmanager), PERSONAL[case]
    hit = send(client, casus, name, content)
    page = text_of(hit)
    assert hit.status_code == 422 and on_disk(private) == []
    assert "Dat lijkt op" in page and "Kies een bestand zonder persoonsgegevens" in page
    assert ("In de naam van het bestand" in page) == (case == "name")
    # Once more, without a reason, and with one.
    seen = {"screening_seen": hit.context["form"].data["screening_seen"]}
    sure = {**seen, "screening_override": "on"}
    for more in (seen, sure):
        again = send(client, casus, name, content, **more)
        assert again.status_code == 422 and on_disk(private) == []
    let_through = send(client, casus, name, content, **sure, screening_reason="Een zaaknummer")
    assert let_through.status_code == 302 and len(on_disk(private)) == 1
    version = AttachmentVersion.objects.get()
    assert version.screening_reason == "Een zaaknummer"
    assert AuditEntry.objects.filter(part="screening:file", object_id=casus.code).count() == 1
    shown = client.get(reverse("attachment_detail", args=[casus.code, version.attachment_id]))
    assert "Uitleg: Een zaaknummer" in text_of(shown)


@pytest.mark.parametrize("personal", [BSN, "geboren op 12 maart\n2011", "06 12 34 56\n78"])
def test_what_stands_over_the_end_of_a_piece_is_found_once(personal: str) -> None:
    field = UploadField(most=1)
    for place in range(PIECE - len(personal) - 2, PIECE + 2, 3):
        text = "plan.odt\n" + "." * (place - 10) + f" {personal} en verder"
        (hit,) = field.find(text)
        assert text[hit.start : hit.end] in personal and hit.end == place + len(personal)


def test_other_personal_data_than_was_shown_blocks_again(
    cast: Cast, client_of: ClientOf, casus: Casus, private: Path
) -> None:
    client = client_of(cast.procesmanager)
    hit = send(client, casus, "plan.docx", word(BSN))
    sure = {
        "screening_seen": hit.context["form"].data["screening_seen"],
        "screening_override": "on",
        "screening_reason": "Een zaaknummer",
    }
    other = send(client, casus, "plan.docx", word(BSN, "naam@voorbeeld.example"), **sure)
    assert other.status_code == 422 and on_disk(private) == []


def test_a_file_that_says_that_it_is_a_bsn_cannot_be_explained(
    cast: Cast, client_of: ClientOf, casus: Casus, private: Path
) -> None:
    client = client_of(cast.procesmanager)
    hit = send(client, casus, "plan.docx", word(f"BSN: {BSN}"))
    assert "ook niet met uitleg" in text_of(hit) and "leg hieronder uit" not in text_of(hit)
    sure = {"screening_override": "on", "screening_reason": "Dat weet ik niet"}
    again = send(client, casus, "plan.docx", word(f"BSN: {BSN}"), **sure)
    assert again.status_code == 422 and on_disk(private) == []


def png(width: int, height: int) -> bytes:
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return PNG[:16] + size + PNG[24:]


def jpg(width: int, height: int) -> bytes:
    """With the small copy before it that a camera makes."""
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    copy = b"\xff\xe1\x04\x02" + b"\xff\xc0\0\x11\x08\0\1\0\1".ljust(1024, b"\0")
    return b"\xff\xd8" + copy + b"\xff\xc2\0\x11\x08" + size + b"\3" + b"\0" * 99


def with_media(picture: bytes) -> bytes:
    return changed(GOOD_WORD, {"word/media/image1.bin": picture})


def in_word(shown: str) -> bytes:
    """A docx that shows this, with the picture of a logo in it."""
    header = (
        '<w:hdr xmlns:w="urn:w" xmlns:wp="urn:wp" xmlns:a="urn:a" xmlns:v="urn:v">'
        f"<w:p>{shown}</w:p></w:hdr>"
    )
    members = {"word/header1.xml": header.encode(), "word/media/image1.png": png(900, 450)}
    return changed(GOOD_WORD, members)


def in_frame(width: str, height: str) -> bytes:
    """An odt that shows a picture in this size, in a frame that is larger."""
    size = f'svg:width="{width}" svg:height="{height}"'
    shown = (
        '<draw:frame xmlns:draw="urn:d" xmlns:svg="urn:s" svg:width="17cm" svg:height="9cm">'
        f"<draw:text-box><draw:frame {size}><draw:image/></draw:frame></draw:text-box></draw:frame>"
    )
    return odt(shown, more={"Pictures/1.png": png(900, 450)})


EMU = 36_000
DRAWN = '<wp:inline><wp:extent cx="{}" cy="{}"/><a:blip/></wp:inline>'
PICTURES: dict[str, tuple[str, bytes, bool]] = {
    "png of many pixels": ("docx", with_media(png(900, 900)), True),
    "png of a logo": ("docx", with_media(png(900, 450)), False),
    "jpg of many pixels": ("docx", with_media(jpg(900, 900)), True),
    "jpg of a logo": ("docx", with_media(jpg(900, 450)), False),
    "gif of a logo": ("docx", with_media(b"GIF89a\x84\3\xc2\1"), False),
    "gif of many pixels": ("docx", with_media(b"GIF89a\x84\3\x84\3"), True),
    "drawing": ("docx", with_media(b"\1\0\0\0" * 99), True),
    "half a png": ("docx", with_media(PNG[:18]), True),
    "half a jpg": ("docx", with_media(jpg(9, 9)[:1035]), True),
    "shown large": ("docx", in_word(DRAWN.format(160 * EMU, 50 * EMU)), True),
    "shown small": ("docx", in_word(DRAWN.format(80 * EMU, 40 * EMU)), False),
    "in no known size": ("docx", in_word("<a:blip/>"), True),
    "in a mad size": ("docx", in_word(DRAWN.format("-9", "NaN")), True),
    "in the old way, large": (
        "docx",
        in_word('<v:shape style="width:400pt;height:150pt"><v:imagedata/></v:shape>'),
        True,
    ),
    "in the old way, small": (
        "docx",
        in_word('<v:shape style="position:absolute;width:9pt;height:9pt"><v:imagedata/></v:shape>'),
        False,
    ),
    "large in an odt": ("odt", in_frame("16cm", "5cm"), True),
    "small in an odt": ("odt", in_frame("3.15in", "1.5in"), False),
    "of no size in an odt": ("odt", in_frame("100%", "5cm"), True),
    "many pixels in an odt": (
        "odt",
        odt("Verzonnen", more={"Pictures/1.jpg": jpg(4000, 3000)}),
        True,
    ),
    "small copy of the page": (
        "odt",
        odt("Verzonnen", more={"Thumbnails/thumbnail.png": png(900, 900)}),
        False,
    ),
}


@pytest.mark.parametrize("case", PICTURES)
def test_a_picture_in_a_document_may_hold_words(case: str) -> None:
    kind, content, may_hold_words = PICTURES[case]
    assert office.read(BytesIO(content), kind).all_read is not may_hold_words


def test_what_was_not_read_says_so(cast: Cast, client_of: ClientOf, casus: Casus) -> None:
    client = client_of(cast.procesmanager)
    for name, content, words, all_read in (
        ("plan.pdf", PDF, "dit programma kan niet alle tekst in deze pdf lezen", False),
        ("scan.pdf", pdfs.scan(), "Misschien is het een scan", False),
        ("foto.jpg", JPG, "dit programma kan geen tekst in foto’s lezen", False),
        ("plan.pdf", pdfs.typed("Verzonnen plan."), "geen persoonsgegevens gevonden", True),
        ("plan.docx", word("Verzonnen plan."), "geen persoonsgegevens gevonden", True),
        ("foto.docx", with_media(png(900, 900)), "er staat een foto of plaatje in", False),
        ("foto.odt", in_frame("16cm", "5cm"), "er staat een foto of plaatje in", False),
        ("logo.odt", in_frame("6cm", "3cm"), "geen persoonsgegevens gevonden", True),
    ):
        sent = send(client, casus, name, content)
        told = text_of(client.get(sent.headers["Location"]))
        # Right away, to who has the file at hand.
        assert ("Kijk zelf na of er persoonsgegevens in staan" in told) == (not all_read)
        version = AttachmentVersion.objects.latest("pk")
        assert version.screened == all_read
        address = reverse("attachment_detail", args=[casus.code, version.attachment_id])
        page = text_of(client.get(address))
        assert words in page and "Niet gescand" in page
        assert ("geen persoonsgegevens gevonden" in page) == all_read


def chunk(name: bytes, content: bytes = b"") -> bytes:
    size, total = len(content).to_bytes(4, "big"), zlib.crc32(name + content).to_bytes(4, "big")
    return size + name + content + total


WHOLE_PNG = (
    PNG[:8]
    + chunk(b"IHDR", PNG[16:29])
    + chunk(b"IDAT", zlib.compress(b"\0\0\0\0"))
    + chunk(b"IEND")
)
WHOLE_JPG = JPG[:2] + b"\xff\xe0\0\4xx" + b"\xff\xda\0\3x" + b"ab\xff\0c\xff\xd1d\xff\xd9"
CHART = "word/embeddings/Microsoft_Excel_Sheet.xlsx"
INSPECTED: dict[str, tuple[str, bytes, bool]] = {
    "pdf": ("plan.pdf", pdfs.words("Verzonnen"), True),
    "packed pdf": (
        "plan.pdf",
        pdfs.in_object_stream(CATALOG, *ONE_PAGE, hidden=b"<< /S /GoTo /D [3 0 R /Fit] >>"),
        True,
    ),
    # Words about it are none.
    "pdf about programs": ("plan.pdf", pdfs.words("Over /JavaScript en /Launch"), True),
    "pdf without a list of places": ("plan.pdf", PDF, False),
    "pdf with a wrong place": (
        "plan.pdf",
        re.sub(rb"startxref\n\d+", b"startxref\n9", pdfs.words("Verzonnen")),
        False,
    ),
    "docx": ("plan.docx", GOOD_WORD, True),
    "docx with a broken file in it": ("plan.docx", changed(GOOD_WORD, {CHART: b"x"}), False),
    "docx with something unknown in it": (
        "plan.docx",
        changed(GOOD_WORD, {"word/lijst.dat": b"x"}),
        False,
    ),
    "docx with a field": ("plan.docx", field("PAGE", " of DDE-lijst"), True),
    "odt": ("plan.odt", odt("Verzonnen"), True),
    "odt with a picture": ("plan.odt", shows("draw:image", "Pictures/1.png"), True),
    "odt with a link": ("plan.odt", shows("draw:a", "https://x.example/"), True),
    "png": ("foto.png", WHOLE_PNG, True),
    "png with something behind it": ("foto.png", WHOLE_PNG + GOOD_WORD, False),
    "png with a wrong sum": ("foto.png", WHOLE_PNG.replace(b"IDAT", b"IDAX"), False),
    "jpg": ("foto.jpg", WHOLE_JPG, True),
    "jpg with something behind it": ("foto.jpg", WHOLE_JPG + GOOD_WORD, False),
    "half a jpg": ("foto.jpg", WHOLE_JPG[:-2], False),
}


@pytest.mark.parametrize("case", INSPECTED)
def test_what_nobody_can_decide_is_kept_and_says_so(
    cast: Cast, client_of: ClientOf, casus: Casus, case: str
) -> None:
    """Both right away and where others find it; and a browser never shows it."""
    client, (name, content, inspected) = client_of(cast.procesmanager), INSPECTED[case]
    sent = send(client, casus, name, content)
    assert sent.status_code == 302, text_of(sent)
    told = text_of(client.get(sent.headers["Location"]))
    version = AttachmentVersion.objects.get()
    assert version.inspected == inspected
    args = [casus.code, version.attachment_id]
    page = text_of(client.get(reverse("attachment_detail", args=args)))
    for said in (told, page):
        assert ("kan niet zien of er een programma of een ander bestand in zit" in said) == (
            not inspected
        )
    opened = client.get(reverse("attachment_open", args=[*args, 1]))
    assert opened.headers["Content-Disposition"].startswith("attachment;")
    assert opened.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_file_that_was_read_in_part_says_both(
    cast: Cast, client_of: ClientOf, casus: Casus
) -> None:
    """Personal data in what was read, and words that were not read."""
    client, (name, content) = client_of(cast.procesmanager), PERSONAL["title of a scan"]
    hit = send(client, casus, name, content)
    sure = {
        "screening_seen": hit.context["form"].data["screening_seen"],
        "screening_override": "on",
        "screening_reason": "Een zaaknummer",
    }
    assert send(client, casus, name, content, **sure).status_code == 302
    version = AttachmentVersion.objects.get()
    address = reverse("attachment_detail", args=[casus.code, version.attachment_id])
    page = text_of(client.get(address))
    assert not version.screened
    assert "Niet of niet helemaal gecontroleerd" in page and "Uitleg: Een zaaknummer" in page


def test_a_pdf_that_is_refused_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_text, "read", lambda content: pytest.fail("was read"))
    for case in ("locked pdf", "script in pdf", "file in pdf", "half a pdf", "html as pdf"):
        name, content, _ = BAD[case]
        with pytest.raises(uploads.BadFile):
            uploads.check(name, BytesIO(content()), 500, most=1_000)


def test_a_mistake_elsewhere_asks_for_the_file_again(
    cast: Cast, client_of: ClientOf, casus: Casus
) -> None:
    client = client_of(cast.procesmanager)
    for more in ({"title": ""}, {"title": f"Nummer {BSN}"}, {"kind": "verzonnen"}):
        answer = send(client, casus, "plan.pdf", PDF, **more)
        assert answer.status_code == 422 and "Kies het bestand nog een keer" in text_of(answer)
    url = reverse("attachment_add", args=[casus.code])
    form = hidden(client.get(url).context["form"])
    assert "Kies een bestand bij" in text_of(client.post(url, {**form, **ANSWERS}))
