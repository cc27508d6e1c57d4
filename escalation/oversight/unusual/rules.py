"""What counts as ongewoon gebruik of dossiers, as rows of the log (security.md, Threats).

Two kinds: seeing many different casussen, and asking often for a casus that this person may not
see or that does not exist, by its code or by words. Only dossiers count: a terugkoppeling is made
to be read by many, and reading the log is the work of who oversees.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, QuerySet

from audit import showing, watching
from audit.models import AuditEntry
from escalation.models import UnusualReading


def what_happened(reading: UnusualReading) -> str:
    """In one sentence, for a heading or a line of work; names the person."""
    if reading.kind == UnusualReading.Kind.READING:
        return f"{reading.actor_name} bekeek {reading.number} dossiers in een uur"
    return f"{reading.actor_name} zocht {reading.number} keer vergeefs in een uur"


DOSSIER = "casus"
LOG_PART = "access-log"
TRIED = ("casus", "terugkoppeling")
IN_VAIN = (showing.NOT_VISIBLE, showing.NOT_FOUND, showing.NOTHING_FOUND)


class Rule(NamedTuple):
    """Which rows count, how they are counted, and the procesafspraak with the number."""

    rows: QuerySet[AuditEntry]
    how: Count
    agreement: str


def rule_of(kind: str) -> Rule:
    """The rule behind a kind of melding."""
    if kind == UnusualReading.Kind.READING:
        return Rule(
            watching.rows_of_reading(DOSSIER, besides=[LOG_PART]),
            Count("object_id", distinct=True),
            "inzage_per_uur",
        )
    return Rule(watching.rows_of_trying(TRIED, IN_VAIN), Count("number"), "pogingen_per_uur")


def rows_behind(reading: UnusualReading) -> QuerySet[AuditEntry]:
    """The rows of the log that the melding is about."""
    return watching.of_hour(rule_of(reading.kind).rows, reading.actor_id, reading.hour)
