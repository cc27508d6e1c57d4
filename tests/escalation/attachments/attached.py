"""Files with a casus, for every test that needs one: good ones, made in memory, and taken in the
way the pages do that."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from directory.models import User
from escalation.attachments import actions as attachments
from escalation.attachments import intake as files
from escalation.models import Attachment, AttachmentVersion, Casus
from rdm.lib import docx, uploads
from rdm.lib.upload_field import Upload
from tests.cast import Cast

MOST = 25 * 1024 * 1024
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0" + b"\0" * 32 + b"IEND\xaeB`\x82"
JPG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 64 + b"\xff\xd9"


def word(*paragraphs: str) -> bytes:
    """A docx with these paragraphs."""
    return docx.render("Verzonnen plan", [docx.Paragraph(one) for one in paragraphs])


def odt(*paragraphs: str, more: Mapping[str, bytes] | None = None) -> bytes:
    """As LibreOffice writes it, as far as it matters here."""
    space = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    body = "".join(f"<text:p>{one}</text:p>" for one in paragraphs)
    content = (
        f"<office:document-content {space}><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": content.encode(),
            **(more or {}),
        }
    )


def zipped(members: Mapping[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def changed(document: bytes, members: Mapping[str, bytes]) -> bytes:
    """The same docx or odt, with these members added or replaced."""
    with zipfile.ZipFile(BytesIO(document)) as archive:
        kept = {one: archive.read(one) for one in archive.namelist()}
    return zipped({**kept, **members})


def upload(name: str = "plan.pdf", content: bytes = PDF) -> Upload:
    """As the form field hands it over."""
    file = SimpleUploadedFile(name, content)
    return Upload(uploads.check(name, file, len(content), most=MOST), file)


def attachment(casus: Casus, by: User, **fields: Any) -> Attachment:
    """A file that was taken in and added."""
    content, name = fields.pop("content", PDF), fields.pop("name", "plan.pdf")
    answers = {"kind": "plan", "title": "Verzonnen plan", **fields}
    with files.taken_in(upload(name, content)) as file:
        return attachments.add_attachment(casus=casus, by=by, file=file, **answers)


def version(of: Attachment, by: User, content: bytes = PDF, **fields: Any) -> AttachmentVersion:
    with files.taken_in(upload("plan.pdf", content)) as file:
        return attachments.add_version(attachment=of, by=by, file=file, **fields)


def bytes_of(response: Any) -> bytes:
    return b"".join(response.streaming_content)


# --- The scene of the inspectors ------------------------------------------------------------------


def on_the_scene(casus: Casus, cast: Cast, keys: dict[str, Any], text: str, word: str) -> None:
    """One with two versions, one of the own organisation that waits for the scanner, one gone."""
    by = cast.procesmanager
    first = attachment(casus, by, title=f"Plan over {word}", name=f"{word * 2}.pdf")
    version(first, by, note=f"Verzonnen: {word}")
    waiting = attachment(casus, by, title=word, audience="own", kind="advice")
    waiting.versions.update(scan="waiting")
    gone = attachment(casus, by, kind="report")
    attachments.withdraw_attachment(attachment=gone, by=by, reason=text)
    keys |= {
        "attachment": first.pk,
        "waiting_attachment": waiting.pk,
        "withdrawn_attachment": gone.pk,
    }


def more(casus: Casus, copies: Any) -> None:
    """More attachments, and more versions of each; `copies` is that of tests/house/growth.py."""
    numbered = iter(range(1, 1_000_000))

    def key(_: int) -> str:
        return f"{casus.pk:08x}{next(numbered):024x}"

    for one in list(casus.attachments.filter(withdrawn_at=None)):
        newest = one.versions.all()[0]
        for made in copies(one, {}):
            same = {"attachment_id": lambda _, to=made: to.pk, "key": key}
            copies(newest, same, 1)
        copies(newest, {"number": lambda turn, last=one.last_number: last + 1 + turn, "key": key})
