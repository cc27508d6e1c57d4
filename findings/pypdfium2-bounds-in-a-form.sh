#!/usr/bin/env bash
# pypdfium2 5.15.2: get_bounds() of what stands in a form is not where it stands on the page.
#
# A page can show a form XObject four times as large, with a picture in it. `PdfPage.get_objects()`
# goes into the form and yields the picture too, and `get_bounds()` says that it gives bounds "on
# the page, in PDF page coordinates". They are in the coordinates of the form: here 20 by 10 points,
# while the page shows the picture, and renders it, as 80 by 40. The bounds of the form itself are
# right.
#
# Exits with 0 while that is so, and with 1 as soon as it says something else.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet pypdfium2==5.15.2 2>/dev/null
"$here/venv/bin/python" - <<'PYTHON'
import sys

import pypdfium2
from pypdfium2.version import PYPDFIUM_INFO

FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /I 6 0 R >> >>"
IMAGE = (
    b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
)


def stream(what: bytes, content: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (what, len(content), content)


objects = [
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R "
    b"/Resources << /XObject << /F 5 0 R >> >> >>",
    stream(b"", b"q 4 0 0 4 0 0 cm /F Do Q"),
    stream(FORM, b"q 20 0 0 10 10 10 cm /I Do Q"),
    stream(IMAGE, b"\x00"),
]
made, places = b"%PDF-1.7\n", []
for number, one in enumerate(objects, 1):
    places.append(len(made))
    made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
rows = b"".join(b"%010d 00000 n \n" % place for place in places)
made += b"xref\n0 7\n0000000000 65535 f \n%strailer\n<< /Size 7 /Root 1 0 R >>\n" % rows + (
    b"startxref\n%d\n%%%%EOF\n" % len(made)
)
page = pypdfium2.PdfDocument(made)[0]
said = {one.type: tuple(round(x) for x in one.get_bounds()) for one in page.get_objects()}
form, picture = said[pypdfium2.raw.FPDF_PAGEOBJ_FORM], said[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]

# Where the page really is dark, in its own points.
bitmap = page.render(scale=1, grayscale=True)
dark = [
    (x, bitmap.height - y)
    for y in range(bitmap.height)
    for x in range(bitmap.width)
    if bitmap.buffer[y * bitmap.stride + x] < 128
]
wide, high = zip(*dark)
shown = (min(wide), min(high) - 1, max(wide) + 1, max(high))
print(f"pypdfium2 {PYPDFIUM_INFO}: the form {form}, the picture in it {picture}, rendered at {shown}")
sys.exit((picture, form, shown) != ((10, 10, 30, 20), (40, 40, 120, 80), (40, 40, 120, 80)))
PYTHON
