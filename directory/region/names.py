"""What this product and its region are called: "RDM", and the name of the region that it serves.

The region is data, so its name, and the office that answers for it, stand in no template and no
mail; they ask here.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from directory.models import Region
from rdm.lib import clock
from rdm.lib.caching import MAX_AGE
from rdm.lib.codes import example_of

# As long as no region is loaded.
NEUTRAL = "RDM"
NEUTRAL_REGION = "de regio"
NEUTRAL_PREFIX = "AB"


@dataclass(frozen=True)
class Contact:
    """An office; without a region, and where its file names no phone, a part is empty."""

    name: str = ""
    email: str = ""
    phone: str = ""
    security_until: str = ""


@dataclass(frozen=True)
class _Known:
    region: str
    prefix: str
    contact: Contact
    until: float


_known: _Known | None = None


def product_name() -> str:
    """`RDM` and the name of the region; only `RDM` before the first load."""
    found = _read()
    return f"{NEUTRAL} {found.region}" if found else NEUTRAL


def region_name() -> str:
    """For after "in": the name of the region, or "de regio" before the first load."""
    found = _read()
    return found.region if found else NEUTRAL_REGION


def example_code() -> str:
    """A code of a casus as this region writes them, for hints beside a field."""
    found = _read()
    return example_of(found.prefix if found else NEUTRAL_PREFIX, clock.today().year)


def contact() -> Contact:
    """Who answers for the program in this region."""
    found = _read()
    return found.contact if found else Contact()


def reply_to() -> str:
    """Where an answer to a mail goes (settings.MAIL_REPLY_TO); empty before the first load."""
    return contact().email


def where_to_ask() -> str:
    """Whom a mail says to ask, in one line; empty before the first load."""
    office = contact()
    if not office.email:
        return ""
    call = f" of bel {office.phone}" if office.phone else ""
    return (
        f"Vragen over deze e-mail? Antwoord erop{call}. Uw antwoord komt bij {office.name} "
        f"({office.email}). Schrijf daarin niets over een inwoner."
    )


def forget() -> None:
    """Read the name again the next time: a region file was loaded."""
    global _known
    _known = None


def _read() -> _Known | None:
    """Kept as long as a public page is: every page asks for it, and it hardly ever changes.

    A region that is not there yet is not remembered, so that the first load shows at once.
    """
    global _known
    now = time.monotonic()
    if _known is None or _known.until < now:
        row = Region.objects.values_list("name", "code_prefix", "contact").first()
        if row:
            name, prefix, office = row
            _known = _Known(name, prefix, Contact(**office), until=now + MAX_AGE)
        else:
            _known = None
    return _known
