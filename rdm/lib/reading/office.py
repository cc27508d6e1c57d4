"""Looking into a docx or odt without trusting it: no macros, no bomb, no way out of the folder.

Both are a zip with XML in it. Everything in it is unpacked once, in small pieces and up to a limit:
what the zip says about its own size is not believed.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO
from urllib.parse import unquote
from xml.parsers import expat

from rdm.lib.reading import pictures
from rdm.lib.reading.words import Words

MOST_MEMBERS = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
# About a hundred pages. More cannot be read for personal data while somebody waits for it.
MOST_TEXT = 300_000
CHUNK = 64 * 1024

DOCX, ODT = "docx", "odt"
_NEEDS = {DOCX: "word/document.xml", ODT: "content.xml"}
_ODT_TYPE = b"application/vnd.oasis.opendocument.text"

NOT_REAL = (
    "De inhoud van dit bestand past niet bij de naam: het is geen goede {kind}. Open het bestand, "
    "sla het opnieuw op en kies het dan nog een keer."
)
MACROS = (
    "In dit document zitten macro’s of andere programma’s. Sla het op zonder macro’s, of als pdf."
)
TOO_LARGE_INSIDE = "Dit document wordt bij het openen veel te groot. Kies een ander bestand."
LOCKED = "Dit bestand is beveiligd met een wachtwoord. Haal de beveiliging eraf."
# Who has the document itself can cut it in two. A pdf is often somebody else's and cannot be cut:
# that is taken with as much as could be read, and its page says so (rdm.lib.reading.pdf_text).
TOO_LONG = "Dit document is te lang om op persoonsgegevens na te kijken. Deel het op."
FETCHES = (
    "Dit document haalt iets op van een ander adres. Haal die koppeling eruit, of kies een pdf."
)

_MACRO_MEMBER = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/(?!.*\.xlsx$)|^basic/|^scripts/", re.IGNORECASE
)


class BadDocument(ValueError):
    """Not a document that can be kept; the text says why, in Dutch."""


def read(file: BinaryIO, kind: str) -> Words:
    """The text of a docx or odt, with headers, notes, comments, title and the addresses to which a
    link sends mail. Raises BadDocument.

    Not all of it when there is a picture in it that is no logo (rdm.lib.reading.pictures).
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _check_members(members, kind)
            return _unpack(archive, members, kind)
    except (
        *(zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError),
        *(NotImplementedError, RuntimeError, ValueError, KeyError, OverflowError),
    ) as problem:
        if isinstance(problem, BadDocument):
            raise
        raise BadDocument(NOT_REAL.format(kind=kind)) from problem


def _check_members(members: list[zipfile.ZipInfo], kind: str) -> None:
    names = [one.filename for one in members]
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
        raise BadDocument(TOO_LARGE_INSIDE)
    if any(one.flag_bits & 1 for one in members):
        raise BadDocument(LOCKED)
    if any(_leaves_its_folder(name) for name in names) or len(set(names)) != len(names):
        raise BadDocument(NOT_REAL.format(kind=kind))
    if any(_MACRO_MEMBER.search(name) for name in names):
        raise BadDocument(MACROS)
    if _NEEDS[kind] not in names:
        raise BadDocument(NOT_REAL.format(kind=kind))


def _leaves_its_folder(name: str) -> bool:
    # zipfile turns a backslash of Windows into a slash, but only on Windows.
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in name


def _unpack(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], kind: str) -> Words:
    unpacked, reader = 0, _Reader(kind)
    for member in members:
        feed = reader.feeder(member.filename)
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > MOST_UNPACKED:
                    raise BadDocument(TOO_LARGE_INSIDE)
                feed(chunk, False)
        feed(b"", True)
    return Words(reader.text, not reader.has_picture)


# What holds text: these elements themselves (docx), or everything inside them (odt).
_TEXT_OF = {DOCX: {"t", "delText", "instrText"}, ODT: {"p", "h"}}
_DESCRIPTION = {"title", "subject", "description", "keywords", "keyword"}
_PICTURE_FOLDER = {DOCX: "word/media/", ODT: "Pictures/"}
# Of a length in a docx.
_UNITS_PER_MM = 36_000
# How Word wrote a size before: "width:9pt;height:9pt;visibility:visible".
_STYLE = re.compile(r"(?:^|;)\s*(width|height):([^;]+)")
_TO_WHOM = re.compile(r"\s*(?:mailto|tel):(.*)", re.IGNORECASE | re.DOTALL)
_BREAKS = {"p", "h", "br", "cr", "line-break", "tab", "tc", "table-cell"}


