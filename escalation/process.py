"""The way a casus went, built from its route: trede by trede, with what is missing named (E-030).

This is task 2 of the coördinatiepunt (E-142): to see at a glance which tafels dealt with the
casus, how long that took and which steps were missed. Nothing here is stored; it is read from the
steps, the submissions and the overleggen each time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects
from django.urls import reverse

from directory.models import Trede
from escalation.facts import Facts
from escalation.gate import LADDER
from escalation.models import ClientSupport, InstroomToets, RouteStep, Submission
from escalation.workflow import NEXT, StepStatus
from rdm.lib import clock

if TYPE_CHECKING:
    from escalation.models import Casus, Nomination, Overleg

ADMINISTRATIVE, MINISTER = 3, 4
DONE, NOW, LATER, SKIPPED, OPEN_END = "done", "now", "later", "skipped", "open_end"
SETTLED_WITHOUT_TAFEL = (StepStatus.DISCUSSED, StepStatus.NOT_ADMITTED)


@dataclass(frozen=True)
class Gap:
    """Something that a complete process would have; `position` is the step it is about."""

    kind: str
    text: str
    position: int | None = None


@dataclass(frozen=True)
class Passage:
    """One stop on the way: a tafel, a submission or an overleg.

    `date` and `until` are days in Europe/Amsterdam; `days` is the lead time in calendar days,
    counted up to today while it runs.
    """

    title: str
    state: str
    state_label: str
    url: str = ""
    date: dt.date | None = None
    until: dt.date | None = None
    days: int | None = None
    text: str = ""
    check: str = ""
    outcome: str = ""
    outcome_text: str = ""
    advice: str = ""
    gaps: tuple[Gap, ...] = ()

    @property
    def lead_time(self) -> str:
        if self.days is None:
            return ""
        if self.days == 0:
            return "dezelfde dag"
        return "1 dag" if self.days == 1 else f"{self.days} dagen"


@dataclass(frozen=True)
class TredeRow:
    """One rung: `state` is done, now, later or skipped; fits components/route.html."""

    number: int
    name: str
    state: str
    note: str
    steps: tuple[Passage, ...]


@dataclass(frozen=True)
class Process:
    """`treden` in order; `beside` are the approaches that stand beside the treden (T-07)."""

    treden: tuple[TredeRow, ...]
    beside: tuple[Passage, ...]
    gaps: tuple[Gap, ...]

    @property
    def passages(self) -> list[tuple[str, Passage]]:
        """Every stop with the name of its trede, in order."""
        rows = [(f"Trede {row.number}", stop) for row in self.treden for stop in row.steps]
        return rows + [("Naast de treden", stop) for stop in self.beside]


def process_of(facts: Facts) -> Process:
    """The process of one casus, in four queries more than its facts, however long the route is."""
    prefetch_related_objects(facts.steps, "toetsen", "tafel__criteria")
    prefetch_related_objects(facts.submissions, "organisation")
    submissions = sorted(facts.submissions, key=lambda submission: submission.number)
    return build(facts.casus, list(Trede.objects.all()), facts.steps, submissions)


def build(
    casus: Casus,
    treden: Iterable[Trede],
    steps: list[RouteStep],
    submissions: list[Submission],
) -> Process:
    """The process from rows that are already loaded; see `process_of` for what they bring.

    `steps` in the order of the route, `submissions` from the first to the last.
    """
    stops = {step.position: _step(casus, step, steps) for step in steps}
    number_now = _trede_now(casus, steps)
    reached = _highest(casus, steps, submissions)
    reasons = _skip_reasons(submissions)
    rows, gaps = [], []
    for trede in treden:
        own = _stops_on(casus, trede.number, steps, stops, submissions)
        state = _state(casus, trede.number, bool(own), number_now, reached)
        if state == SKIPPED and trede.number in LADDER:
            gaps.append(_skipped(trede.number, reasons))
        rows.append(
            TredeRow(trede.number, trede.name, state, _note(casus, trede, state, reasons), own)
        )
    beside = tuple(stops[step.position] for step in steps if step.tafel.trede_id is None)
    if casus.client_support == ClientSupport.NOT_OFFERED:
        gaps.append(Gap("client_support", "Cliëntondersteuning is nog niet aangeboden."))
    gaps += [gap for step in steps for gap in stops[step.position].gaps]
    return Process(tuple(rows), beside, tuple(gaps))


# --- treden -----------------------------------------------------------------------------------


def _trede_now(casus: Casus, steps: list[RouteStep]) -> int | None:
    """Where the casus is: the trede of its status, else that of its last (open) step."""
    if casus.is_closed:
        return None
    if (trede := NEXT[casus.status].trede) is not None:
        return trede
    on_ladder = [step for step in steps if step.tafel.trede_id is not None]
    running = [step for step in on_ladder if step.is_open] or on_ladder
    return running[-1].tafel.trede_id if running else 0


def _highest(casus: Casus, steps: list[RouteStep], submissions: list[Submission]) -> int:
    """The highest trede that the casus ever reached."""
    numbers = [step.tafel.trede_id for step in steps if step.tafel.trede_id is not None]
    if submissions:
        numbers.append(ADMINISTRATIVE)
    if any(_nomination(submission) for submission in submissions):
        numbers.append(MINISTER)
    return max(numbers, default=0)


def _state(casus: Casus, number: int, has_stops: bool, now: int | None, reached: int) -> str:
    if number == now:
        return NOW
    if has_stops:
        return DONE
    if number == 0:
        # What was tried before the tafels is asked at registration (E-010).
        return DONE if casus.tried_regular else LATER
    return SKIPPED if number < reached else LATER


def _skip_reasons(submissions: list[Submission]) -> str:
    """Why treden were not tried, as said in the latest submission that says it (T-02)."""
    given = [submission.skipped_reason for submission in submissions if submission.skipped_reason]
    return given[-1] if given else ""


def _skipped(number: int, reason: str) -> Gap:
    because = f"Reden: {reason}" if reason else "Er staat niet bij waarom."
    return Gap("skipped", f"Trede {number} is overgeslagen. {because}")


def _note(casus: Casus, trede: Trede, state: str, reason: str) -> str:
    if state == SKIPPED:
        return f"Overgeslagen. {reason}" if reason else "Overgeslagen, zonder reden."
    if trede.number == 0 and casus.tried_regular and state == DONE:
        return "Via de gewone weg geprobeerd; zie de gegevens van de casus."
    return ""


# --- stops ------------------------------------------------------------------------------------


def _stops_on(
    casus: Casus,
    number: int,
    steps: list[RouteStep],
    stops: dict[int, Passage],
    submissions: list[Submission],
) -> tuple[Passage, ...]:
    own = [stops[step.position] for step in steps if step.tafel.trede_id == number]
    if number == ADMINISTRATIVE:
        for submission in submissions:
            own.append(_submission(casus, submission))
            if overleg := _overleg(submission):
                own.append(_meeting(casus, overleg))
    if number == MINISTER:
        own += [_request(nomination) for one in submissions if (nomination := _nomination(one))]
    return tuple(own)


def _overleg(submission: Submission) -> Overleg | None:
    return getattr(submission, "overleg", None)


def _nomination(submission: Submission) -> Nomination | None:
    return getattr(_overleg(submission), "nomination", None)


def lead_days(start: dt.date | None, end: dt.date | None) -> int | None:
    """Calendar days from `start` to `end`, or to today while there is no end."""
    return ((end or clock.today()) - start).days if start else None


def _step(casus: Casus, step: RouteStep, steps: list[RouteStep]) -> Passage:
    start = step.submitted_on or clock.local_date(step.prepared_at)
    toets = next(iter(step.toetsen.all()), None)
    state = _step_state(casus, step, steps)
    label = step.get_outcome_display() if step.outcome else step.get_status_display()
    return Passage(
        title=str(step.tafel),
        state=state,
        state_label="geen uitkomst vastgelegd" if state == OPEN_END else label,
        url=reverse("step_detail", args=[casus.code, step.position]),
        date=start,
        until=step.closed_on,
        days=lead_days(start, step.closed_on),
        check=toets.get_result_display() if toets else "",
        outcome=step.get_outcome_display() if step.outcome else "",
        outcome_text=step.outcome_text,
        advice=step.advice,
        gaps=tuple(_step_gaps(step, toets, state)),
    )


def _step_state(casus: Casus, step: RouteStep, steps: list[RouteStep]) -> str:
    """A step without outcome is an open end once the casus went on without it."""
    if not step.is_open:
        return DONE
    went_on = NEXT[casus.status].trede is not None or casus.is_closed
    overtaken = any(other.position > step.position for other in steps)
    said = step.status in SETTLED_WITHOUT_TAFEL
    return OPEN_END if went_on or overtaken or said else NOW


def _step_gaps(step: RouteStep, toets: InstroomToets | None, state: str) -> Iterable[Gap]:
    if state == OPEN_END:
        yield Gap("open_end", f"{step.tafel}: er is geen uitkomst vastgelegd.", step.position)
    has_criteria = any(criterium.active for criterium in step.tafel.criteria.all())
    if step.submitted_on and toets is None and has_criteria:
        yield Gap("no_check", f"{step.tafel}: de instroomtoets is niet gedaan.", step.position)
    if reason := step.submitted_against_check_reason:
        yield Gap(
            "against_check",
            f"{step.tafel}: aangemeld terwijl de instroomtoets niet ‘voldoet’ gaf. Reden: {reason}",
            step.position,
        )
    if step.client_support == ClientSupport.NOT_OFFERED:
        yield Gap(
            "client_support",
            f"{step.tafel}: cliëntondersteuning is bij deze stap niet aangeboden.",
            step.position,
        )


def _submission(casus: Casus, submission: Submission) -> Passage:
    waiting = submission.verdict in (Submission.Verdict.PENDING, Submission.Verdict.COMPLETION)
    start = clock.local_date(submission.submitted_at)
    end = clock.local_date(submission.verdict_at) if submission.verdict_at else None
    return Passage(
        title=f"Aanmelding {submission.number}",
        state=NOW if waiting else DONE,
        state_label=submission.get_verdict_display(),
        date=start,
        until=end,
        days=lead_days(start, end),
        text=f"Aangemeld door {submission.organisation}",
        outcome="" if waiting else submission.get_verdict_display(),
        outcome_text=submission.verdict_reason,
    )


def _meeting(casus: Casus, overleg: Overleg) -> Passage:
    start = clock.local_date(overleg.opened_at)
    if overleg.cancelled_at:
        state, label, end = DONE, "afgezegd", clock.local_date(overleg.cancelled_at)
    elif overleg.held_on:
        state, label, end = DONE, overleg.get_solution_display(), overleg.held_on
    elif overleg.starts_at:
        state, label, end = NOW, "gepland", None
    else:
        state, label, end = NOW, "in voorbereiding", None
    return Passage(
        title="Bestuurlijk escalatieoverleg",
        state=state,
        state_label=label,
        url=reverse("overleg_detail", args=[casus.code]),
        date=start,
        until=end,
        days=lead_days(start, end),
        outcome=label if overleg.held_on else "",
        outcome_text=overleg.solution_text,
    )


def _request(nomination: Nomination) -> Passage:
    start = clock.local_date(nomination.nominated_at)
    answered = nomination.answered_on
    return Passage(
        title="Voordracht aan het ministerie van VWS",
        state=DONE if answered else NOW,
        state_label="beantwoord" if answered else "wacht op antwoord",
        date=start,
        until=answered,
        days=lead_days(start, answered),
        outcome="beantwoord" if answered else "",
        outcome_text=nomination.answer,
    )
