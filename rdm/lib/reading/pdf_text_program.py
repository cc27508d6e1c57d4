"""A program on its own: takes a PDF on stdin and gives its words on stdout, as UTF-8.

Started by pdf_text.py, with as arguments the most characters to give, and the most pixels and
square millimetres of a picture that may be a logo (pictures.py). It imports nothing of the project,
so that it starts in a tenth of a second. Its exit status is 0 when everything was read, and 3 when
it was not.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar
from urllib.parse import unquote

from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    NameObject,
    PdfObject,
    StreamObject,
)

T = TypeVar("T")
ALL_READ, NOT_ALL_READ = 0, 3
# A letter of which the font does not say which one it is.
_UNKNOWN = "\ufffd"
# What puts something on a page: pictures, lines and planes. Letters may have been drawn with them.
_PAINTS = {b"Do", b"INLINE IMAGE", b"sh", b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"}
# A picture of fewer holds no number of nine digits: it is a plane, a shade or a bullet.
_FEW_PIXELS = 300
_POINTS_PER_MM = 72 / 25.4
# In what is known about a document, only this says nothing about anybody.
_OF_THE_PROGRAM = {"/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped"}
# Of the tree that tells a screen reader what is what; a hundred pages have some thousands.
_MOST_PARTS = 100_000
# Where pypdf goes on without a part of a page or of a font, and only says so in its log.
_SKIPS = ("pypdf._page", "pypdf._cmap")


class Unread(Exception):
    """Something is there that cannot be read as text."""


class Full(Exception):
    """More words than was asked for."""


def main(most_text: int, logo_pixels: int, logo_square_mm: int) -> int:
    """Read what is on stdin; returns the exit status."""
    reading = _Reading(most_text, _Logo(logo_pixels, logo_square_mm * _POINTS_PER_MM**2))
    for name in _SKIPS:
        logging.getLogger(name).addHandler(_Listener(reading))
    try:
        reading.everything(PdfReader(BytesIO(sys.stdin.buffer.read())))
    except Exception:
        return NOT_ALL_READ
    return ALL_READ if reading.all_read else NOT_ALL_READ


class _Reading:
    """Gives the words of one document part by part, so that they are there when it is stopped."""

    def __init__(self, most_text: int, logo: _Logo) -> None:
        self.all_read = True
        self._left = most_text
        self._logo = logo

    def everything(self, reader: PdfReader) -> None:
        """Raises Full, and whatever is wrong with the document as a whole."""
        for about in (_description, _newer_description, _answers, _bookmarks, _alternatives):
            self._part(about, reader)
        seen = False
        for page in reader.pages:
            for beside in (_comments, _links, self._logo.check_stamps):
                self._part(beside, page)
            pictures = _Pictures(page, self._logo)
            words = self._part(pictures.words_on, page)
            for check in (_check_letters, pictures.check) if words else (_check_blank,):
                self._part(check, page)
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
    """All of it, also under a name that somebody made; not when it was made and with what."""
    about: dict[str, Any] = reader.metadata or {}
    return [about[name] for name in about if name not in _OF_THE_PROGRAM]


def _newer_description(reader: PdfReader) -> list[Any]:
    """The same in XMP; a newer PDF has it there only."""
    about = reader.xmp_metadata
    if about is None:
        return []
    languages = [*(about.dc_title or {}).values(), *(about.dc_description or {}).values()]
    lists = [*(about.dc_subject or []), *(about.dc_creator or [])]
    return [*languages, *lists, about.pdf_keywords, *about.custom_properties.values()]


def _answers(reader: PdfReader) -> list[Any]:
    """What is filled in, in the fields of a form, or will be, or can be chosen, and the help."""
    found: list[Any] = []
    for field in (reader.get_fields() or {}).values():
        for name in ("/V", "/DV", "/TU", "/_States_"):
            value = field.get(name)
            found += _flat(value) if isinstance(value, list) else [value]
    return found


def _flat(choices: list[Any]) -> list[Any]:
    """Each choice; one may be a pair of what is kept and what is shown."""
    return [one for each in choices for one in (each if isinstance(each, list) else [each])]


def _bookmarks(reader: PdfReader) -> list[Any]:
    """The titles in the list beside a document."""
    found: list[Any] = []
    left: list[Any] = [reader.outline]
    while left:
        one = left.pop()
        if isinstance(one, list):
            left += one
        else:
            found.append(one.title)
    return found


def _alternatives(reader: PdfReader) -> list[Any]:
    """What is said instead of a picture, to who cannot see it."""
    found: list[Any] = []
    left: list[Any] = [reader.root_object.get("/StructTreeRoot")]
    for _ in range(_MOST_PARTS):
        if not left:
            return found
        one = left.pop()
        one = one.get_object() if isinstance(one, PdfObject) else one
        if isinstance(one, ArrayObject):
            left += one
        elif isinstance(one, DictionaryObject):
            found += [one.get(name) for name in ("/Alt", "/ActualText", "/E")]
            left.append(one.get("/K"))
    raise Unread


def _comments(page: PageObject) -> list[Any]:
    """What somebody wrote on it afterwards, about what, and who that was."""
    return [
        one.get_object().get(name)
        for one in page.annotations or []
        for name in ("/Contents", "/Subj", "/T")
    ]


def _links(page: PageObject) -> list[Any]:
    """To whom a link sends mail, or whom it calls; other links lead to what is no person."""
    targets = (unquote(_plain(_target(one.get_object()))) for one in page.annotations or [])
    return [to for scheme, _, to in (one.partition(":") for one in targets) if _to_whom(scheme)]


def _target(annotation: DictionaryObject) -> Any:
    action = _inside(annotation, "/A", {})
    return _inside(action, "/URI", "")


def _to_whom(scheme: str) -> bool:
    return scheme.strip().lower() in ("mailto", "tel")


def _inside(where: Any, name: str, otherwise: Any) -> Any:
    """What is there under this name; `get` would leave a reference to somewhere else as it is."""
    return where[name] if name in where else otherwise  # noqa: SIM401


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


# --- Pictures, which may be of words --------------------------------------------------------------


class _Logo:
    """How large a picture may be and still be taken for a logo, in pixels and in square points."""

    def __init__(self, pixels: int, area: float) -> None:
        self.pixels, self.area = pixels, area

    def fits(self, shown: list[tuple[int, float]], page: PageObject) -> bool:
        """Whether these pictures, each its pixels and its area, together are no more than that.

        Together, because a scanner may cut a page in strips. Of a small page a quarter is the most.
        What is not a number does not fit.
        """
        most = min(self.area, abs(float(page.mediabox.width * page.mediabox.height)) / 4)
        return all(pixels <= self.pixels for pixels, _ in shown) and (
            sum(area for _, area in shown) <= most
        )

    def check_stamps(self, page: PageObject) -> list[Any]:
        """Raises Unread for a picture that somebody put on it afterwards."""
        shown = []
        for one in (reference.get_object() for reference in page.annotations or []):
            looks = _inside(_inside(one, "/AP", {}), "/N", {})
            states = [looks] if isinstance(looks, StreamObject) else list(looks.values())
            left, low, right, high = map(float, one["/Rect"]) if states else (0.0,) * 4
            pixels = max((_most_pixels(state.get_object()) for state in states), default=0)
            if pixels >= _FEW_PIXELS:
                shown.append((pixels, abs((right - left) * (high - low))))
        if shown and not self.fits(shown, page):
            raise Unread
        return []


class _Pictures:
    """Sees what pictures one page paints, while its words are read: so it is gone through once."""

    def __init__(self, page: PageObject, logo: _Logo) -> None:
        self._logo = logo
        self._doubt = False
        # Each once, in its largest size: a bullet may be there many times.
        self._shown: dict[int, tuple[int, float]] = {}
        # What may be painted by its name here, and how much larger than it says; the last one is
        # of the form that is being painted.
        self._inside: list[tuple[Any, float]] = [(page.get("/Resources"), 1.0)]

    def words_on(self, page: PageObject) -> list[Any]:
        before, after = self._before, self._after
        return [page.extract_text(visitor_operand_before=before, visitor_operand_after=after)]

    def check(self, page: PageObject) -> list[Any]:
        """Raises Unread when there may be words in a picture on this page, after `words_on`.

        Also with the words of a scan typed behind it: nobody knows whether those are all of them.
        """
        if self._doubt or (self._shown and not self._logo.fits([*self._shown.values()], page)):
            raise Unread
        return []

    def _before(self, operator: bytes, operands: Any, matrix: Any, _: Any) -> None:
        resources, scale = self._inside[-1]
        if operator == b"Do":
            # Always one more, which `_after` takes away.
            self._inside.append((resources, scale))
        try:
            if operator == b"Do":
                self._paint(resources.get_object()["/XObject"][operands[0]], scale, matrix)
            elif operator == b"INLINE IMAGE":
                # The operands are there for this one only, and may be at the same place as another.
                self._see(-len(self._shown) - 1, operands["settings"], scale * _area(matrix))
            elif operator in (b"scn", b"SCN") and isinstance(operands[-1], NameObject):
                # How much of it is shown depends on the shape that it fills.
                pattern = resources.get_object()["/Pattern"][operands[-1]]
                if isinstance(pattern, StreamObject) and _most_pixels(pattern) >= _FEW_PIXELS:
                    self._doubt = True
        except Exception:
            # The words go on.
            self._doubt = True

    def _after(self, operator: bytes, operands: Any, matrix: Any, _: Any) -> None:
        if operator == b"Do":
            self._inside.pop()

    def _paint(self, what: Any, scale: float, matrix: Any) -> None:
        if what["/Subtype"] == "/Image":
            self._see(id(what), what, scale * _area(matrix))
            return
        # pypdf starts again with the matrix of the form, and leaves out what it says itself.
        own = _area(_inside(what, "/Matrix", (1, 0, 0, 1)))
        resources = what.get("/Resources", self._inside[-1][0])
        self._inside[-1] = (resources, scale * _area(matrix) * own)

    def _see(self, which: int, picture: Any, area: float) -> None:
        pixels = _pixels(picture)
        if pixels >= _FEW_PIXELS:
            before = self._shown.get(which, (0, 0.0))[1]
            self._shown[which] = (pixels, max(area, before))


def _area(matrix: Any) -> float:
    """How many square points a square of one by one becomes."""
    a, b, c, d = map(float, matrix[:4])
    return abs(a * d - b * c)


def _pixels(picture: Any) -> int:
    """Of the picture itself or of its mask: letters may be cut out of one plane of colour."""
    width, height = (
        picture[name] if name in picture else picture[name[:2]] for name in ("/Width", "/Height")
    )
    masks = (_inside(picture, name, None) for name in ("/SMask", "/Mask"))
    of_masks = [_pixels(one) for one in masks if isinstance(one, StreamObject)]
    return max(abs(int(width) * int(height)), *of_masks, 0)


def _most_pixels(form: Any, seen: frozenset[int] = frozenset()) -> int:
    """Of the largest picture that this form or pattern can paint."""
    if len(seen) > 4 or id(form) in seen:
        raise Unread
    resources = _inside(form, "/Resources", {})
    found = [0]
    able = _inside(resources, "/XObject", {})
    for one in (able[name] for name in able):
        deeper = one["/Subtype"] != "/Image"
        found.append(_most_pixels(one, seen | {id(form)}) if deeper else _pixels(one))
    if b"BI" in form.get_data():
        operations = ContentStream(form, None).operations
        found += [_pixels(one["settings"]) for one, what in operations if what == b"INLINE IMAGE"]
    return max(found)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
