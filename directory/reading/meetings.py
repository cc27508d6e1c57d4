"""When a tafel meets, and until when a casus can be handed in for it (E-064, E-073).

Rhythm, lead time and one known day are data of the tafel. Days are days in Amsterdam.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from directory.models import Tafel
from rdm.lib.dates import weekday_date
from rdm.lib.wording import capital, number_word
from rdm.lib.workdays import holiday_on

AHEAD = timedelta(days=366)
"""How far ahead a rhythm is trusted: beyond a year it is a guess."""


@dataclass(frozen=True)
class Meeting:
    """One meeting. `submit_by` is the last day to hand in; None when no lead time is given.

    `holiday` names the public holiday it falls on, or is empty: the tafel may then move it.
    """

    day: date
    submit_by: date | None
    holiday: str

    @property
    def words(self) -> str:
        """ "maandag 14 december 2026", and a warning on a public holiday."""
        if not self.holiday:
            return weekday_date(self.day)
        return f"{weekday_date(self.day)} (dat is {self.holiday}; vraag de tafel of het doorgaat)"


@dataclass(frozen=True)
class Coming:
    """What a page says of the dates of a tafel.

    `first` is the next meeting; `open` the first one for which a casus can still be handed in,
    which is a later one when the last day for the next has passed.
    """

    first: Meeting
    open: Meeting

    @property
    def is_late(self) -> bool:
        """Whether it is too late to hand in for the next meeting."""
        return self.open != self.first

    @property
    def sentence(self) -> str:
        """In one or two sentences, for a card or a mail."""
        text = f"Volgend overleg: {self.first.words}."
        if self.open.submit_by is None:
            return text
        last_day = weekday_date(self.open.submit_by)
        if self.is_late:
            return f"{text} Aanmelden kan nog voor {self.open.words}: uiterlijk {last_day}."
        return f"{text} Meld uiterlijk {last_day} aan."


def meetings(tafel: Tafel, today: date) -> Iterator[Meeting]:
    """The meetings from `today` on, a year ahead; none when the day or the rhythm is unknown."""
    if not tafel.rhythm_weeks or tafel.rhythm_anchor is None:
        return
    step = timedelta(weeks=tafel.rhythm_weeks)
    lead = tafel.submit_weeks_before
    # The known day may lie behind us or before us; the rhythm runs both ways.
    day = today + (tafel.rhythm_anchor - today) % step
    while day <= today + AHEAD:
        yield Meeting(day, day - timedelta(weeks=lead) if lead else None, holiday_on(day))
        day += step


def coming(tafel: Tafel, today: date) -> Coming | None:
    """The next meeting, and the one to hand in for; None when the day or the rhythm is unknown."""
    ahead = list(meetings(tafel, today))
    if not ahead:
        return None
    can = (one for one in ahead if one.submit_by is None or one.submit_by >= today)
    return Coming(ahead[0], next(can, ahead[0]))


DURATIONS = {15: "een kwartier", 30: "een half uur", 60: "een uur", 90: "anderhalf uur"}


def rhythm(tafel: Tafel) -> str:
    """How often and how long, in one sentence ("Elke twee weken, een half uur."), or empty."""
    parts = []
    if tafel.rhythm_weeks:
        weeks = tafel.rhythm_weeks
        parts.append("elke week" if weeks == 1 else f"elke {number_word(weeks)} weken")
    if tafel.duration_minutes:
        minutes = tafel.duration_minutes
        parts.append(DURATIONS.get(minutes, f"{minutes} minuten"))
    if tafel.rhythm_note:
        parts.append(tafel.rhythm_note.rstrip("."))
    sentence = ", ".join(parts)
    return f"{capital(sentence)}." if sentence else ""


def submit_before(tafel: Tafel) -> str:
    """The term for handing in a casus, counted back from the meeting. Empty if there is none."""
    weeks = tafel.submit_weeks_before
    if not weeks:
        return ""
    words = "één week" if weeks == 1 else f"{number_word(weeks)} weken"
    return f"Uiterlijk {words} voor het overleg."


def response_times(tafel: Tafel) -> list[str]:
    """Within how many hours there is care when there is danger (E-083)."""
    return [f"Binnen {one['hours']} uur: {one['for']}." for one in tafel.response_hours]
