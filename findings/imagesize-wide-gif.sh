#!/usr/bin/env bash
# imagesize 2.0.1 gives a negative size for a GIF of more than 32,767 pixels.
#
# A GIF keeps its width and height as unsigned numbers of two bytes, so up to 65,535. imagesize
# reads them as signed ones: of a valid GIF of 40,000 by 10 it says (-25536, 10).
#
# Exits with 0 while that is so, and with 1 as soon as it says something else.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet imagesize==2.0.1 pillow==13.0.0 2>/dev/null
"$here/venv/bin/python" - "$here/wide.gif" <<'PYTHON'
import sys

import imagesize
from PIL import Image

path = sys.argv[1]
Image.new("P", (40_000, 10)).save(path)
with Image.open(path) as picture:
    picture.load()
    true = picture.size
said = imagesize.get(path)
print(f"imagesize {imagesize.__version__}: {said}; the picture is {true}")
sys.exit((true, said) != ((40_000, 10), (-25_536, 10)))
PYTHON
