"""What the parts of a region file say, as the values of the rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from directory.models import Organisation
from directory.region.entrances import FIELDS
from directory.region.file.schema import (
    SUBMITS_AS_GEMEENTE,
    AsksPart,
    EntrancePart,
    GemeentePart,
    OrganisationPart,
    TafelPart,
)
from directory.region.instroom import Instroom

Values = dict[str, Any]


def numbered(parts: Iterable[Any]) -> list[Values]:
    """Records that stand in the order of the file."""
    return [{**dict(part), "position": i} for i, part in enumerate(parts, start=1)]


def organisation_values(part: OrganisationPart) -> Values:
    return dict(part)


def party_values(part: GemeentePart) -> Values:
    """A gemeente as the organisation that it is too."""
    return {
        "slug": part.slug,
        "name": part.name,
        "kind": Organisation.Kind.GEMEENTE.value,
        "submits_as": [SUBMITS_AS_GEMEENTE],
        "covenant_partner": False,
        "email": part.email,
        "website": part.website,
        "description": part.description,
    }


def gemeente_values(part: GemeentePart) -> Values:
    values: Values = {
        "organisation": part.slug,
        "ggz_provider": part.ggz_provider,
        "ggz_note": part.ggz_note,
        "scaling_model": part.scaling_model,
        "scaling_phases": part.scaling_phases,
    }
    if part.client_support is not None:
        values["client_support"] = list(part.client_support)
    return values


def tafel_values(part: TafelPart, index: int) -> Values:
    values = {
        name: value
        for name, value in dict(part).items()
        if name not in ("criteria", "alternatives")
    }
    values["audience"] = [{"text": one.text, "asks": asks_of(one.asks)} for one in part.audience]
    values["links"] = [one.model_dump() for one in part.links]
    values["response_hours"] = [one.model_dump(by_alias=True) for one in part.response_hours]
    values["extra_questions"] = [one.model_dump() for one in part.extra_questions]
    values["position"] = index + 1
    return values


def entrances_of(parts: Sequence[EntrancePart]) -> list[dict[str, str]]:
    return [{name: getattr(one, name) for name in FIELDS} for one in parts]


def instroom_of(part: TafelPart) -> Instroom:
    return {
        "criteria": [{**one.model_dump(), "asks": asks_of(one.asks)} for one in part.criteria],
        "alternatives": [
            {"label": one.label, "criteria": sorted(one.criteria)} for one in part.alternatives
        ],
    }


def asks_of(part: AsksPart | None) -> dict[str, Any]:
    """What is asked of the guide, as the database keeps it; empty is nothing."""
    return part.model_dump() if part else {}
