"""The value of a field as people read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Value
from django.utils.formats import date_format

from directory.models import Domain, Entrance, Organisation, SubmitterKind
from directory.upkeep.page_fields.fields import Kind, Part
from rdm.lib.wording import count_words

_PLAIN = {Kind.LINE, Kind.TEXT, Kind.EMAIL, Kind.PHONE, Kind.URL, Kind.NUMBER}


@dataclass(frozen=True)
class Names:
    """What people call the organisations, submitters and subjects that a value names by slug.

    A gemeente has the slug of its organisation.
    """

    organisations: Mapping[str, str] = field(default_factory=dict)
    submitters: Mapping[str, str] = field(default_factory=dict)
    domains: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls) -> Names:
        """All of them, in one query."""
        organisations, *others = (
            Organisation.objects.order_by().values_list(Value("organisations"), "slug", "name"),
            SubmitterKind.objects.order_by().values_list(Value("submitters"), "code", "label"),
            Domain.objects.order_by().values_list(Value("domains"), "code", "label"),
        )
        found: dict[str, dict[str, str]] = {"organisations": {}, "submitters": {}, "domains": {}}
        for kind, slug, name in organisations.union(*others, all=True):
            found[kind][slug] = name
        return cls(**found)


def in_words(part: Part, value: Any, names: Names) -> str:
    """The value as people read it; empty when there is none ("niet vermeld", E-042)."""
    if value in (None, "", [], {}):
        return part.empty
    if part.kind in _PLAIN:
        return _number(part, value) if part.kind is Kind.NUMBER else str(value)
    if part.kind is Kind.DAY:
        return date_format(date.fromisoformat(value), "j F Y")
    if part.kind is Kind.PLACE:
        return f"trede {value}"
    if part.kind is Kind.ORGANISATION:
        return names.organisations.get(value, value)
    if part.kind is Kind.INSTROOM:
        return _instroom_words(value)
    if part.kind is Kind.ENTRANCES:
        return "\n\n".join(entrance_words(one) for one in value)
    return "\n".join(_items(part, value, names))


def _number(part: Part, value: int) -> str:
    one, many = part.unit
    return f"{value} {one if value == 1 else many}"


def _items(part: Part, value: Sequence[Any], names: Names) -> list[str]:
    """One line per item of a list."""
    if part.kind is Kind.LINKS:
        return [f"{one['label']}: {one['url']}" for one in value]
    if part.kind is Kind.HOURS:
        return [f"Binnen {one['hours']} uur: {one['for']}" for one in value]
    if part.kind is Kind.QUESTIONS:
        return [str(one["question"]) for one in value]
    known = {
        Kind.SUBMITTERS: names.submitters,
        Kind.DOMAINS: names.domains,
        Kind.ORGANISATIONS: names.organisations,
    }[part.kind]
    return sorted((known.get(one, one) for one in value), key=str.casefold)


def _instroom_words(value: Mapping[str, Any]) -> str:
    """Each criterium, and which of them together are enough when there is a choice."""
    criteria = value["criteria"]
    number = {one["code"]: place for place, one in enumerate(criteria, start=1)}
    lines = [
        f"{place}. {one['text']}{'' if one['active'] else ' (telt nu niet mee)'}"
        + (f"\n   Uitleg: {one['help']}" if one["help"] else "")
        for place, one in enumerate(criteria, start=1)
    ]
    alternatives = value["alternatives"]
    if len(alternatives) > 1:
        lines.append(f"{count_words(len(alternatives), 'manier', 'manieren')} om te voldoen:")
        for one in alternatives:
            together = " en ".join(
                str(place) for place in sorted(number[code] for code in one["criteria"])
            )
            lines.append(f"- {one['label']}: criterium {together}")
    return "\n".join(lines)


_ENTRANCE_LABELS = (
    ("email", "E-mailadres"),
    ("phone", "Telefoonnummer"),
    ("website", "Website"),
    ("hours", "Bereikbaar"),
    ("note", "Toelichting"),
)


def entrance_words(one: Mapping[str, str]) -> str:
    """One local entrance: its name and kind, and below it how to reach it."""
    kind = Entrance.Kind(one["kind"]).label
    lines = [f"{label}: {one[name]}" for name, label in _ENTRANCE_LABELS if one[name]]
    return "\n".join([f"{one['name']} ({kind})", *lines])
