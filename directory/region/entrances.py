"""The local entrances of one gemeente, as one value: compared and written whole (E-045)."""

from __future__ import annotations

from collections.abc import Sequence

from directory.models import Entrance, Gemeente

# What is said of an entrance, in this order.
FIELDS = ("kind", "name", "email", "phone", "website", "hours", "note")

Entrances = Sequence[dict[str, str]]


def from_database(gemeente: Gemeente) -> list[dict[str, str]]:
    """The value in the rows; prefetch `entrances` when it is asked of more than one."""
    return [{name: getattr(one, name) for name in FIELDS} for one in gemeente.entrances.all()]


def write(gemeente: Gemeente, wanted: Entrances) -> None:
    """Make the rows say `wanted`, in that order. An entrance is known by its name."""
    gemeente.entrances.exclude(name__in=[one["name"] for one in wanted]).delete()
    for position, one in enumerate(wanted, start=1):
        fields = {name: one[name] for name in FIELDS if name != "name"}
        Entrance.objects.update_or_create(
            gemeente=gemeente, name=one["name"], defaults={**fields, "position": position}
        )
