"""What the page of the virus scanner says: how many files wait, and what can be done about it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Min
from django.utils.text import capfirst

from escalation.attachments.scanning.rules import Why, unjudged

COLUMNS = ["Waarom niet", "Bestanden", "Oudste van", "Wat u kunt doen"]
# To who looks after the server; who added the file reads something else.
WHAT_TO_DO: dict[str, str] = {
    Why.LARGE: "Vraag de technisch beheerder de grenzen van de virusscanner te verhogen "
    "(StreamMaxLength en MaxScanSize).",
    Why.MISSING: "Vraag de technisch beheerder of een reservekopie zonder bijlagen is teruggezet. "
    "Zet de map met bijlagen dan ook terug.",
    Why.FAILED: "Vraag de technisch beheerder in het logboek van de virusscanner te kijken.",
}


def rows() -> list[list[Any]]:
    """One line per reason; nothing about a casus, which the functioneel beheerder does not see."""
    found = unjudged().values("scan_why").annotate(number=Count("pk"), oldest=Min("added_at"))
    return [
        [
            capfirst(Why(one["scan_why"]).label),
            str(one["number"]),
            {"day": one["oldest"]},
            WHAT_TO_DO[one["scan_why"]],
        ]
        for one in found.order_by("scan_why")
    ]
