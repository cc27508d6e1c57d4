"""Looking into a docx or odt without trusting it: no macros, no bomb, no way out of the folder.

Both are a zip with XML in it, and may have another one inside: the workbook of a chart, a sheet.
Everything in it is unpacked once, in small pieces and up to a limit: what the zip says about its
own size is not believed.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import BinaryIO
from xml.parsers import expat

from rdm.lib.reading import pictures, xml_words
from rdm.lib.reading.bad_document import (
    LOCKED,
    MACROS,
    NOT_REAL,
    TOO_LARGE_INSIDE,
    TOO_LONG,
    BadDocument,
)
from rdm.lib.reading.document_checks import DocumentChecks
from rdm.lib.reading.words import Words
from rdm.lib.reading.workbook import Workbook

MOST_MEMBERS = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
# Of one file in a file, which is kept until the rest was read. A chart brings some kilobytes.
MOST_INSIDE = 10 * 1024 * 1024
# A workbook in a letter, with a picture of it; deeper than that nobody goes on purpose.
DEEPEST = 2
# About a hundred pages. More cannot be read for personal data while somebody waits for it.
MOST_TEXT = 300_000
CHUNK = 64 * 1024

DOCX, ODT, XLSX = "docx", "odt", "xlsx"
_NEEDS = {DOCX: "word/document.xml", ODT: "content.xml", XLSX: "xl/workbook.xml"}
_ODT_TYPE = b"application/vnd.oasis.opendocument.text"
_ZIP = b"PK\x03\x04"

_MACRO_MEMBER = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/(?!.*\.xlsx$)|(?:^|/)(?:basic|scripts)/",
    re.IGNORECASE,
)
# No words in it for anybody who reads the document: letters and settings of a printer, the place of
# lines on a page, and a small copy of what was read anyway.
_WITHOUT_WORDS = re.compile(
    r"/$|fonts?/[^/]+\.(?:odttf|ttf|otf)$|printersettings\d*\.bin$|/?layout-cache$|\.rdf$"
    r"|^(?:docprops|thumbnails)/thumbnail\.|objectreplacements/|^configurations2/",
    re.IGNORECASE,
)
# Drawn by hand.
_INK = re.compile(r"(?:^|/)ink/", re.IGNORECASE)
_PICTURE = re.compile(r"(?:^|/)(?:media|pictures)/", re.IGNORECASE)

# What stops reading: the file is broken, or no such file at all.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, KeyError, OverflowError),
)
Feed = Callable[[bytes, bool], None]


def read(file: BinaryIO, kind: str) -> Words:
    """The text of a docx or odt, with headers, notes, comments, what is known about it, what is
    filled in or said beside it, and the addresses to which a link sends mail. Raises BadDocument.

    Not all of it when there is something in it that holds words and cannot be read, such as a
    picture that is no logo (rdm.lib.reading.pictures). Not inspected when a file is in it of which
    nobody knows what it does.
    """
    reading = _Reading(kind)
    try:
        reading.package(file, kind)
    except _BROKEN as problem:
        if isinstance(problem, BadDocument):
            raise
        raise BadDocument(NOT_REAL.format(kind=kind)) from problem
    reading.what_is_inside()
    return Words(reading.text, reading.all_read, reading.inspected)


class _Full(Exception):
    """There is more text than can be read."""


class _Reading:
    """The text of one document, with what is inside it."""

    def __init__(self, kind: str) -> None:
        self.all_read = self.inspected = True
        # What it is called in a refusal, also for what is inside it.
        self._called = kind
        self._found: list[str] = []
        self._length = self._unpacked = 0
        # Files in this file, each with how deep it is.
        self._inside: list[tuple[bytes, int]] = []
        self._depth = 0

    @property
    def text(self) -> str:
        return "".join(self._found)

    def package(self, file: BinaryIO, kind: str) -> None:
        """Read one zip. Raises BadDocument, or what `_BROKEN` names."""
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _check_members(members, kind, self._called)
            try:
                self._unpack(archive, members, kind)
            except _Full:
                if not self._depth:
                    raise BadDocument(TOO_LONG) from None
                self.all_read = False

    def what_is_inside(self) -> None:
        """Read the files in this file. Of what is broken, or of another kind, nobody knows what it
        holds."""
        while self._inside:
            content, self._depth = self._inside.pop(0)
            try:
                with zipfile.ZipFile(BytesIO(content)) as archive:
                    names = set(archive.namelist())
                kind = next((one for one, needs in _NEEDS.items() if needs in names), None)
                if kind is None or self._depth > DEEPEST:
                    self._unknown()
                else:
                    self.package(BytesIO(content), kind)
            except _BROKEN as problem:
                if isinstance(problem, BadDocument):
                    raise
                self._unknown()

    def _unpack(self, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], kind: str) -> None:
        checks = DocumentChecks(self._called, main=_NEEDS[kind], may_fetch=self._depth > 0)
        workbook = Workbook(self._add, checks)
        for member in sorted(members, key=lambda one: Workbook.order(one.filename)):
            feed = self._feeder(member.filename, kind, checks, workbook)
            for chunk in _chunks(archive, member):
                self._unpacked += len(chunk)
                if self._unpacked > MOST_UNPACKED:
                    raise BadDocument(TOO_LARGE_INSIDE)
                feed(chunk, False)
            feed(b"", True)

    def _feeder(self, name: str, kind: str, checks: DocumentChecks, workbook: Workbook) -> Feed:
        """What takes the bytes of this part, and at the end an empty one with True."""
        if kind == ODT and name == "mimetype":
            return _mimetype() if not self._depth else _nothing
        if _WITHOUT_WORDS.search(name):
            return _nothing
        # Word does not mind in which letters that is written.
        if name.lower().endswith((".xml", ".rels", ".vml")):
            self.all_read = self.all_read and not _INK.search(name)
            part = xml_words.Part(name, kind, self._add, self._not_all, checks)
            cells = workbook.feeder(name) if kind == XLSX else None
            return _both(cells, part.feed) if cells else part.feed
        return self._picture() if _PICTURE.search(name) else self._file()

    def _not_all(self) -> None:
        self.all_read = False

    def _unknown(self) -> None:
        self.all_read = self.inspected = False

    def _picture(self) -> Feed:
        start = b""

        def feed(chunk: bytes, last: bool) -> None:
            nonlocal start
            start += chunk[: pictures.START - len(start)]
            if last and pictures.many_pixels(start):
                self.all_read = False

        return feed

    def _file(self) -> Feed:
        """A file in this file: read later when it is a zip, and otherwise nobody knows what."""
        kept: list[bytes] = []
        length = 0

        def feed(chunk: bytes, last: bool) -> None:
            nonlocal length
            length += len(chunk)
            if length <= MOST_INSIDE:
                kept.append(chunk)
            if not last or not length:
                return
            content = b"".join(kept)
            if length <= MOST_INSIDE and content.startswith(_ZIP):
                self._inside.append((content, self._depth + 1))
            else:
                self._unknown()

        return feed

    def _add(self, text: str) -> None:
        self._found.append(text)
        self._length += len(text)
        if self._length > MOST_TEXT:
            raise _Full


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _both(one: Feed, other: Feed) -> Feed:
    def feed(chunk: bytes, last: bool) -> None:
        one(chunk, last)
        other(chunk, last)

    return feed


def _nothing(chunk: bytes, last: bool) -> None:
    """Takes the bytes of what has no words in it."""


def _mimetype() -> Feed:
    seen: list[bytes] = []

    def feed(chunk: bytes, last: bool) -> None:
        seen.append(chunk)
        if last and b"".join(seen).strip() != _ODT_TYPE:
            raise BadDocument(NOT_REAL.format(kind=ODT))

    return feed


def _check_members(members: list[zipfile.ZipInfo], kind: str, called: str) -> None:
    """Raises BadDocument for what is no document of this kind, or does something."""
    names = [one.filename for one in members]
    # To Word, two that only differ in capitals are one, and it reads either.
    same = {name.casefold() for name in names}
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
        raise BadDocument(TOO_LARGE_INSIDE)
    if any(one.flag_bits & 1 for one in members):
        raise BadDocument(LOCKED)
    if any(_leaves_its_folder(name) for name in names) or len(same) != len(names):
        raise BadDocument(NOT_REAL.format(kind=called))
    if any(_MACRO_MEMBER.search(name) for name in names):
        raise BadDocument(MACROS)
    if _NEEDS[kind] not in names:
        raise BadDocument(NOT_REAL.format(kind=called))


def _leaves_its_folder(name: str) -> bool:
    # zipfile turns a backslash of Windows into a slash, but only on Windows.
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in name
