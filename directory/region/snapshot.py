"""What the region says of itself, kept in the process: many pages need it beside their own rows.

It is read again when something was loaded or published; to know that, costs one query.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, Subquery, Sum, Value

from directory.models import BasicNeed, Domain, Procesafspraak, Region, Stagnation, Tafel, Trede
from directory.reading.instroom import Way, ways_in


@dataclass(frozen=True)
class Snapshot:
    """To read only. `guide` is as `Region.guide` keeps it; every tafel comes with its trede and
    its gemeenten, `ways` are the ways in per tafel (by its key)."""

    guide: Sequence[Mapping[str, Any]]
    treden: Sequence[Trede]
    tafels: Sequence[Tafel]
    ways: Mapping[int, Sequence[Way]]
    domains: Sequence[Domain]
    stagnations: Sequence[Stagnation]
    basic_needs: Sequence[BasicNeed]
    # The numbers that the region agreed, by code.
    agreed: Mapping[str, int]


def snapshot() -> Snapshot:
    """One query; nine more when something was loaded or published since the last time."""
    return _read(*stand())


def stand() -> tuple[Any, ...]:
    """Differs when what the region says may have changed: a load has a moment, and every published
    change of a tafel, and every change of an agreement, raises its version."""
    loaded = Region.objects.values("loaded_at")[:1]
    together = Procesafspraak.objects.order_by().annotate(one=Value(1)).values("one")
    versions = together.annotate(all=Sum("version")).values("all")
    now = Tafel.objects.aggregate(
        Count("pk"),
        Max("pk"),
        Sum("version"),
        at=Max(Subquery(loaded)),
        agreed=Max(Subquery(versions)),
    )
    return tuple(now.values())


@lru_cache(maxsize=2)
def _read(*stand: Any) -> Snapshot:
    tafels = list(Tafel.objects.select_related("trede").prefetch_related("gemeenten"))
    return Snapshot(
        guide=Region.objects.values_list("guide", flat=True).first() or [],
        treden=list(Trede.objects.all()),
        tafels=tafels,
        ways=ways_in(tafels),
        domains=list(Domain.objects.all()),
        stagnations=list(Stagnation.objects.all()),
        basic_needs=list(BasicNeed.objects.all()),
        agreed={
            one.code: one.number for one in Procesafspraak.objects.all() if one.number is not None
        },
    )


def forget() -> None:
    """Read it again the next time, also when nothing seems to have changed."""
    _read.cache_clear()
