#!/usr/bin/env bash
# python-stdnum 2.2 calls "12" a valid BSN, the number of a Dutch citizen.
#
# A BSN has nine digits, and an old one eight. `stdnum.nl.bsn.validate` says that it "checks the
# length", but it first puts zeros before a shorter number until there are nine digits: of "12" it
# makes 000000012, which passes the eleven-test. `InvalidLength` only comes for ten digits or more.
# Who looks for a BSN in a text with `is_valid` so finds one in every eleventh small number.
#
# Exits with 0 while that is so, and with 1 as soon as it says something else.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet python-stdnum==2.2 2>/dev/null
"$here/venv/bin/python" - <<'PYTHON'
import sys

import stdnum
from stdnum.nl import bsn

said = bsn.validate("12")
small = [number for number in range(1, 1000) if bsn.is_valid(str(number))]
print(f"python-stdnum {stdnum.__version__}: validate('12') gives {said!r}; "
      f"{len(small)} of the numbers below 1000 are valid, such as {small[:5]}")
sys.exit(said != "000000012")
PYTHON
