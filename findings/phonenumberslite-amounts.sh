#!/usr/bin/env bash
# phonenumberslite 9.0.42 finds a telephone number in "kost 14.053 euro per jaar".
#
# A Dutch gemeente can be called at 14 with the code of its area, without a 0 in front: 14 053 is
# Enschede. Of 233 numbers between 1,000 and 200,000 the metadata therefore says that they are valid,
# and `PhoneNumberMatcher` with its default leniency, VALID, finds each of them in a Dutch text, with
# a dot between the thousands and before a comma as well. The stricter levels find no amounts, but
# miss 06-12 34 56 78 as well, which is how many people write a mobile number.
#
# Exits with 0 while that is so, and with 1 as soon as it says something else.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet phonenumberslite==9.0.42 2>/dev/null
"$here/venv/bin/python" - <<'PYTHON'
import sys

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher


def found(text, leniency=Leniency.VALID):
    return [one.raw_string for one in PhoneNumberMatcher(text, "NL", leniency)]


amount = "Het kost 14.053 euro per jaar, of € 140.529,50 voor tien."
valid = [n for n in range(1_000, 200_001)
         if phonenumbers.is_valid_number(phonenumbers.parse(str(n), "NL"))]
for name in ("VALID", "STRICT_GROUPING", "EXACT_GROUPING"):
    level = getattr(Leniency, name)
    print(f"{name}: in the amounts {found(amount, level)}, "
          f"in a number {found('bel 06-12 34 56 78', level)}")
print(f"{phonenumbers.__version__}: {len(valid)} valid numbers below 200,000, from {valid[:3]}")
sys.exit(found(amount) != ["14.053", "140.529"])
PYTHON
