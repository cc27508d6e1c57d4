"""How each kind of record of a region file is found and written."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import models

from directory.models import (
    BasicNeed,
    DeelnemerKind,
    Domain,
    Gemeente,
    Organisation,
    Procesafspraak,
    Stagnation,
    SubmitterKind,
    Tafel,
    Theme,
    Trede,
)


@dataclass(frozen=True)
class Kind:
    """How one kind of record is found and written.

    `foreign` and `many` say by which field of the other model the file refers to it.
    `first_only` are fields that people keep: written when the record is made, never after.
    """

    name: str
    model: type[models.Model]
    key: str
    foreign: dict[str, tuple[type[models.Model], str]] = field(default_factory=dict)
    many: dict[str, tuple[type[models.Model], str]] = field(default_factory=dict)
    first_only: frozenset[str] = frozenset()


TREDE = Kind("trede", Trede, "number")
SUBMITTER = Kind("aanmelder", SubmitterKind, "code")
DOMAIN = Kind("onderwerp", Domain, "code")
ORGANISATION = Kind(
    "organisatie", Organisation, "slug", many={"submits_as": (SubmitterKind, "code")}
)
GEMEENTE = Kind(
    "gemeente",
    Gemeente,
    "organisation",
    foreign={"organisation": (Organisation, "slug"), "ggz_provider": (Organisation, "slug")},
    many={"client_support": (Organisation, "slug")},
)
TAFEL = Kind(
    "tafel",
    Tafel,
    "slug",
    foreign={"trede": (Trede, "number"), "led_by": (Organisation, "slug")},
    many={
        "submitters": (SubmitterKind, "code"),
        "domains": (Domain, "code"),
        "gemeenten": (Gemeente, "organisation__slug"),
    },
    first_only=frozenset({"checked_by_chair_on", "confirmed_on", "confirmed_by"}),
)
DEELNEMER = Kind("soort deelnemer", DeelnemerKind, "code")
THEME = Kind("thema", Theme, "code")
STAGNATION = Kind("reden van vastlopen", Stagnation, "code")
BASIC_NEED = Kind("basisvoorziening", BasicNeed, "code")
PROCESAFSPRAAK = Kind(
    "procesafspraak",
    Procesafspraak,
    "code",
    first_only=frozenset({"unit", "number", "text"}),
)
