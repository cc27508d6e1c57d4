"""Who must still be asked when they can, and who may be reminded: one judgement for the page that
shows the buttons and for the actions behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from escalation.invitations import not_asked_and_not_reminded
from escalation.models import Deelnemer, Overleg
from escalation.planning import Agenda


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
