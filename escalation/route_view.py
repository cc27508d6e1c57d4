"""The route of a casus as the treden 0 to 4, for the component `route.html`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import capfirst

from directory.models import Trede
from escalation.models import RouteStep, Submission
from escalation.workflow import CasusStatus, StepStatus
from rdm.lib import clock

if TYPE_CHECKING:
    from escalation.facts import Facts

DONE, NOW, LATER, SKIPPED, OPEN_END = "done", "now", "later", "skipped", "open_end"
TREDE_3, TREDE_4 = 3, 4


@dataclass
class Stop:
    """One tafel, overleg or voordracht on the route."""

    title: str
    state: str
    state_label: str
    url: str = ""
    date: dt.date | None = None
    until: dt.date | None = None
    text: str = ""


@dataclass
class Rung:
    """One trede with what happened on it."""

    number: int
    name: str
    state: str = LATER
    note: str = ""
    steps: list[Stop] = field(default_factory=list)


@dataclass
class Route:
    """`treden` 0 to 4, and `beside`: an aanpak that stands beside the treden (T-07)."""

    treden: list[Rung]
    beside: list[Stop]

    @property
    def open_ends(self) -> int:
        stops = [stop for rung in self.treden for stop in rung.steps] + self.beside
        return sum(stop.state == OPEN_END for stop in stops)


def route_of(facts: Facts, treden: Iterable[Trede]) -> Route:
    """Group what happened by trede, and say of each trede whether it is done, now or skipped."""
    rungs = {trede.number: Rung(trede.number, trede.name) for trede in treden}
    beside: list[Stop] = []
    for step in facts.steps:
        stop = _stop_of_step(facts, step)
        rung = rungs.get(step.tafel.trede_id) if step.tafel.trede_id is not None else None
        (rung.steps if rung else beside).append(stop)
    for submission in reversed(facts.submissions):
        if TREDE_3 in rungs:
            rungs[TREDE_3].steps.append(_stop_of_submission(facts, submission))
        if TREDE_4 in rungs and (nomination := _stop_of_nomination(facts, submission)):
            rungs[TREDE_4].steps.append(nomination)
    ordered = [rungs[number] for number in sorted(rungs)]
    _judge(facts, ordered)
    return Route(ordered, beside)


def _judge(facts: Facts, rungs: list[Rung]) -> None:
    highest = max((rung.number for rung in rungs if rung.steps), default=-1)
    for rung in rungs:
        if any(stop.state == NOW for stop in rung.steps):
            rung.state = NOW
        elif rung.steps:
            rung.state = DONE
        elif rung.number < highest:
            rung.state = SKIPPED
            rung.note = _why_skipped(facts, rung.number)
    if facts.casus.status == CasusStatus.ACTIVE and highest < 0 and rungs:
        rungs[0].state = NOW
        rungs[0].note = "Nog geen tafel op de route."


def _why_skipped(facts: Facts, trede: int) -> str:
    """What the aanmelder wrote about a trede that was not tried (T-02)."""
    if trede == 0:
        return "Geen tafel vastgelegd."
    reason = facts.submission.skipped_reason if facts.submission else ""
    return reason or "Geen tafel op de route."


def _stop_of_step(facts: Facts, step: RouteStep) -> Stop:
    if not step.is_open:
        skipped = step.outcome == RouteStep.Outcome.WITHDRAWN
        state, label = (SKIPPED if skipped else DONE), step.get_outcome_display()
    elif step is facts.last_step and facts.casus.status in (
        CasusStatus.ACTIVE,
        CasusStatus.INCOMPLETE,
    ):
        state, label = NOW, step.get_status_display()
    else:
        # The casus went on and nobody wrote down what this tafel said.
        state, label = OPEN_END, "geen uitkomst vastgelegd"
    submitted = step.status != StepStatus.PREPARED and step.submitted_on
    return Stop(
        title=step.tafel.name,
        state=state,
        state_label=capfirst(label),
        url=reverse("step_detail", args=[facts.casus.code, step.position]),
        date=submitted or clock.local_date(step.prepared_at),
        until=step.closed_on,
    )


_VERDICTS = {
    Submission.Verdict.PENDING: (NOW, "Wacht op oordeel"),
    Submission.Verdict.COMPLETION: (NOW, "Aanvulling gevraagd"),
    Submission.Verdict.RETURNED: (DONE, "Teruggegeven met advies"),
    Submission.Verdict.WITHDRAWN: (SKIPPED, "Ingetrokken"),
}


def _stop_of_submission(facts: Facts, submission: Submission) -> Stop:
    overleg = getattr(submission, "overleg", None)
    stop = Stop(
        title="Escalatieoverleg" if overleg else "Aanmelding",
        state=NOW,
        state_label="In voorbereiding",
        date=clock.local_date(submission.submitted_at),
    )
    if overleg is None:
        stop.state, stop.state_label = _VERDICTS[Submission.Verdict(submission.verdict)]
        return stop
    stop.url = reverse("overleg_detail", args=[facts.casus.code])
    if overleg.held_on:
        stop.state, stop.state_label = DONE, capfirst(overleg.get_solution_display())
        stop.until = overleg.held_on
        if overleg is facts.overleg and facts.casus.status == CasusStatus.HELD:
            stop.state = NOW
    elif overleg.cancelled_at:
        stop.state, stop.state_label = SKIPPED, "Afgezegd"
    elif overleg.starts_at:
        stop.state_label = "Gepland"
        stop.until = clock.local_date(overleg.starts_at)
    return stop


def _stop_of_nomination(facts: Facts, submission: Submission) -> Stop | None:
    overleg = getattr(submission, "overleg", None)
    nomination = getattr(overleg, "nomination", None)
    if nomination is None:
        return None
    answered = nomination.answered_on is not None
    return Stop(
        title="Voordracht voor een besluit",
        state=DONE if answered else NOW,
        state_label="Antwoord ontvangen" if answered else "Wacht op het ministerie",
        url=reverse("overleg_detail", args=[facts.casus.code]),
        date=clock.local_date(nomination.nominated_at),
        until=nomination.answered_on,
    )
