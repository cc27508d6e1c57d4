"""Make a region file of what the database says now, with everything that people edited.

So that a region can move to another installation, and so that a load of this file finds nothing
to change. What is no part of the overview is no part of the file: the decisions of the colleges,
the standing of procesafspraken, and all that was said along the way (editions, proposals).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models

from directory.models import (
    BasicNeed,
    DeelnemerKind,
    Domain,
    Gemeente,
    Organisation,
    Procesafspraak,
    Region,
    Stagnation,
    SubmitterKind,
    Tafel,
    Theme,
    Trede,
)
from directory.region import entrances, instroom
from directory.region.file.check import check_data
from directory.region.file.reader import Document
from directory.region.file.schema import (
    DeelnemerKindPart,
    DomainPart,
    OrganisationPart,
    ProcesafspraakPart,
    RegionFile,
    TafelPart,
    TredePart,
)

Values = dict[str, Any]
# What mistakes are reported under: there is no file yet.
SOURCE = "programma"
# Fields of the file with a name of their own, or that need more than reading a column.
_OWN = {"led_by", "submits_as", "submitters", "domains", "gemeenten", "criteria", "alternatives"}


def export_region() -> RegionFile:
    """The region as it is now, checked as if it were read from a file.

    Raises Region.DoesNotExist before the first load, and RegionFileError when the database says
    something that a region file may not say.
    """
    region = Region.current()
    gemeenten = [_gemeente(one) for one in _gemeenten()]
    data: Values = {
        "format": 1,
        "version": region.file_version,
        "region": {
            "slug": region.slug,
            "name": region.name,
            "code_prefix": region.code_prefix,
            "intro": region.intro,
            "gemeenten_count": len(gemeenten),
            "crisis_routes": region.crisis_routes,
            "contact": _with_day(region.contact, "security_until"),
        },
        "treden": _rows(Trede.objects.order_by("number"), TredePart),
        "submitter_kinds": _coded(SubmitterKind),
        "domains": _rows(_in_order(Domain), DomainPart),
        "guide": region.guide,
        "synonyms": region.synonyms,
        "organisations": [_organisation(one) for one in _organisations()],
        "roles": region.roles,
        "gemeenten": gemeenten,
        "tafels": [_tafel(one) for one in _tafels()],
        "deelnemer_kinds": _rows(_in_order(DeelnemerKind), DeelnemerKindPart),
        "themes": _coded(Theme),
        "stagnations": _coded(Stagnation),
        "basic_needs": _coded(BasicNeed),
        "procesafspraken": _rows(_in_order(Procesafspraak), ProcesafspraakPart),
        "pages": [_with_day(one, "updated_on") for one in region.pages],
        "evaluation": region.evaluation_questions,
    }
    return check_data(Document(_said(data), {(): 0}), SOURCE)


def _with_day(stored: Values, name: str) -> Values:
    """What is kept as JSON, with the day in it as a file has it."""
    day = stored.get(name)
    return {**stored, name: date.fromisoformat(day)} if day else stored


# --- rows, always in the same order

# What the file lists without a position keeps the order in which it came in.
_BY_AGE = "pk"


def _in_order(model: type[models.Model]) -> models.QuerySet[Any]:
    return model._default_manager.order_by("position", _BY_AGE)


def _organisations() -> Iterable[Organisation]:
    """All but the gemeenten, which have a part of their own."""
    found = Organisation.objects.filter(gemeente=None)
    return found.prefetch_related("submits_as").order_by(_BY_AGE)


def _gemeenten() -> Iterable[Gemeente]:
    found = Gemeente.objects.select_related("organisation", "ggz_provider")
    return found.prefetch_related("client_support", "entrances").order_by(_BY_AGE)


def _tafels() -> Iterable[Tafel]:
    return (
        _in_order(Tafel)
        .select_related("led_by")
        .prefetch_related(
            "submitters", "domains", "gemeenten__organisation", "criteria", "alternatives__criteria"
        )
    )


def _rows(rows: Iterable[models.Model], part: type[Any]) -> list[Values]:
    return [_columns(row, part) for row in rows]


def _columns(row: models.Model, part: type[Any], own: Iterable[str] = ()) -> Values:
    """The fields of the file that are columns of the row, under the same name."""
    return {name: getattr(row, name) for name in part.model_fields if name not in own}


def _coded(model: type[models.Model]) -> list[Values]:
    return [{"code": one.code, "label": one.label} for one in _in_order(model)]


# --- one record


def _organisation(row: Organisation) -> Values:
    values = _columns(row, OrganisationPart, _OWN)
    return {**values, "submits_as": [one.code for one in row.submits_as.all()]}


def _gemeente(row: Gemeente) -> Values:
    return {
        **{name: getattr(row.organisation, name) for name in ("slug", "name")},
        "ggz_provider": row.ggz_provider.slug,
        "ggz_note": row.ggz_note,
        **{name: getattr(row.organisation, name) for name in ("email", "website", "description")},
        "client_support": [one.slug for one in row.client_support.all()],
        "entrances": entrances.from_database(row),
        "scaling_model": row.scaling_model,
        "scaling_phases": row.scaling_phases,
    }


def _tafel(row: Tafel) -> Values:
    return {
        **_columns(row, TafelPart, {*_OWN, "trede"}),
        "trede": row.trede_id,
        "led_by": row.led_by.slug if row.led_by else None,
        "submitters": [one.code for one in row.submitters.all()],
        "domains": [one.code for one in row.domains.all()],
        "gemeenten": [one.slug for one in row.gemeenten.all()],
        **instroom.from_database(row),
    }


def _said(value: Any) -> Any:
    """`value` without what says nothing. A false that is no default stays: it is an answer."""
    if isinstance(value, dict):
        kept = {name: _said(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [_said(one) for one in value]
    return value
