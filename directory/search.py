"""Find a tafel by what somebody types, however they spell it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from directory.known import stand
from directory.models import Region, Tafel
from rdm.lib.search import Found, Index

# How much a hit counts: in the name more than somewhere in a long text.
NAME, ALIAS, SUBJECT, TEXT = 6.0, 5.0, 3.0, 1.0
TEXTS = (
    "purpose",
    "casuistry",
    "focus",
    "chair",
    "participants",
    "submitters_note",
    "how_to_submit",
    "inflow",
    "outflow",
    "client_support",
    "contact_name",
    "locations",
)


def find_tafels(query: str) -> Found[int]:
    """The primary keys of the tafels that fit `query`, best first.

    One query; four when something was loaded or published since the last search.
    """
    return _index(*stand()).find(query)


@lru_cache(maxsize=2)
def _index(*stand: Any) -> Index[int]:
    synonyms = Region.objects.values_list("synonyms", flat=True).first() or []
    tafels = Tafel.objects.select_related("led_by").prefetch_related("domains", "submitters")
    return Index({tafel.pk: list(_texts(tafel)) for tafel in tafels}, synonyms)


def _texts(tafel: Tafel) -> Iterator[tuple[float, str]]:
    yield NAME, tafel.name
    yield ALIAS, tafel.alias
    if tafel.led_by:
        yield SUBJECT, tafel.led_by.name
    for domain in tafel.domains.all():
        yield SUBJECT, domain.label
        yield SUBJECT, domain.code
    for kind in tafel.submitters.all():
        yield TEXT, kind.label
    for name in TEXTS:
        yield TEXT, getattr(tafel, name)
