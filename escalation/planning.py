"""Who can when: the proposed moments of an overleg beside the answers of its deelnemers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.formats import date_format
from django.utils.timezone import localtime

from directory.models import DeelnemerKind
from escalation.models import DateAnswer, Deelnemer, Overleg
from rdm.lib import clock

VALUE = DateAnswer.Value
CELL: dict[str, tuple[str, str, str]] = {
    VALUE.YES: ("kan", "success", "check"),
    VALUE.IF_NEEDED: ("als het moet", "warning", "minus"),
    VALUE.NO: ("kan niet", "error", "x"),
    "": ("nog geen antwoord", "outline", ""),
}


def words(starts_at: datetime, ends_at: datetime) -> str:
    """ "dinsdag 1 december 2026, 10:00 tot 11:30 uur", on the clock of Amsterdam."""
    begin, end = localtime(starts_at, clock.AMSTERDAM), localtime(ends_at, clock.AMSTERDAM)
    until = date_format(end, "H:i" if end.date() == begin.date() else "l j F, H:i")
    return f"{date_format(begin, 'l j F Y, H:i')} tot {until} uur"


def planned_words(overleg: Overleg) -> str:
    """The fixed date in words; empty while there is none."""
    if overleg.starts_at is None or overleg.ends_at is None:
        return ""
    return words(overleg.starts_at, overleg.ends_at)


@dataclass
class Moment:
    """One proposed moment with the answers to it: deelnemer → value."""

    pk: int
    starts_at: datetime
    ends_at: datetime
    proposed_by: str
    answers: dict[int, str] = field(default_factory=dict)

    @property
    def request_id(self) -> UUID:
        """For the button that takes this moment away: every button is a form that works once."""
        return uuid4()

    @property
    def words(self) -> str:
        return words(self.starts_at, self.ends_at)

    @property
    def short(self) -> str:
        return date_format(localtime(self.starts_at, clock.AMSTERDAM), "D j M, H:i").lower()

    @property
    def is_past(self) -> bool:
        return self.starts_at <= clock.now()

    def count(self, value: str) -> int:
        return sum(answer == value for answer in self.answers.values())

    @property
    def yes(self) -> int:
        return self.count(VALUE.YES)

    @property
    def if_needed(self) -> int:
        return self.count(VALUE.IF_NEEDED)

    @property
    def no(self) -> int:
        return self.count(VALUE.NO)

    @property
    def tally(self) -> str:
        return f"{self.yes} kan, {self.if_needed} als het moet, {self.no} kan niet"


@dataclass(frozen=True)
class Agenda:
    """The moments in order and the deelnemers on the list."""

    moments: list[Moment]
    deelnemers: Sequence[Deelnemer]

    @property
    def best(self) -> Moment | None:
        """The moment with the fewest refusals, first of those who must be there (E-113), then of
        all; then the most who can. None while nobody answered, or when only the past is left."""
        needed = {one.pk for one in self.deelnemers if one.kind.mandatory}
        open_moments = [one for one in self.moments if one.answers and not one.is_past]

        def burden(moment: Moment) -> tuple[int, int, int, datetime]:
            refused = {pk for pk, value in moment.answers.items() if value == VALUE.NO}
            return (len(refused & needed), len(refused), -moment.yes, moment.starts_at)

        return min(open_moments, key=burden, default=None)

    @property
    def rows(self) -> list[tuple[Deelnemer, list[tuple[Moment, tuple[str, str, str]]]]]:
        """Per deelnemer each moment with (words, tone, icon) of the answer."""
        return [
            (one, [(moment, CELL[moment.answers.get(one.pk, "")]) for moment in self.moments])
            for one in self.deelnemers
        ]

    def is_silent(self, deelnemer: Deelnemer) -> bool:
        """Whether there is a moment to come that this deelnemer did not say anything about."""
        return any(
            deelnemer.pk not in moment.answers for moment in self.moments if not moment.is_past
        )

    @property
    def silent(self) -> int:
        """How many deelnemers still owe an answer."""
        return sum(self.is_silent(one) for one in self.deelnemers)


def agenda_of(overleg: Overleg, deelnemers: Sequence[Deelnemer]) -> Agenda:
    """Moments and answers in one query; answers of who left the list do not count."""
    listed = {one.pk for one in deelnemers}
    moments: dict[int, Moment] = {}
    found = overleg.date_options.order_by("starts_at", "pk").values_list(
        "pk",
        "starts_at",
        "ends_at",
        "proposed_by_name",
        "answers__deelnemer",
        "answers__value",
    )
    for pk, starts_at, ends_at, by, deelnemer, value in found:
        moment = moments.setdefault(pk, Moment(pk, starts_at, ends_at, by))
        if deelnemer in listed:
            moment.answers[deelnemer] = value
    return Agenda(list(moments.values()), deelnemers)


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
