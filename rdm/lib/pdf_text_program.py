"""A program on its own: takes a PDF on stdin and gives its words on stdout, as UTF-8.

Started by rdm.lib.pdf_text, with as arguments the most characters to give, and the most seconds of
processor time and bytes of memory to use. It imports nothing of the project, so that it starts in
a tenth of a second. Its exit status is 0 when everything was read, and 3 when it was not.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

T = TypeVar("T")
ALL_READ, NOT_ALL_READ = 0, 3
# A letter of which the font does not say which one it is.
_UNKNOWN = "\ufffd"
# What puts something on a page: pictures, lines and planes. Letters may have been drawn with them.
_PAINTS = {b"Do", b"INLINE IMAGE", b"sh", b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"}
# Where pypdf goes on without a part of a page or of a font, and only says so in its log.
_SKIPS = ("pypdf._page", "pypdf._cmap")


class Unread(Exception):
    """Something is there that cannot be read as text."""


class Full(Exception):
    """More words than was asked for."""


def main(most_text: int, seconds: int, most_memory: int) -> int:
    """Read what is on stdin; returns the exit status."""
    _limit(seconds, most_memory)
    reading = _Reading(most_text)
    for name in _SKIPS:
        logging.getLogger(name).addHandler(_Listener(reading))
    try:
        reading.everything(PdfReader(BytesIO(sys.stdin.buffer.read())))
    except Exception:
        return NOT_ALL_READ
    return ALL_READ if reading.all_read else NOT_ALL_READ


def _limit(seconds: int, most_memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows, where this is only used to try things out
        return
    limits = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: most_memory,
        # No copy of the file on disk when it is stopped, nor any other file.
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
    }
    for which, most in limits.items():
        try:
            resource.setrlimit(which, (most, most))
        except (ValueError, OSError):  # macOS does not limit memory
            continue


class _Reading:
    """Gives the words of one document part by part, so that they are there when it is stopped."""

    def __init__(self, most_text: int) -> None:
        self.all_read = True
        self._left = most_text

    def everything(self, reader: PdfReader) -> None:
        """Raises Full, and whatever is wrong with the document as a whole."""
        for about in (_description, _newer_description, _answers):
            self._part(about, reader)
        seen = False
        for page in reader.pages:
            self._part(_comments, page)
            words = self._part(_words_on, page)
            self._part(_check_letters if words else _check_blank, page)
            seen = seen or words
        # Pages and no word on any of them: that was not made to be read.
        self.all_read = self.all_read and seen

    def _part(self, find: Callable[[T], list[Any]], where: T) -> bool:
        """Whether there were words in this part. It may be broken, and the others still be good."""
        try:
            words = "".join(f"{_plain(one)}\n" for one in find(where) if one)
        except Exception:
            self.all_read = False
            return False
        self._give(words)
        self.all_read = self.all_read and _UNKNOWN not in words
        return bool(words.strip())

    def _give(self, words: str) -> None:
        # Half a character of UTF-16 can be in a PDF, but not in UTF-8.
        sys.stdout.buffer.write(words[: self._left].encode(errors="replace"))
        sys.stdout.buffer.flush()
        self._left -= len(words)
        if self._left < 0:
            raise Full


class _Listener(logging.Handler):
    """Hears that something was skipped. What, nobody is told: it repeats pieces of the file."""

    def __init__(self, reading: _Reading) -> None:
        super().__init__(logging.WARNING)
        self._reading = reading

    def emit(self, record: logging.LogRecord) -> None:
        self._reading.all_read = False


# --- What has words in it -------------------------------------------------------------------------


def _description(reader: PdfReader) -> list[Any]:
    about = reader.metadata
    return [about.title, about.subject, about.keywords] if about else []


def _newer_description(reader: PdfReader) -> list[Any]:
    """The same in XMP; a newer PDF has it there only."""
    about = reader.xmp_metadata
    if about is None:
        return []
    languages = [*(about.dc_title or {}).values(), *(about.dc_description or {}).values()]
    return [*languages, *(about.dc_subject or []), about.pdf_keywords]


def _answers(reader: PdfReader) -> list[Any]:
    """What is filled in, in the fields of a form."""
    found: list[Any] = []
    for field in (reader.get_fields() or {}).values():
        found += field.value if isinstance(field.value, list) else [field.value]
    return found


def _comments(page: PageObject) -> list[Any]:
    """What somebody wrote on it afterwards."""
    return [one.get_object().get("/Contents") for one in page.annotations or []]


def _words_on(page: PageObject) -> list[Any]:
    return [page.extract_text()]


def _plain(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return value if isinstance(value, str) else ""


# --- What has words in it that cannot be read -----------------------------------------------------


def _check_blank(page: PageObject) -> list[Any]:
    """Raises Unread for a page without words that is not blank either, such as a scan."""
    content = page.get_contents()
    if content is not None and any(operator in _PAINTS for _, operator in content.operations):
        raise Unread
    return []


def _check_letters(page: PageObject) -> list[Any]:
    """Raises Unread when a font on it has shapes and does not say which letters they are."""
    resources: Any = page["/Resources"]
    # No fonts when all words are in something that the page borrows.
    fonts = resources.get("/Font", DictionaryObject()).get_object()
    for font in (one.get_object() for one in fonts.values()):
        if str(font.get("/Encoding")).startswith("/Identity") and "/ToUnicode" not in font:
            raise Unread
    return []


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
