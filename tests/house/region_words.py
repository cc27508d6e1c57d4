"""The words by which the region that comes with the program can be told from any other."""

from __future__ import annotations

import re
from functools import cache

from directory.management.commands.region import SHIPPED
from directory.region.file.check import read_region

# Found in every region of the country: a word of the trade, or a national party.
GENERAL = {
    "huisartsen",
    "mee",
    "ministerie-vws",
    "Ministerie van VWS",
    "openbaar-ministerie",
    "Openbaar Ministerie",
    "thuiszorg",
    "welzijn",
    "woningcorporaties",
    # The role that keeps the overview (directory.models.Role), and the kind of tafel on trede 3.
    "themagroep",
    "bestuurlijk-escalatieoverleg",
    "Bestuurlijk escalatieoverleg",
}


@cache
def words() -> frozenset[str]:
    """Names and slugs of its gemeenten, organisations and tafels, as written in the file."""
    file = read_region(SHIPPED)
    rows = [*file.gemeenten, *file.organisations, *file.tafels]
    return frozenset({word for one in rows for word in (one.slug, one.name)} - GENERAL)


@cache
def _pattern() -> re.Pattern[str]:
    file = read_region(SHIPPED)
    name = re.escape(file.region.name)
    whole = "|".join(map(re.escape, sorted(words(), key=len, reverse=True)))
    return re.compile(
        # The region itself counts inside other words too: in an address, as an adjective.
        rf"(?i:{name}|\b{name[:-1]}se?\b)"
        rf"|\b{file.region.code_prefix}-[0-9]{{2}}-"
        rf"|(?<![\w-])(?:{whole})(?![\w-])"
    )


def found_in(text: str) -> list[str]:
    """Every such word in `text`, with some of what stands around it."""
    return [
        " ".join(text[max(0, hit.start() - 30) : hit.end() + 30].split())
        for hit in _pattern().finditer(text)
    ]
