"""Where a casus stands on each trede, judged once for every page that shows it (E-030).

Nothing here is stored; it is read from the steps, the submissions and the overleggen each time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import capfirst

from directory.models import Trede
from escalation.models import ClientSupport, InstroomToets, RouteStep, Submission
from escalation.reading.gate import is_finished
from escalation.workflow import CasusStatus, StepStatus
from rdm.lib import clock

if TYPE_CHECKING:
    from escalation.models import Casus, Nomination, Overleg

ADMINISTRATIVE, MINISTER = 3, 4
# Of a trede and of a stop on it; "open_end" on a trede: something was begun, nothing finished.
DONE, NOW, LATER, SKIPPED, OPEN_END = "done", "now", "later", "skipped", "open_end"
TRIED_REGULAR = "Via de gewone weg geprobeerd; zie de gegevens van de casus."


@dataclass(frozen=True)
class Stop:
    """One tafel, aanmelding, overleg or voordracht on the way, for components/route.html.

    `date` and `until` are days in Europe/Amsterdam. `source` is the row it was read from. `check`
    and `support` (of a step) are the instroom check and the cliëntondersteuning in a few words.
    """

    title: str
    state: str
    state_label: str
    source: RouteStep | Submission | Overleg | Nomination
    state_tone: str = ""
    url: str = ""
    date: dt.date | None = None
    until: dt.date | None = None
    text: str = ""
    check: str = ""
    support: str = ""
    support_open: bool = False


@dataclass(frozen=True)
class Rung:
    """One trede with what happened on it. `state` is done, now, later, skipped or open_end."""

    number: int
    name: str
    state: str
    note: str
    steps: tuple[Stop, ...]


@dataclass(frozen=True)
class Route:
    """`treden` in order, and `beside`: an aanpak that stands beside the treden (T-07).

    `skip_reason` is what the aanmelder wrote about treden that were not tried (T-02).
    """

    treden: tuple[Rung, ...]
    beside: tuple[Stop, ...]
    skip_reason: str

    @property
    def open_ends(self) -> int:
        stops = [stop for rung in self.treden for stop in rung.steps] + list(self.beside)
        return sum(stop.state == OPEN_END for stop in stops)


def trede_now(casus: Casus, steps: Sequence[RouteStep]) -> int | None:
    """Where the casus is: the trede of its status, else that of the last tafel on the treden.

    None while it is on none: a draft, or at rest.
    """
    if casus.is_draft or casus.is_closed:
        return None
    if casus.status != CasusStatus.ACTIVE:
        return casus.upcoming.trede
    numbers = [step.tafel.trede_id for step in steps if step.tafel.trede_id is not None]
    return numbers[-1] if numbers else 0


def route_of(
    casus: Casus,
    treden: Iterable[Trede],
    steps: Sequence[RouteStep],
    submissions: Iterable[Submission],
) -> Route:
    """The way of `casus` along `treden`; `steps` in order, each with its tafel."""
    in_order = sorted(submissions, key=lambda submission: submission.number)
    on_trede, beside = _stops(casus, steps, in_order)
    given = [submission.skipped_reason for submission in in_order if submission.skipped_reason]
    reason = given[-1] if given else ""
    now = trede_now(casus, steps)
    highest = max(on_trede, default=0)
    rungs = []
    for trede in treden:
        stops = tuple(on_trede.get(trede.number, ()))
        state = _state(casus, trede.number, stops, now, highest)
        note = _note(casus, trede.number, state, bool(stops), reason)
        rungs.append(Rung(trede.number, trede.name, state, note, stops))
    return Route(tuple(rungs), tuple(beside), reason)


def _stops(
    casus: Casus, steps: Sequence[RouteStep], submissions: Iterable[Submission]
) -> tuple[dict[int, list[Stop]], list[Stop]]:
    """Every stop by its trede, and those beside the treden."""
    on_trede: dict[int, list[Stop]] = {}
    beside: list[Stop] = []
    for step in steps:
        trede = step.tafel.trede_id
        stops = beside if trede is None else on_trede.setdefault(trede, [])
        stops.append(_of_step(casus, step, steps))
    for submission in submissions:
        at_trede_3 = on_trede.setdefault(ADMINISTRATIVE, [])
        at_trede_3.append(_of_submission(submission))
        if overleg := overleg_of(submission):
            at_trede_3.append(_of_overleg(casus, overleg))
        if nomination := nomination_of(submission):
            on_trede.setdefault(MINISTER, []).append(_of_nomination(casus, nomination))
    return on_trede, beside


def _state(
    casus: Casus, number: int, stops: tuple[Stop, ...], now: int | None, highest: int
) -> str:
    if number == now:
        return NOW
    if any(_is_settled(stop) for stop in stops):
        return DONE
    if stops:
        return OPEN_END
    if number == 0:
        # What was tried before the tafels is asked at registration (E-010).
        return DONE if casus.tried_regular else LATER
    return SKIPPED if number < highest else LATER


def _is_settled(stop: Stop) -> bool:
    """Whether this stop finishes its trede: a step as the gate means it, an overleg that was
    held, a voordracht that was answered. An aanmelding alone never does."""
    if isinstance(stop.source, RouteStep):
        return is_finished(stop.source)
    return stop.state == DONE and not isinstance(stop.source, Submission)


def _note(casus: Casus, number: int, state: str, has_stops: bool, reason: str) -> str:
    if state == SKIPPED:
        return f"Overgeslagen. {reason}" if reason else "Geen tafel op de route."
    if state == OPEN_END:
        return "Niet afgerond."
    if number == 0 and not has_stops:
        return TRIED_REGULAR if casus.tried_regular else ""
    return ""


# --- stops ------------------------------------------------------------------------------------


def overleg_of(submission: Submission) -> Overleg | None:
    return getattr(submission, "overleg", None)


def nomination_of(submission: Submission) -> Nomination | None:
    return getattr(overleg_of(submission), "nomination", None)


def _of_step(casus: Casus, step: RouteStep, steps: Sequence[RouteStep]) -> Stop:
    state = _step_state(casus, step, steps)
    label = step.get_outcome_display() if step.outcome else step.get_status_display()
    return Stop(
        title=str(step.tafel),
        state=state,
        state_label=capfirst("geen uitkomst vastgelegd" if state == OPEN_END else label),
        source=step,
        state_tone="success" if step.outcome == RouteStep.Outcome.SOLVED else "",
        url=reverse("step_detail", args=[casus.code, step.position]),
        date=step.submitted_on or clock.local_date(step.prepared_at),
        until=step.closed_on,
        check=check_label(step),
        support=str(step.get_client_support_display()),
        support_open=step.client_support == ClientSupport.NOT_OFFERED,
    )


def check_label(step: RouteStep) -> str:
    """The result of the latest check of a step that came with the progress; empty without one."""
    result: str | None = getattr(step, "latest_check", None)
    return str(InstroomToets.Result(result).label) if result else ""


def _step_state(casus: Casus, step: RouteStep, steps: Sequence[RouteStep]) -> str:
    """A step without outcome is an open end once the casus went on without it, or once the tafel
    has spoken and nobody wrote down what came of it."""
    if not step.is_open:
        return DONE if is_finished(step) else SKIPPED
    went_on = casus.upcoming.trede is not None or casus.is_closed
    overtaken = any(other.position > step.position for other in steps)
    spoken = step.status in (StepStatus.DISCUSSED, StepStatus.NOT_ADMITTED)
    return OPEN_END if went_on or overtaken or spoken else NOW


_VERDICT_STATES = {
    Submission.Verdict.PENDING: NOW,
    Submission.Verdict.COMPLETION: NOW,
    Submission.Verdict.ACCEPTED: DONE,
    Submission.Verdict.RETURNED: DONE,
    Submission.Verdict.WITHDRAWN: SKIPPED,
}


def _of_submission(submission: Submission) -> Stop:
    return Stop(
        title=f"Aanmelding {submission.number}",
        state=_VERDICT_STATES[Submission.Verdict(submission.verdict)],
        state_label=capfirst(submission.get_verdict_display()),
        source=submission,
        date=clock.local_date(submission.submitted_at),
        until=clock.local_date(submission.verdict_at) if submission.verdict_at else None,
        text=f"Door {submission.organisation}",
    )


def _of_overleg(casus: Casus, overleg: Overleg) -> Stop:
    until, tone = None, ""
    if overleg.cancelled_at:
        state, label, until = SKIPPED, "afgezegd", clock.local_date(overleg.cancelled_at)
    elif overleg.held_on:
        state, label, until = DONE, overleg.get_solution_display(), overleg.held_on
        tone = "" if overleg.solution == overleg.Solution.NONE else "success"
    elif overleg.starts_at:
        state, label = NOW, "gepland"
    else:
        state, label = NOW, "in voorbereiding"
    return Stop(
        title="Escalatieoverleg",
        state=state,
        state_label=capfirst(label),
        source=overleg,
        state_tone=tone,
        url=reverse("overleg_detail", args=[casus.code]),
        date=clock.local_date(overleg.opened_at),
        until=until,
    )


def _of_nomination(casus: Casus, nomination: Nomination) -> Stop:
    answered = nomination.answered_on
    return Stop(
        title="Voordracht voor een besluit",
        state=DONE if answered else NOW,
        state_label="Antwoord ontvangen" if answered else "Wacht op het ministerie",
        source=nomination,
        url=reverse("overleg_detail", args=[casus.code]),
        date=clock.local_date(nomination.nominated_at),
        until=answered,
    )
