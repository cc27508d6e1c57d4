"""The criteria of one tafel and how they combine, as one value: compared and written whole."""

from __future__ import annotations

from typing import Any

from directory.models import InstroomAlternative, InstroomCriterium, Tafel

Instroom = dict[str, list[dict[str, Any]]]


def from_database(tafel: Tafel) -> Instroom:
    """The value in the rows; needs prefetched criteria and alternatives__criteria.

    A criterium that is off and in no alternative has left the file (see `write`) and is skipped.
    """
    alternatives = [
        {"label": one.label, "criteria": sorted(each.code for each in one.criteria.all())}
        for one in tafel.alternatives.all()
    ]
    used = {code for one in alternatives for code in one["criteria"]}
    return {
        "criteria": [
            {
                "code": one.code,
                "text": one.text,
                "help": one.help,
                "active": one.active,
                "asks": one.asks,
            }
            for one in tafel.criteria.all()
            if one.active or one.code in used
        ],
        "alternatives": alternatives,
    }


def write(tafel: Tafel, wanted: Instroom) -> None:
    """Make the rows say `wanted`.

    Answers of old cases point at a criterium, so one that left the file is switched off and
    taken out of every alternative, not deleted.
    """
    rows: dict[str, InstroomCriterium] = {}
    for position, one in enumerate(wanted["criteria"], start=1):
        # A proposal of people does not know about `asks`: it then stays what it was.
        named = ("text", "help", "active", "asks")
        rows[one["code"]], _ = InstroomCriterium.objects.update_or_create(
            tafel=tafel,
            code=one["code"],
            defaults={"position": position, **{name: one[name] for name in named if name in one}},
        )
    tafel.criteria.exclude(code__in=rows).update(active=False)
    for position, one in enumerate(wanted["alternatives"], start=1):
        alternative, _ = InstroomAlternative.objects.update_or_create(
            tafel=tafel, position=position, defaults={"label": one["label"]}
        )
        alternative.criteria.set([rows[code] for code in one["criteria"]])
    tafel.alternatives.filter(position__gt=len(wanted["alternatives"])).delete()
