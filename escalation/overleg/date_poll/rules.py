"""Who can when, who must still be asked, and who may be reminded: one judgement for the page that
shows the buttons and for the actions behind them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.formats import date_format
from django.utils.timezone import localtime

from escalation.models import DateAnswer, Deelnemer, Overleg
from escalation.overleg.date_poll.mails import not_asked_and_not_reminded
from escalation.overleg.rules import words
from rdm.lib import clock


@dataclass(frozen=True)
class Asking:
    """`reachable` are on the list with a link that works; `unasked` of those never got the
    question about the moments as they are now, `silent` got it and did not answer all of it, and
    `to_remind` of those were not reminded today."""

    overleg: Overleg
    has_moments: bool
    reachable: Sequence[Deelnemer]
    unasked: Sequence[Deelnemer]
    silent: Sequence[Deelnemer]
    to_remind: Sequence[Deelnemer]

    @property
    def was_asked(self) -> bool:
        """Whether anybody got the question."""
        return len(self.unasked) < len(self.reachable)

    @property
    def ask_denied(self) -> str | None:
        """Why nobody can be asked now, in Dutch."""
        if self.overleg.starts_at is not None:
            return "De datum ligt al vast. Zeg die eerst af als er een andere datum nodig is."
        if not self.has_moments:
            return "Stel eerst een of meer momenten voor."
        if not self.reachable:
            return "Zet eerst de deelnemers op de lijst."
        return None if self.unasked else "Alle deelnemers hebben de vraag al gekregen."

    @property
    def remind_denied(self) -> str | None:
        """Why nobody can be reminded now, in Dutch."""
        if self.overleg.starts_at is not None:
            return "De datum ligt al vast. Een herinnering is niet meer nodig."
        if not self.silent:
            return "Iedereen die de vraag kreeg, heeft geantwoord."
        return None if self.to_remind else "Wie nog niet antwoordde, kreeg vandaag een herinnering."


def asking_of(overleg: Overleg, agenda: Agenda) -> Asking:
    """One query, however many deelnemers `agenda` has."""
    reachable = [one for one in agenda.deelnemers if one.link_revoked_at is None]
    newest = max((moment.pk for moment in agenda.moments), default=0)
    unasked, fresh = not_asked_and_not_reminded(reachable, newest_option=newest)
    asked = {one.pk for one in reachable} - {one.pk for one in unasked}
    silent = [one for one in reachable if one.pk in asked and agenda.is_silent(one)]
    return Asking(
        overleg,
        has_moments=bool(agenda.moments),
        reachable=reachable,
        unasked=unasked,
        silent=silent,
        to_remind=[one for one in silent if one in fresh],
    )


VALUE = DateAnswer.Value
CELL: dict[str, tuple[str, str, str]] = {
    VALUE.YES: ("kan", "success", "check"),
    VALUE.IF_NEEDED: ("als het moet", "warning", "minus"),
    VALUE.NO: ("kan niet", "error", "x"),
    "": ("nog geen antwoord", "outline", ""),
}


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
