"""Find a tafel by what somebody types, however they spell it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from directory.models import Region, Tafel
from directory.region.snapshot import stand
from rdm.lib.search import Document, Found, Index, Synonyms, document

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

    One query; a few more when something was loaded or published since the last search, and then
    only what changed is read again.
    """
    return _index(*stand()).find(query)


@lru_cache(maxsize=2)
def _index(*stand: Any) -> Index[int]:
    loaded_at, groups = Region.objects.values_list("loaded_at", "synonyms").first() or (None, [])
    synonyms = Synonyms(groups or [])
    # In the order of the overview, which decides between tafels that fit as well.
    wanted = {
        pk: (loaded_at, version) for pk, version in Tafel.objects.values_list("pk", "version")
    }
    global _read
    kept = {pk: one for pk, (state, one) in _read.items() if wanted.get(pk) == state}
    changed = Tafel.objects.filter(pk__in=wanted.keys() - kept.keys())
    for tafel in changed.select_related("led_by").prefetch_related("domains", "submitters"):
        kept[tafel.pk] = document(_texts(tafel), synonyms)
    _read = {pk: (wanted[pk], one) for pk, one in kept.items()}
    return Index({pk: kept[pk] for pk in wanted}, synonyms)


# Per tafel what was read of it, with when the region was loaded and the version of the tafel. Never
# changed, only replaced: others may be searching.
_read: dict[int, tuple[tuple[Any, int], Document]] = {}


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
