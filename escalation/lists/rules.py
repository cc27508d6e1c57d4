"""What a list says of one casus, on a page and in a file."""

from __future__ import annotations

from datetime import date

from django.utils.text import capfirst

from escalation.models import Casus
from escalation.workflow import CasusStatus

RESTRICTED = "Verwerking beperkt"


def due_of(casus: Casus) -> date | None:
    """The term; a casus whose use is restricted stands still and has none."""
    return None if casus.restricted_at else casus.due


def status_words(casus: Casus) -> str:
    return RESTRICTED if casus.restricted_at else capfirst(casus.get_status_display())


def own_reference(casus: Casus) -> str:
    mine = casus.my_references  # type: ignore[attr-defined]
    return next((str(one.reference) for one in mine), "")


def gemeente_words(casus: Casus) -> str:
    return str(casus.gemeente or "nog niet gekozen")


def trede_of(casus: Casus, of_last_step: int | None) -> int | None:
    """The trede of the casus; None for one that is on none."""
    if casus.status == CasusStatus.ACTIVE:
        return of_last_step or 0
    return casus.upcoming.trede


def trede_words(casus: Casus, of_last_step: int | None) -> str:
    trede = trede_of(casus, of_last_step)
    return "–" if trede is None else str(trede)
