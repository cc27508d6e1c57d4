"""By when the step of a route must go on, as its tafel asks or promises (E-064, E-083).

Days are days in Amsterdam.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from directory.models import Tafel
from directory.reading import meetings
from directory.reading.meetings import coming
from escalation.models import RouteStep
from escalation.workflow import StepStatus
from rdm.lib.dates import weekday_date


@dataclass(frozen=True)
class StepTerm:
    """`label` stands before the day, `sentence` says where the day comes from."""

    day: date
    label: str
    sentence: str


def hand_in_by(tafel: Tafel, today: date) -> date | None:
    """The last day to hand in for the first meeting for which that can still be done; None when the
    tafel gives no days or no lead time."""
    ahead = coming(tafel, today)
    return ahead.open.submit_by if ahead else None


def promised_hours(tafel: Tafel) -> int | None:
    """Within how many hours there is care when there is danger: the longest of what the tafel
    promises, because the kind of care is not known here."""
    return max((one["hours"] for one in tafel.response_hours), default=None)


def promised_by(submitted_on: date, hours: int) -> date:
    """The day on which a promise of so many hours has passed."""
    return submitted_on + timedelta(days=ceil(hours / 24))


def term_of(step: RouteStep, today: date) -> StepTerm | None:
    """What the tafel of an open step asks now, or promised; None when it names no day."""
    tafel = step.tafel
    if step.status == StepStatus.PREPARED:
        ahead = coming(tafel, today)
        if ahead is None or ahead.open.submit_by is None:
            return None
        return StepTerm(ahead.open.submit_by, "Aanmelden uiterlijk", ahead.sentence)
    hours = promised_hours(tafel)
    if step.status != StepStatus.SUBMITTED or hours is None or step.submitted_on is None:
        return None
    day = promised_by(step.submitted_on, hours)
    kept = " ".join(meetings.response_times(tafel))
    sentence = f"Bij direct gevaar regelt de tafel zorg. {kept} Aangemeld op "
    return StepTerm(day, "Zorg beloofd uiterlijk", f"{sentence}{weekday_date(step.submitted_on)}.")
