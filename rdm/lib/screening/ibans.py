"""Account numbers in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from stdnum import iban, numdb
from stdnum.iso7064 import mod_97_10

from rdm.lib.screening.hits import Hit

# Between two characters: a form may have a box for each, and a cell of a table two line ends.
_GAP = r"(?:[ .|-]|[ ]?\n{1,2}[ ]?)?"
_START = re.compile(rf"(?<![A-Z0-9])([A-Z]){_GAP}([A-Z]){_GAP}\d{_GAP}\d", re.IGNORECASE | re.ASCII)
# Morocco writes them too, though it is not in the register.
_BESIDE_THE_REGISTER = {"MA": 28}
# No account has fewer, and a sentence that passes the test by chance has hardly any.
_FEWEST_DIGITS = 9


def ibans(text: str) -> Iterator[Hit]:
    """Every number that passes the test of its country (ISO 13616), also over a line end."""
    for match in _START.finditer(text):
        length = _length((match[1] + match[2]).upper())
        if not length:
            continue
        # Also over a line: what passes the test by chance is one in 97.
        whole = re.compile(rf"[A-Z0-9](?:{_GAP}[A-Z0-9]){{{length - 1}}}", re.I | re.A).match(
            text, match.start()
        )
        if whole and _is_iban(re.sub(r"[^A-Z0-9]", "", whole.group().upper())):
            yield Hit(*whole.span(), "iban")


@cache
def _length(country: str) -> int:
    """How many letters and digits an IBAN of that country has; 0 when it has none."""
    form = numdb.get("iban").info(country)[0][1].get("bban")
    if form is None:
        return _BESIDE_THE_REGISTER.get(country, 0)
    return 4 + sum(map(int, re.findall(r"\d+", form)))


def _is_iban(number: str) -> bool:
    if sum(c.isdigit() for c in number) < _FEWEST_DIGITS:
        return False
    if number[:2] in _BESIDE_THE_REGISTER:
        return mod_97_10.is_valid(number[4:] + number[:4])
    # Without what three countries check on their own: doubt is a reason to ask.
    return iban.is_valid(number, check_country=False)
