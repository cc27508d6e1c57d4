"""Who sits at the overleg: which kinds miss, and how far each invitation is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from directory.models import DeelnemerKind
from escalation.models import Deelnemer, Overleg


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


def link_state(deelnemer: Deelnemer) -> tuple[str, str]:
    """How far the link of a deelnemer is, in words and a tone; the date stands beside it. Once the
    overleg is recorded: whether this person was there."""
    if deelnemer.present is not None:
        return ("was erbij", "success") if deelnemer.present else ("was er niet", "warning")
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
