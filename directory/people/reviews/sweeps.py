"""The question to go through roles, again and again until it is done."""

from __future__ import annotations

from datetime import date

from directory.models import Procesafspraak
from directory.people.reviews import mails
from directory.reading import reviews
from directory.reading.reminders import rounds
from rdm.lib import clock
from rdm.lib.workdays import add_workdays


def ask_to_review() -> int:
    """Ask every functioneel beheerder to go through the roles of organisations whose term
    (`rollen_nalopen`) nearly ends or is over; how many organisations.

    What ends on the same day is one mail, and with the same moments as `ask_to_confirm`.
    """
    today = clock.today()
    ahead = add_workdays(today, Procesafspraak.number_of("herinnering_vooraf"))
    every = max(1, Procesafspraak.number_of("herinnering_achteraf"))
    asked: dict[date, list[str]] = {}
    for state in reviews.states(today):
        if state.due <= ahead:
            asked.setdefault(state.due, []).append(state.organisation.name)
    people = reviews.beheerders() if asked else []
    for due, names in asked.items():
        late = due < today
        moment = f"after-{rounds(due, today, every)}" if late else "before"
        mails.ask_to_review(people, names, due, moment, overdue=late)
    return sum(map(len, asked.values()))
