"""What this app keeps about a casus, and what of it stays when the casus is destroyed.

The submitted versions stay word for word, with their receipts and lessons: they were written
without anything that points to the resident (O-07), and the database lets nobody change them. The
draft beside them goes, and so does a report that was never submitted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from escalation.keeping.parts import Part
from learning.actions.destruction import back_to_what_was_submitted
from learning.models import Terugkoppeling, TerugkoppelingVersion
from learning.models.terugkoppeling import RUBRIEKEN

if TYPE_CHECKING:
    from escalation.models import Casus

_TEXTS = dict(RUBRIEKEN)


def _reports(casus: Casus) -> QuerySet[Terugkoppeling]:
    return Terugkoppeling.objects.filter(overleg__casus=casus).order_by("pk")


def _forget_drafts(casus: Casus, rows: QuerySet[Any]) -> int:
    found = list(rows)
    for report in found:
        back_to_what_was_submitted(report=report)
    return len(found)


def _stay(casus: Casus, rows: QuerySet[Any]) -> int:
    return 0


PARTS = (
    Part(
        "terugkoppeling",
        "Terugkoppeling (concept)",
        Terugkoppeling,
        _reports,
        {
            **_TEXTS,
            "status": "Stand",
            "due": "Uiterlijk",
            "started_at": "Begonnen op",
            "updated_at": "Gewijzigd op",
            "first_submitted_at": "Voor het eerst ingediend op",
            "correction_reason": "Waarom een correctie",
        },
        technical=frozenset({"version", "overleg"}),
        destroy=_forget_drafts,
    ),
    Part(
        "terugkoppeling_version",
        "Terugkoppeling (ingediend)",
        TerugkoppelingVersion,
        lambda casus: TerugkoppelingVersion.objects.filter(
            terugkoppeling__overleg__casus=casus
        ).order_by("pk"),
        {
            **_TEXTS,
            "submitted_at": "Ingediend op",
            "submitted_by_name": "Ingediend door",
            "submitted_by_organisation": "Organisatie",
            "correction_reason": "Waarom een correctie",
        },
        people=frozenset({"submitted_by_name"}),
        technical=frozenset({"number", "format_version", "terugkoppeling"}),
        destroy=_stay,
    ),
)
# Reached from a casus and neither shown nor destroyed: about the region, not about the resident.
STAYS = ("ReadReceipt", "Lesson", "Leersessie")
