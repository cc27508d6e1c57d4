"""A draft that goes: thrown away, or because nobody went on with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.transaction import action
from escalation.change import move, record, take, tell
from escalation.explained import EXPLAINED
from escalation.models import Casus
from escalation.registration.actions import CONTENT
from escalation.workflow import CasusStatus
from rdm.lib import clock
from rdm.lib.refusal import Conflict
from rdm.lib.versions import compare_and_set, somebody_was_first

if TYPE_CHECKING:
    from directory.models import User


@action
def discard(*, casus: Casus, by: User, version: int | None = None) -> None:
    """Throw a draft away: its text is gone, also from the timeline; the code stays taken."""
    move(casus, "discard", by=by, version=version, **_blank())
    _forget(casus)
    tell(casus, "discarded", "Concept weggegooid", by=by)


@action
def expire(*, casus: Casus) -> bool:
    """Throw a draft away that nobody went on with in time (O-10). Called by the sweep; twice is
    once, and somebody who just went on with it wins. Gives back whether it is gone now."""
    now = clock.now()
    take(casus)
    try:
        compare_and_set(
            casus,
            no=somebody_was_first("deze casus"),
            among=Casus.objects.filter(status=CasusStatus.DRAFT, due__lt=clock.today()),
            status=CasusStatus.DISCARDED,
            status_since=now,
            updated_at=now,
            **_blank(),
        )
    except Conflict:
        return False
    _forget(casus)
    tell(casus, "discarded", "Concept niet afgemaakt en weggegooid", by=None)
    record(casus, "discard", by=None)
    return True


def _blank() -> dict[str, Any]:
    """The fields of a draft without its content."""
    empty: dict[str, Any] = {"guide_answers": {}, "stagnations": [], "basic_needs": {}, "due": None}
    return {**dict.fromkeys(CONTENT, ""), **empty}


def _forget(casus: Casus) -> None:
    casus.own_references.all().delete()
    casus.events.filter(kind=EXPLAINED).delete()
