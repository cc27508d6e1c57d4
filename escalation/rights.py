"""Everything kept under a code, for the resident who asks: with who saw it and who got it.

A name of somebody else stays in or goes, as somebody decided (`AccessRequest`); nothing is given
while there is a name that nobody decided about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from audit.models import Action, AuditEntry, Purpose
from directory.models import Role
from escalation import dossier
from escalation.dossier import Row, Section
from escalation.dossier.own import OWN_OBJECTS
from rdm.lib import clock
from rdm.lib.dates import long_date, long_moment

if TYPE_CHECKING:
    from escalation.models import AccessRequest, Casus

WITHHELD = "[weggelaten]"
SEEING = (Action.READ, Action.EXPORT, Action.PRINT)


@dataclass(frozen=True)
class Export:
    """What the resident gets: sections with facts, and nothing of what was left out."""

    code: str
    made_at: str
    sections: list[Section]

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "gemaakt_op": self.made_at,
            "onderdelen": [
                {
                    "onderdeel": section.title,
                    "regels": [{row.label: row.value for row in item} for item in section.items],
                }
                for section in self.sections
            ],
        }


def everything(casus: Casus) -> list[Section]:
    """All of it, with the names of others: only for who decides about those names."""
    return [*dossier.sections(casus), _seen_by(casus)]


def people_in(sections: Iterable[Section]) -> list[str]:
    """Every name of somebody else, once, from A to Z."""
    found = {
        name
        for section in sections
        for item in section.items
        for row in item
        for name in row.people
    }
    return sorted(found, key=str.casefold)


def not_judged(sections: Iterable[Section], access_request: AccessRequest) -> list[str]:
    judged = set(access_request.people)
    return [name for name in people_in(sections) if name not in judged]


def export_of(sections: Iterable[Section], access_request: AccessRequest) -> Export:
    """The export, without what was to be left out: in its own field and inside every text."""
    hide = _hider(access_request.withheld)
    return Export(
        code=access_request.casus.code,
        made_at=long_moment(clock.now()),
        sections=[
            replace(
                section,
                items=[[Row(row.label, hide(row.value)) for row in item] for item in section.items],
            )
            for section in sections
        ],
    )


def _hider(words: Iterable[str]) -> Any:
    # The longest first, so that "Jan de Wit" does not leave "de Wit" behind "Jan".
    found = sorted({word for word in words if word}, key=len, reverse=True)
    if not found:
        return lambda text: text
    # Whole words: leaving out Jan must leave januari alone.
    pattern = "|".join(re.escape(word) for word in found)
    hidden = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
    return lambda text: hidden.sub(WITHHELD, text)


def _seen_by(casus: Casus) -> Section:
    """Who saw it or took a copy: one line per organisation, role, day and kind.

    Without the names of those people: a resident may know when it was seen and what for, and who
    looked is for the privacy officer to judge.
    """
    entries = AuditEntry.objects.filter(
        object_type__in=OWN_OBJECTS, object_id=casus.code, action__in=SEEING, outcome="ok"
    )
    lines: dict[tuple[str, ...], int] = {}
    for entry in entries.order_by("number").iterator(2000):
        roles = [Role(one).label for one in entry.role.split(", ") if one in Role.values]
        who = ", ".join(str(role) for role in roles)
        purpose = str(Purpose(entry.purpose).label) if entry.purpose else ""
        action = str(Action(entry.action).label)
        key = (long_date(clock.local_date(entry.at)), entry.organisation, who, purpose, action)
        lines[key] = lines.get(key, 0) + 1
    items = [
        [
            Row("Dag", day),
            *([Row("Organisatie", organisation)] if organisation else []),
            *([Row("Rol", who)] if who else []),
            *([Row("Waarvoor", purpose)] if purpose else []),
            Row("Wat", f"{action}, {times} keer"),
        ]
        for (day, organisation, who, purpose, action), times in lines.items()
    ]
    return Section("seen_by", "Wie zag of downloadde het", items)
