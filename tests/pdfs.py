"""PDFs for tests: as a program makes them, and put together by hand with what programs do not."""

from __future__ import annotations

import re
import zlib
from io import BytesIO

import typst
from pypdf import PdfReader
from pypdf.generic import ContentStream, NameObject

PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources "
    b"<< %s /XObject << /I1 6 0 R /X1 7 0 R /X2 8 0 R >> >> %s >>"
)
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
IMAGE = (
    b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
)
FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
WORDS, PICTURE = b"BT /F1 12 Tf 72 700 Td (%s) Tj ET", b"q 595 0 0 842 0 0 cm /I1 Do Q"


def said_and_drawn(content: bytes) -> tuple[str, str]:
    """The words that a screen reader says, and those that are only drawn: under and across the
    pages, and what is repeated. The number of the page is of the paper, so in neither."""
    said, drawn = (_shown(content, said=one) for one in (True, False))
    return said, re.sub(r"Pagina \d+ van \d+", "", drawn)


def _shown(content: bytes, *, said: bool) -> str:
    found = []
    for page in PdfReader(BytesIO(content)).pages:
        stream = ContentStream(page.get_contents(), page.pdf, "bytes")
        marks: list[bool] = []
        kept = []
        for operands, operator in stream.operations:
            if operator in (b"BDC", b"BMC"):
                marks.append(operands[0] != "/Artifact")
            elif operator == b"EMC":
                marks.pop()
            if operator not in (b"Tj", b"TJ") or all(marks) == said:
                kept.append((operands, operator))
        stream.operations = kept
        page[NameObject("/Contents")] = stream
        found += page.extract_text().split()
    return " ".join(found)


def typed(source: str) -> bytes:
    """What typst makes of this."""
    made: bytes = typst.compile(source.encode())
    return made


def words(text: str) -> bytes:
    """One page with this on it."""
    return page(WORDS % text.encode())


def scan(**more: bytes) -> bytes:
    """One page with only a picture on it."""
    return page(PICTURE, **more)


def image(width: int, height: int, more: bytes = b"") -> bytes:
    """An object that is a picture of so many pixels. What is on it does not matter here."""
    size = b"/Type /XObject /Subtype /Image /Width %d /Height %d %s" % (width, height, more)
    return stream(b"\x80", size)


def in_size(millimetres: tuple[int, int], what: bytes = b"/X1 Do") -> bytes:
    """Shows something, a square of one by one, in this size."""
    width, height = (one * 72 / 25.4 for one in millimetres)
    return b"q %f 0 0 %f 72 72 cm %s Q" % (width, height, what)


def page(
    content: bytes,
    *,
    of_page: bytes = b"",
    of_document: bytes = b"",
    of_content: bytes = b"",
    trailer: bytes = b"",
    more: tuple[bytes, ...] = (),
    font: bytes = FONT,
    fonts: bytes = b"/Font << /F1 5 0 R >>",
) -> bytes:
    """One page that shows `content`. The objects of `more` are 7 and on; it can show 7 and 8 as /X1
    and /X2."""
    return document(
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % of_document,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        PAGE % (fonts, of_page),
        stream(content, of_content),
        font,
        stream(b"\x80", IMAGE),
        *more,
        trailer=trailer,
    )


def document(*objects: bytes, trailer: bytes = b"") -> bytes:
    """These objects, numbered from 1 on; the first is the catalog."""
    made, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, rows, size, trailer, len(made))
    )


def stream(content: bytes, what: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (what, len(content), content)


def packed(piece: bytes, times: int) -> bytes:
    """So often the same, in a few bytes; never in memory as a whole."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(piece) for _ in range(times)) + packer.flush()


def in_object_stream(*objects: bytes, hidden: bytes) -> bytes:
    """These objects, numbered from 1 on, and as the last one `hidden`: packed, so that none of its
    letters stands in the file. The list of places is packed as well, as most programs do now."""
    number = len(objects) + 1
    start = b"%d 0 " % number
    inside = zlib.compress(start + hidden)
    kind = b"/Type /ObjStm /N 1 /First %d /Filter /FlateDecode" % len(start)
    made, places = b"%PDF-1.7\n", [b"\0" + bytes(4) + b"\xff\xff"]
    for one, content in enumerate((*objects, None, stream(inside, kind)), 1):
        if content is None:
            places.append(b"\2" + (number + 1).to_bytes(4, "big") + b"\0\0")
            continue
        places.append(b"\1" + len(made).to_bytes(4, "big") + b"\0\0")
        made += b"%d 0 obj\n%s\nendobj\n" % (one, content)
    here = len(made)
    places.append(b"\1" + here.to_bytes(4, "big") + b"\0\0")
    about = b"/Type /XRef /W [1 4 2] /Root 1 0 R /Size %d /Filter /FlateDecode" % len(places)
    listed = stream(zlib.compress(b"".join(places)), about)
    return made + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number + 2, listed, here)
