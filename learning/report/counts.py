"""The counts of one year, made by the database: a fixed number of queries, however many casussen.

A year runs from 1 January to 31 December in Europe/Amsterdam. Lead times are in working days.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncDate

from audit import log
from directory.models import Procesafspraak
from escalation.models import Casus, Nomination, Overleg, RouteStep, Submission
from learning.models import Lesson
from rdm.lib import clock
from rdm.lib.workdays import workdays_between

AGREEMENTS = (
    "kleine_aantallen",
    "overleggen_signaal",
    "coordinatiepunt_oordeel",
    "overleg_houden",
    "terugkoppeling_indienen",
)


@dataclass
class LeadTime:
    """How often one term was met, and after how many working days it was done."""

    in_time: int = 0
    late: int = 0
    waiting: int = 0
    days: Counter[int] = field(default_factory=Counter)

    def add(self, start: date, done: date | None, due: date, today: date, number: int) -> None:
        """Add `number` rows; one that is not done yet is late only after its last day."""
        if done is not None:
            self.days[_workdays(start, done)] += number
        if (done or today) > due:
            self.late += number
        elif done is not None:
            self.in_time += number
        else:
            self.waiting += number

    @property
    def median(self) -> float | None:
        """The median in working days of what is done; None when nothing is."""
        total = self.days.total()
        if not total:
            return None
        low, high = (self._at((total - 1) // 2), self._at(total // 2))
        return (low + high) / 2

    def _at(self, position: int) -> int:
        for days in sorted(self.days):
            position -= self.days[days]
            if position < 0:
                return days
        raise IndexError(position)


_workdays = lru_cache(maxsize=20_000)(workdays_between)


@dataclass
class YearCounts:
    """Everything the report of one year is made of, exact."""

    year: int
    agreed: dict[str, int]
    stages: dict[str, int]
    client_support: dict[str, int]
    verdict: LeadTime
    overleg: LeadTime
    feedback: LeadTime
    solutions: dict[str, int]
    tafels: list[tuple[str, dict[str, int]]]
    lessons: dict[str, int]
    lobby: dict[str, int]

    @property
    def is_empty(self) -> bool:
        return not (
            self.stages["registered"]
            or sum(self.solutions.values())
            or self.tafels
            or self.lessons
            or self.verdict.in_time + self.verdict.late + self.verdict.waiting
        )


def first_year() -> int | None:
    """The year of the first registered casus; None before there is one. One query."""
    first = Casus.objects.aggregate(at=Min("registered_at"))["at"]
    return clock.local_date(first).year if first else None


def count_year(year: int) -> YearCounts:
    """Count `year`: one query when nothing was written since it was counted last, else seven.

    The counts are shared with the next reader: do not change them.
    """
    last = log.last_write()
    return _counted(year, clock.today(), last.number, last.hash)


# `today` because a term passes without anybody writing; the rest stands for all that was written.
@lru_cache(maxsize=16)
def _counted(year: int, today: date, number: int, entry_hash: str) -> YearCounts:
    agreed = dict(Procesafspraak.objects.filter(code__in=AGREEMENTS).values_list("code", "number"))
    stages, support = _casussen(year)
    overleg, feedback, solutions = _overleggen(year)
    lessons, lobby = _lessons(year)
    return YearCounts(
        year=year,
        agreed={code: number or 0 for code, number in agreed.items()},
        stages=stages,
        client_support=support,
        verdict=_verdicts(year),
        overleg=overleg,
        feedback=feedback,
        solutions=solutions,
        tafels=_tafels(year),
        lessons=lessons,
        lobby=lobby,
    )


def _within(name: str, year: int) -> Q:
    start, end = clock.year_bounds(year)
    return Q(**{f"{name}__gte": start, f"{name}__lt": end})


def _days_within(name: str, year: int) -> Q:
    return Q(**{f"{name}__gte": date(year, 1, 1), f"{name}__lte": date(year, 12, 31)})


def _casussen(year: int) -> tuple[dict[str, int], dict[str, int]]:
    """How far the casussen registered in this year came, and their cliëntondersteuning."""
    # IN a list that the database makes once, not EXISTS per casus: fifty times faster at 20,000.
    on_trede = {
        trede: RouteStep.objects.filter(tafel__trede=trede).values("casus") for trede in (1, 2)
    }
    held = Overleg.objects.filter(held_on__isnull=False).values("casus")
    nominated = Nomination.objects.values("overleg__casus")
    rows: Any = (
        Casus.objects.filter(_within("registered_at", year))
        .order_by()
        .values("client_support")
        .annotate(
            registered=Count("pk"),
            trede_1=Count("pk", filter=Q(pk__in=on_trede[1])),
            trede_2=Count("pk", filter=Q(pk__in=on_trede[2])),
            trede_3=Count("pk", filter=Q(first_submitted_at__isnull=False)),
            held=Count("pk", filter=Q(pk__in=held)),
            trede_4=Count("pk", filter=Q(pk__in=nominated)),
        )
    )
    names = ("registered", "trede_1", "trede_2", "trede_3", "held", "trede_4")
    stages = dict.fromkeys(names, 0)
    support: dict[str, int] = {}
    for row in rows:
        support[row["client_support"]] = row["registered"]
        for name in names:
            stages[name] += row[name]
    return stages, support


def _verdicts(year: int) -> LeadTime:
    """Submissions of this year: was there a verdict within the term?"""
    lead, today = LeadTime(), clock.today()
    rows = (
        Submission.objects.filter(_within("submitted_at", year))
        .exclude(verdict=Submission.Verdict.WITHDRAWN)
        .order_by()
        .values(
            "verdict_due",
            start=TruncDate("submitted_at", tzinfo=clock.AMSTERDAM),
            done=TruncDate("verdict_at", tzinfo=clock.AMSTERDAM),
        )
        .annotate(number=Count("pk"))
    )
    for row in rows:
        lead.add(row["start"], row["done"], row["verdict_due"], today, row["number"])
    return lead


def _overleggen(year: int) -> tuple[LeadTime, LeadTime, dict[str, int]]:
    """Overleggen held in this year: in time, with their terugkoppeling in time, and the outcome."""
    overleg, feedback, today = LeadTime(), LeadTime(), clock.today()
    solutions: Counter[str] = Counter()
    rows: Any = (
        Overleg.objects.filter(_days_within("held_on", year))
        .order_by()
        .values(
            "solution",
            "held_on",
            "hold_before",
            "feedback_due",
            opened=TruncDate("opened_at", tzinfo=clock.AMSTERDAM),
            reported=TruncDate("terugkoppeling__first_submitted_at", tzinfo=clock.AMSTERDAM),
        )
        .annotate(number=Count("pk"))
    )
    for row in rows:
        number: int = row["number"]
        overleg.add(row["opened"], row["held_on"], row["hold_before"], today, number)
        feedback.add(row["held_on"], row["reported"], row["feedback_due"], today, number)
        solutions[row["solution"]] += number
    return overleg, feedback, dict(solutions)


def _tafels(year: int) -> list[tuple[str, dict[str, int]]]:
    """Steps closed in this year, per tafel and outcome, lowest trede first."""
    found: dict[str, dict[str, int]] = {}
    rows: Any = (
        RouteStep.objects.filter(_days_within("closed_on", year))
        .order_by("tafel__position")
        .values_list("tafel__position", "tafel__name", "outcome")
        # Of rows, not of keys: then the index alone has the answer.
        .annotate(number=Count("*"))
    )
    for _, name, outcome, number in rows:
        found.setdefault(name, {})[outcome] = number
    return list(found.items())


def _lessons(year: int) -> tuple[dict[str, int], dict[str, int]]:
    """Lessons made in this year per theme, and those for the national lobby per state."""
    themes: dict[str, int] = {}
    lobby: Counter[str] = Counter()
    rows: Any = (
        Lesson.objects.filter(_within("created_at", year))
        .order_by("theme__position")
        .values_list("theme__position", "theme__label", "level", "status")
        .annotate(number=Count("pk"))
    )
    for _, theme, level, status, number in rows:
        themes[theme] = themes.get(theme, 0) + number
        if level == Lesson.Level.NATIONAL:
            lobby[status] += number
    return themes, dict(lobby)
