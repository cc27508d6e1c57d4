"""Who sits at the overleg: which kinds miss, how far an invitation is, whom no mail reaches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from directory.models import DeelnemerKind
from escalation.models import Deelnemer, Overleg
from outbox import queue
from outbox.models import Message, Method
from rdm.lib import clock

# How the key of each mail to a deelnemer begins; the number of the deelnemer comes next.
MAILS = ("dates:", "reminder:", "calendar:", "stopped:")


def missing_kinds(overleg: Overleg) -> list[DeelnemerKind]:
    """The mandatory kinds of deelnemer that nobody fills yet (E-113)."""
    present = overleg.deelnemers.filter(removed_at=None).values("kind")
    return list(DeelnemerKind.objects.filter(mandatory=True).exclude(pk__in=present))


@dataclass(frozen=True)
class KindGroup:
    """A kind of deelnemer with who fills it."""

    kind: DeelnemerKind
    deelnemers: list[Deelnemer]

    @property
    def is_missing(self) -> bool:
        return self.kind.mandatory and not self.deelnemers


def by_kind(kinds: Iterable[DeelnemerKind], deelnemers: Sequence[Deelnemer]) -> list[KindGroup]:
    """Every kind in order, also those that nobody fills yet."""
    return [
        KindGroup(kind, [one for one in deelnemers if one.kind_id == kind.pk]) for kind in kinds
    ]


@dataclass(frozen=True)
class Unreached:
    """A deelnemer, and the newest mail that did not arrive at the address as it is now."""

    deelnemer: Deelnemer
    message: Message

    @property
    def comes_in_vain(self) -> bool:
        """Whether it said that this person need not come: mending the address helps nobody."""
        overleg = self.deelnemer.overleg
        return self.deelnemer.removed_at is not None or overleg.cancelled_at is not None


def unreached(**of: object) -> list[Unreached]:
    """Whom no mail reaches, of the deelnemers that `of` filters: as long as the overleg is still to
    be held, or, when it is off for this person, until the moment that it would have been."""
    newest: dict[int, Message] = {}
    for message in queue.unreached(*MAILS):
        newest.setdefault(int(message.key.split(":")[1]), message)
    if not newest:
        return []
    going = Q(removed_at=None, overleg__cancelled_at=None)
    found = (
        Deelnemer.objects.filter(going | Q(overleg__starts_at__gt=clock.now()), pk__in=newest)
        .filter(overleg__held_on=None, overleg__casus__restricted_at=None, **of)
        .select_related("overleg__casus__gemeente__organisation")
        .order_by("pk")
    )
    rows = [Unreached(one, newest[one.pk]) for one in found]
    return [
        row
        for row in rows
        if row.message.to == row.deelnemer.email
        and (not row.comes_in_vain or row.message.ical_method == Method.CANCEL)
    ]


def link_state(deelnemer: Deelnemer, *, is_unreached: bool = False) -> tuple[str, str]:
    """How far the link of a deelnemer is, in words and a tone; the date stands beside it. Once the
    overleg is recorded: whether this person was there."""
    if deelnemer.present is not None:
        return ("was erbij", "success") if deelnemer.present else ("was er niet", "warning")
    if is_unreached:
        return "e-mail kwam niet aan", "error"
    if deelnemer.link_revoked_at:
        return "link ingetrokken", "error"
    if deelnemer.attendance == Deelnemer.Attendance.YES:
        return "komt", "success"
    if deelnemer.attendance == Deelnemer.Attendance.NO:
        return "komt niet", "error"
    if deelnemer.invited_at and deelnemer.overleg.starts_at:
        # An answer to the proposed moments says nothing about the one that was fixed.
        return "uitgenodigd", "info"
    if deelnemer.answered_at:
        return "heeft geantwoord", "success"
    if deelnemer.invited_at:
        return "gevraagd", "info"
    return "nog niet gevraagd", "outline"
