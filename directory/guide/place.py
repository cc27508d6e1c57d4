"""Where to go first: the local entrances of a gemeente and who supports its residents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from directory.models import Entrance, Gemeente
from rdm.lib import wording


@dataclass(frozen=True)
class Place:
    """One gemeente, with what it says about itself (E-045, E-120, E-128)."""

    slug: str
    name: str
    entrances: tuple[Entrance, ...] = ()
    support: tuple[tuple[str, str], ...] = ()

    @property
    def doors(self) -> list[tuple[Entrance, str, str]]:
        """Each entrance, with its telephone link and the words of its website."""
        return [
            (one, wording.tel_link(one.phone), wording.address_text(one.website))
            for one in self.entrances
        ]


_OWN = ("organisation__slug", "organisation__name")
_ENTRANCE = ("kind", "name", "email", "phone", "website", "hours", "note")
_SUPPORT = ("client_support__name", "client_support__website")


def place_of(slug: str) -> Place | None:
    """The gemeente with this slug, everything in one query; None when there is none."""
    if not re.fullmatch(r"[a-z0-9_-]{1,50}", slug):
        return None
    # The rows repeat: every entrance beside every organisation. There are a handful of each.
    rows = list(
        Gemeente.objects.filter(organisation__slug=slug)
        .order_by("entrances__position", "entrances__pk", _SUPPORT[0])
        .values(*_OWN, *(f"entrances__{name}" for name in ("id", *_ENTRANCE)), *_SUPPORT)
    )
    if not rows:
        return None
    entrances: dict[int, Entrance] = {}
    support: dict[str, str] = {}
    for row in rows:
        if (pk := row["entrances__id"]) is not None:
            values = {name: row[f"entrances__{name}"] for name in _ENTRANCE}
            entrances.setdefault(pk, Entrance(pk=pk, **values))
        if row[_SUPPORT[0]]:
            support.setdefault(row[_SUPPORT[0]], row[_SUPPORT[1]])
    return Place(
        slug=rows[0][_OWN[0]],
        name=rows[0][_OWN[1]],
        entrances=tuple(entrances.values()),
        support=tuple(support.items()),
    )
