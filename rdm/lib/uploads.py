"""What may come in as a file, decided by its name and by its bytes (security.md, "uploads").

Nothing is changed in a file: it is kept as it is, or refused with a reason.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import BinaryIO

from rdm.lib.reading import bad_document, office, pdf_activity, pdf_text, picture_shape
from rdm.lib.reading.pdf_activity import Activity
from rdm.lib.reading.words import Words

MOST_NAME = 120


@dataclass(frozen=True)
class FileType:
    """`extension` is also what the file is called by when it goes out again."""

    extension: str
    content_type: str
    starts_with: tuple[bytes, ...]


TYPES = {
    one.extension: one
    for one in (
        FileType("pdf", "application/pdf", (b"%PDF-",)),
        FileType(
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            (b"PK\x03\x04",),
        ),
        FileType("odt", "application/vnd.oasis.opendocument.text", (b"PK\x03\x04",)),
        FileType("jpg", "image/jpeg", (b"\xff\xd8\xff",)),
        FileType("png", "image/png", (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",)),
    )
}
SAME = {"jpeg": "jpg"}
ACCEPT = ",".join(f".{one}" for one in [*TYPES, *SAME])
NAMES = "pdf, docx, odt, jpg of png"

EMPTY = "Dit bestand is leeg. Kies een ander bestand."
WRONG_TYPE = f"Dit soort bestand kan hier niet. Kies een {NAMES}."
# Old Word files, and docx with a password, are in the same wrapping.
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_OR_LOCKED = (
    "Dit is een oud Word-bestand, of het is beveiligd met een wachtwoord. Sla het zonder "
    "wachtwoord op als docx, of als pdf."
)
# What nobody can take apart is refused when it says in the open what it does; these letters never
# acquit. `/EncryptMetadata` is no lock.
_PDF_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z])")
_PDF_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia)(?![A-Za-z])")


class BadFile(ValueError):
    """This file cannot be taken in; the text says why and what to do, in Dutch."""


@dataclass(frozen=True)
class Checked:
    """A file that may come in. `text` is what could be read of it; `all_read` says whether that is
    all of its words (never of a picture, and not of every document); `inspected`, whether it was
    taken apart and surely does nothing by itself and has no other file in it."""

    type: FileType
    name: str
    size: int
    text: str
    all_read: bool
    inspected: bool


def too_large(most: int) -> str:
    """The reason for a file of more than `most` bytes."""
    return f"Dit bestand is groter dan {most // (1024 * 1024)} MB. Maak het kleiner of deel het op."


def check(name: str, file: BinaryIO, size: int, *, most: int) -> Checked:
    """What this file is. Raises BadFile when it is not surely one of TYPES, and harmless.

    Decided on what it is made of. A pdf is taken apart and read in other processes, which take
    fifteen seconds of the processor at most.
    """
    plain = plain_name(name)
    extension = plain.rpartition(".")[2].lower() if "." in plain else ""
    found = TYPES.get(SAME.get(extension, extension))
    if found is None:
        raise BadFile(WRONG_TYPE)
    if not size:
        raise BadFile(EMPTY)
    if size > most:
        raise BadFile(too_large(most))
    file.seek(0)
    start = file.read(32)
    if start.startswith(_OLD_OFFICE):
        raise BadFile(OLD_OR_LOCKED)
    if not start.startswith(found.starts_with):
        raise BadFile(bad_document.NOT_REAL.format(kind=found.extension))
    if found.extension in (office.DOCX, office.ODT):
        words = _office_words(file, found.extension)
    elif found.extension == "pdf":
        words = _pdf_words(file)
    else:
        file.seek(0)
        whole = picture_shape.is_whole(file.read(), found.extension)
        words = Words("", all_read=False, inspected=whole)
    file.seek(0)
    return Checked(found, plain, size, readable(words.text), words.all_read, words.inspected)


def _office_words(file: BinaryIO, kind: str) -> Words:
    try:
        return office.read(file, kind)
    except bad_document.BadDocument as problem:
        raise BadFile(str(problem)) from None


def _pdf_words(file: BinaryIO) -> Words:
    """The words of a pdf that anybody can open and that does nothing. Raises BadFile."""
    file.seek(0)
    content = file.read()
    if b"%%EOF" not in content[-2048:]:
        raise BadFile(bad_document.NOT_REAL.format(kind="pdf"))
    activity = pdf_activity.of(content)
    unknown = activity is Activity.UNKNOWN
    if activity is Activity.LOCKED or (unknown and _PDF_LOCKED.search(content)):
        raise BadFile(bad_document.LOCKED)
    if activity is Activity.ACTIVE or (unknown and _PDF_ACTIVE.search(content)):
        raise BadFile(bad_document.ACTIVE_PDF)
    return replace(pdf_text.read(content), inspected=not unknown)


def plain_name(name: str) -> str:
    """The name without a path, on one line and without characters that hide something."""
    last = re.split(r"[/\\]", name)[-1]
    plain = readable(last).replace("\n", " ").strip(" .")
    stem, dot, extension = plain.rpartition(".")
    return f"{stem[: MOST_NAME - len(extension) - 1]}{dot}{extension}"[:MOST_NAME]


def readable(text: str) -> str:
    """As `screening.clean` would like it, but mended where that refuses: nobody typed this here.

    Invisible characters go, so that they hide no number from the screening.
    """
    lines = re.sub("\r\n|\r|\u2028|\u2029|\x0b|\x0c", "\n", text)
    kept = (c for c in lines if c in "\n\t" or unicodedata.category(c) not in _HIDDEN)
    return unicodedata.normalize("NFC", "".join(kept).replace("\t", " "))


_HIDDEN = frozenset({"Cf", "Cs", "Co", "Cn", "Cc"})
