"""What the record of an overleg says, under one label wherever it is asked, shown or repeated
(E-148..E-152): the form, the page of the overleg, and the side of the terugkoppeling.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.text import capfirst

from escalation.models import Overleg
from rdm.lib import clock
from rdm.lib.dates import long_moment

if TYPE_CHECKING:
    from escalation.models import Overleg

AFSPRAAK_LABELS = {
    "text": "Wat er is afgesproken",
    "organisation_name": "Welke organisatie dit doet",
    "function": "Wie binnen die organisatie",
    "due": "Uiterlijk op",
}
LABELS = {
    "plan_verdict": "Wat gebeurde er met het plan van aanpak?",
    "missed_steps": "Welke stappen zijn er gemist?",
    "supply_missing": "Ontbreekt er echt aanbod?",
    "capacity_use": "Worden de plekken die er zijn goed gebruikt?",
    "closing_the_gap": "Wat is er nodig om het gat te vullen?",
    "solution": "Is er een oplossing?",
    "solution_text": "Uitleg bij de uitkomst",
    "way": "Op welke manier gaat het traject verder?",
    "pace": "In welk tempo?",
}
# The outcome first: that is what people look for.
_SHOWN = ("solution", "solution_text", "way", "pace", "plan_verdict", "missed_steps",
          "supply_missing", "capacity_use", "closing_the_gap")  # fmt: skip


# What the page of the overleg shows as badges.
VERDICTS = ("solution", "plan_verdict")


def rows_of(overleg: Overleg, *, without: Collection[str] = ()) -> list[tuple[str, str]]:
    """(Label, text) of everything that was recorded, except the fields named in `without`; what
    was left empty is left out."""
    texts = {name: str(getattr(overleg, name)) for name in LABELS}
    texts["solution"] = capfirst(overleg.get_solution_display())
    texts["plan_verdict"] = capfirst(overleg.get_plan_verdict_display())
    return [(LABELS[name], texts[name]) for name in _SHOWN if texts[name] and name not in without]


def not_begun(overleg: Overleg) -> str | None:
    """Why the outcome cannot be recorded yet: the planned moment lies ahead."""
    if overleg.starts_at is None or overleg.starts_at <= clock.now():
        return None
    moment = long_moment(overleg.starts_at)
    return f"Het overleg begint op {moment} uur. Leg de uitkomst daarna vast."
