"""The way a casus went, stop by stop, with what is missing named (E-030).

This is task 2 of the coördinatiepunt (E-142): to see at a glance which tafels dealt with the
casus, how long that took and which steps were missed. Where the casus stands on each trede is
judged by `escalation.reading.ladder`; here come the lead times, the checks and the gaps.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from escalation.models import ClientSupport, Overleg, RouteStep, Submission
from escalation.reading.gate import LADDER
from escalation.reading.ladder import OPEN_END, SKIPPED, Route, Rung, Stop, check_label, route_of
from escalation.reading.progress import Progress
from rdm.lib import clock


@dataclass(frozen=True)
class Gap:
    """Something that a complete process would have; `position` is the step it is about."""

    kind: str
    text: str
    position: int | None = None


@dataclass(frozen=True)
class Passage:
    """One stop on the way with how long it took and what came of it.

    `days` is the lead time in calendar days, counted up to today while it runs.
    """

    stop: Stop
    trede: str
    days: int | None
    check: str = ""
    outcome: str = ""
    outcome_text: str = ""
    advice: str = ""
    brought_in_by: str = ""
    support: str = ""
    support_open: bool = False

    @property
    def lead_time(self) -> str:
        if self.days is None:
            return ""
        if self.days == 0:
            return "dezelfde dag"
        return "1 dag" if self.days == 1 else f"{self.days} dagen"


@dataclass(frozen=True)
class Process:
    """The route, every stop on it in order, and what misses."""

    route: Route
    passages: tuple[Passage, ...]
    gaps: tuple[Gap, ...]


def process_of(progress: Progress) -> Process:
    """The process of one casus, in one query more than its progress, however long the route is."""
    casus = progress.casus
    route = route_of(casus, progress.region.treden, progress.steps, progress.submissions)
    places = [(f"Trede {rung.number}", rung.steps) for rung in route.treden]
    passages = tuple(
        _passage(stop, name)
        for name, stops in [*places, ("Naast de treden", route.beside)]
        for stop in stops
    )
    gaps = [gap for rung in route.treden if (gap := _gap_on(rung, route.skip_reason))]
    if casus.client_support == ClientSupport.NOT_OFFERED:
        gaps.append(Gap("client_support", "Cliëntondersteuning is nog niet aangeboden."))
    on_the_way = [one.stop for one in passages if isinstance(one.stop.source, RouteStep)]
    for stop in sorted(on_the_way, key=lambda stop: _step_of(stop).position):
        gaps += _step_gaps(_step_of(stop), stop.state)
    return Process(route, passages, tuple(gaps))


def _gap_on(rung: Rung, reason: str) -> Gap | None:
    """A trede of the ladder that was passed by, or begun and never finished (T-02)."""
    words = {SKIPPED: "overgeslagen", OPEN_END: "niet afgerond"}.get(rung.state)
    if words is None or rung.number not in LADDER:
        return None
    because = f"Reden: {reason}" if reason else "Er staat niet bij waarom."
    return Gap("skipped", f"Trede {rung.number} is {words}. {because}")


# --- stops ------------------------------------------------------------------------------------


def lead_days(start: dt.date | None, end: dt.date | None) -> int | None:
    """Calendar days from `start` to `end`, or to today while there is no end."""
    return ((end or clock.today()) - start).days if start else None


def _passage(stop: Stop, trede: str) -> Passage:
    source, days = stop.source, lead_days(stop.date, stop.until)
    if isinstance(source, RouteStep):
        return Passage(
            stop,
            trede,
            days,
            check=check_label(source),
            outcome=source.get_outcome_display() if source.outcome else "",
            outcome_text=source.outcome_text,
            advice=source.advice,
            brought_in_by=source.brought_in_words,
            support=support_words(source),
            support_open=source.client_support == ClientSupport.NOT_OFFERED,
        )
    if isinstance(source, Submission):
        judged = source.get_verdict_display() if source.verdict_at else ""
        return Passage(
            stop,
            trede,
            days,
            outcome=judged,
            outcome_text=source.verdict_reason,
            brought_in_by=str(source.organisation),
        )
    if isinstance(source, Overleg):
        held = source.get_solution_display() if source.held_on else ""
        outcome = "afgezegd" if source.cancelled_at else held
        why = source.solution_text or source.cancel_reason
        return Passage(stop, trede, days, outcome=outcome, outcome_text=why)
    answered = "beantwoord" if source.answered_on else ""
    return Passage(stop, trede, days, outcome=answered, outcome_text=source.answer)


def _step_of(stop: Stop) -> RouteStep:
    assert isinstance(stop.source, RouteStep)
    return stop.source


def support_words(step: RouteStep) -> str:
    """ "gekoppeld (Hulp)"; one query less when the organisation came along."""
    who = f" ({step.client_support_by})" if step.client_support_by else ""
    return f"{step.get_client_support_display()}{who}"


def _step_gaps(step: RouteStep, state: str) -> Iterable[Gap]:
    if state == OPEN_END:
        yield Gap("open_end", f"{step.tafel}: er is geen uitkomst vastgelegd.", step.position)
    if step.submitted_on and step.has_criteria and not check_label(step):  # type: ignore[attr-defined]
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
