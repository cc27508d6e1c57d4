"""A program on its own: takes a PDF on stdin and ends with what it does (pdf_activity.Activity).

It goes through every object of the document as a reader has it: names decoded, objects taken out of
the streams in which they are packed. Where the reader had to guess, another reader may guess
something else, so then it is not decided. It imports nothing of the project.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

NONE, UNKNOWN, ACTIVE, LOCKED = 0, 3, 4, 5
# Of an action, an annotation or an object: it runs, opens, plays or sends something.
_KINDS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition", "/Movie"}
    | {"/Sound", "/RichMedia", "/RichMediaExecute", "/3D", "/GoTo3DView", "/Screen"}
    | {"/FileAttachment", "/EmbeddedFile", "/EmbeddedFiles"}
)
_KIND_OF = ("/S", "/Type", "/Subtype")
# What only such a thing has: a script, a file in the file, a form of another program.
_HAS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/XFA"})


class _Guessed(logging.Handler):
    """Hears that the reader had to guess. What, nobody is told: it repeats pieces of the file."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard = False

    def emit(self, record: logging.LogRecord) -> None:
        self.heard = True


def main() -> int:
    """Judge what is on stdin; returns the exit status."""
    guessed = _Guessed()
    logging.getLogger("pypdf").addHandler(guessed)
    try:
        reader = PdfReader(BytesIO(sys.stdin.buffer.read()))
        if "/Encrypt" in reader.trailer:
            return LOCKED
        if any(_active(one) for one in _dictionaries(reader)):
            return ACTIVE
        # Without pages there is nothing to show, and it is no document.
        known = bool(reader.pages) and not guessed.heard
    except Exception:
        return UNKNOWN
    return NONE if known else UNKNOWN


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every one of them, also those inside another; what is referred to comes by itself."""
    numbers = {(number, 0) for number in reader.xref_objStm}
    for generation, places in reader.xref.items():
        numbers |= {(number, generation) for number in places}
    left: list[Any] = [reader.trailer]
    for number, generation in sorted(numbers):
        left.append(reader.get_object(IndirectObject(number, generation, reader)))
        while left:
            one = left.pop()
            if isinstance(one, DictionaryObject):
                yield one
                left += one.values()
            elif isinstance(one, ArrayObject):
                left += one


def _active(one: DictionaryObject) -> bool:
    if not _HAS.isdisjoint(one):
        return True
    kinds = {str(one[name]) for name in _KIND_OF if name in one}
    if not _KINDS.isdisjoint(kinds):
        return True
    return "/URI" in kinds and "/URI" in one and _runs(one["/URI"])


def _runs(address: Any) -> bool:
    said = address.decode("latin-1") if isinstance(address, bytes) else str(address)
    return "".join(said.split()).lower().startswith("javascript:")


if __name__ == "__main__":
    sys.exit(main())