class _Reader:
    """Collects the text of every part of one document, and refuses what must not be in it."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.has_picture = False
        self._found: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        return "".join(self._found)

    def feeder(self, name: str) -> Callable[[bytes, bool], None]:
        """What takes the bytes of this part, and at the end an empty one with True."""
        if self.kind == ODT and name == "mimetype":
            return self._mimetype()
        if not name.endswith((".xml", ".rels")):
            picture = name.startswith(_PICTURE_FOLDER[self.kind]) and not name.endswith("/")
            return self._picture() if picture else lambda chunk, last: None
        return self._xml(name)

    def _mimetype(self) -> Callable[[bytes, bool], None]:
        seen: list[bytes] = []

        def feed(chunk: bytes, last: bool) -> None:
            seen.append(chunk)
            if last and b"".join(seen).strip() != _ODT_TYPE:
                raise BadDocument(NOT_REAL.format(kind=self.kind))

        return feed

    def _picture(self) -> Callable[[bytes, bool], None]:
        start = b""

        def feed(chunk: bytes, last: bool) -> None:
            nonlocal start
            start += chunk[: pictures.START - len(start)]
            if last and pictures.many_pixels(start):
                self.has_picture = True

        return feed

    def _xml(self, name: str) -> Callable[[bytes, bool], None]:
        parser = expat.ParserCreate(namespace_separator=" ")
        wanted = self._wanted(name)
        # A theme brings its textures along, shown or not.
        decoration = name.startswith("word/theme/")
        inside = 0
        # Of what a picture may stand in: how wide and high that is shown.
        frames: list[dict[str, str]] = []

        def refuse_doctype(*_: Any) -> None:
            # Word and LibreOffice never write one; it is how an XML bomb begins.
            raise BadDocument(NOT_REAL.format(kind=self.kind))

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal inside
            local = tag.rpartition(" ")[2]
            self._check(local, attributes)
            self._link(attributes)
            if local == "frame":
                frames.append(attributes)
            elif local == "extent":
                frames[:] = [attributes]
            elif local == "shape":
                frames[:] = [dict(_STYLE.findall(attributes.get("style", "")))]
            elif not decoration and self._shows_large(local, frames[-1] if frames else {}):
                self.has_picture = True
            inside += local in wanted

        def end(tag: str) -> None:
            nonlocal inside
            local = tag.rpartition(" ")[2]
            inside -= local in wanted
            if local == "frame" and frames:
                frames.pop()
            if local in _BREAKS | _DESCRIPTION:
                self._add("\n")

        def characters(data: str) -> None:
            if inside:
                self._add(data)

        parser.StartDoctypeDeclHandler = refuse_doctype
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = characters

        def feed(chunk: bytes, last: bool) -> None:
            parser.Parse(chunk, last)

        return feed

    def _wanted(self, name: str) -> set[str]:
        if name in ("docProps/core.xml", "meta.xml"):
            return _DESCRIPTION
        if self.kind == DOCX and not name.startswith("word/"):
            return set()
        return _TEXT_OF[self.kind]

    def _shows_large(self, local: str, frame: dict[str, str]) -> bool:
        """Whether this is a picture, in a size that is not surely that of a logo."""
        if local == ("image" if self.kind == ODT else "imagedata"):
            sizes = {name.rpartition(" ")[2]: size for name, size in frame.items()}
            width, height = (pictures.millimetres(sizes.get(one)) for one in ("width", "height"))
            return pictures.shown_large(width, height)
        if local == "blip" and self.kind == DOCX:
            wide, high = (frame.get(one, "") for one in ("cx", "cy"))
            known = re.fullmatch(r"\d{1,12} \d{1,12}", f"{wide} {high}", re.ASCII)
            return not known or pictures.shown_large(
                int(wide) / _UNITS_PER_MM, int(high) / _UNITS_PER_MM
            )
        return False

    def _link(self, attributes: dict[str, str]) -> None:
        """To whom a link sends mail, or whom it calls."""
        for name, target in attributes.items():
            if name.endswith(("Target", " href")) and (to := _TO_WHOM.match(target)):
                self._add(f"\n{unquote(to[1])}\n")

    def _add(self, text: str) -> None:
        self._found.append(text)
        self._length += len(text)
        if self._length > MOST_TEXT:
            raise BadDocument(TOO_LONG)

    def _check(self, local: str, attributes: dict[str, str]) -> None:
        if local == "Relationship" and attributes.get("TargetMode") == "External":
            # A link that somebody clicks is fine; a template or picture comes by itself.
            if not attributes.get("Type", "").endswith("/hyperlink"):
                raise BadDocument(FETCHES)
        elif local in ("Override", "Default"):
            if "macroenabled" in attributes.get("ContentType", "").lower():
                raise BadDocument(MACROS)
        elif local == "encryption-data":
            raise BadDocument(LOCKED)
        elif local == "event-listener":
            raise BadDocument(MACROS)
