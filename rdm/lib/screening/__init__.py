"""Keeping personal data and unreadable characters out of free text (O-08, E-244).

Two functions, used by every text field of every form: `clean` refuses characters that break
documents, mail headers or the reader's trust; `find` points at text that looks like personal
data. Neither changes what the user sees on the screen without saying so.

A number that is valid is not yet personal data: an amount may be a valid telephone number, and the
number of a foundation a valid BSN. So each kind, in a file of its own, looks at how something is
written and at the words around it, and the arithmetic only takes away what cannot be one.
"""

from __future__ import annotations

from rdm.lib.screening.addresses import addresses
from rdm.lib.screening.birth_dates import birth_dates
from rdm.lib.screening.bsns import bsns, passes_eleven_test
from rdm.lib.screening.characters import MAX_COMBINING_RUN, clean
from rdm.lib.screening.dates import dates_in, without_dates
from rdm.lib.screening.emails import emails
from rdm.lib.screening.hits import LABELS, Hit
from rdm.lib.screening.ibans import ibans
from rdm.lib.screening.phones import phones
from rdm.lib.screening.plain import plain

__all__ = ["LABELS", "MAX_COMBINING_RUN", "Hit", "clean", "find", "passes_eleven_test"]


def find(text: str) -> list[Hit]:
    """Every place that looks like personal data, in order, without overlap.

    Looks for BSN (eleven-test), date of birth, e-mail, phone, IBAN (mod 97) and postcode
    with house number. A date counts as a date of birth when a word like "geboren" stands
    beside it, or when it is 18 years ago or more: the scheme is for adults (E-003), so a
    younger date is a date in the case. Expects text that went through `clean`.

    A document breaks its lines anywhere, and a form has one box for each digit of a BSN: those are
    found too, where that makes nothing suspect that is ordinary.
    """
    text = plain(text)
    dates = dates_in(text)
    undated = without_dates(text, dates)
    numbers = list(bsns(text, dates))
    # In this order: a phone number inside an IBAN, or a date inside a phone number, is part
    # of the larger thing. What the text itself says goes before what it looks like.
    candidates = [
        *(number for number in numbers if number.certain),
        *ibans(text),
        *emails(text),
        *birth_dates(text, dates),
        *phones(undated),
        *addresses(undated),
        *numbers,
    ]
    hits: list[Hit] = []
    taken = bytearray(len(text))
    for hit in candidates:
        if not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            hits.append(hit)
    return sorted(hits)
