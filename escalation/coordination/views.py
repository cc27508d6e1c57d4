"""The coördinatiepunt: what waits for a decision, and the overleggen that are open."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from audit import log
from audit.performing import show
from directory.models import Gemeente
from directory.models.places import CollegeDecisionState
from directory.web.signed_in import AuthedRequest
from escalation.models import Deelnemer, Overleg, Submission
from escalation.web.load import require_general
from rdm.lib import clock
from rdm.lib.paging import page_of
from rdm.lib.workdays import workdays_between

# The other lists of the inbox: enough to see at once.
MOST = 10

Verdict = Submission.Verdict


@dataclass(frozen=True)
class Waiting:
    """A submission in the inbox with its age and its term, both in working days (O-01)."""

    submission: Submission
    age: int
    term: int

    @property
    def age_words(self) -> str:
        days = "werkdag" if self.age == 1 else "werkdagen"
        return f"{self.age} {days} (termijn: {self.term})"


@require_safe
def coordinatiepunt(request: AuthedRequest) -> HttpResponse:
    """What waits for the coördinator: spoed first, then what is due first."""
    user = require_general(request, "coordinate")
    log.record(
        actor=user,
        action="search",
        object_type="coordinatiepunt",
        role="coordinator",
        organisation=user.acting_for,
    )
    found = _submissions().filter(verdict=Verdict.PENDING).order_by("-spoed", "verdict_due", "pk")
    page = page_of(request, found)
    context = {
        "page": page,
        "waiting": [_waiting(submission) for submission in page],
        "incomplete": _submissions()
        .filter(verdict=Verdict.COMPLETION)
        .order_by("casus__due", "pk")[:MOST],
        "overleggen": _open_overleggen(),
        "judged": _submissions()
        .filter(verdict__in=[Verdict.ACCEPTED, Verdict.RETURNED])
        .order_by("-verdict_at", "-pk")[:MOST],
        **_colleges(),
    }
    return show(request, "escalation/coordination/coordinatiepunt.html", context)


def _colleges() -> dict[str, list[Gemeente]]:
    """Of which nothing is known, and which decided not to take part: a decision as well (E-243)."""
    gemeenten = Gemeente.objects.exclude(college_state=CollegeDecisionState.DECIDED)
    found = list(gemeenten.select_related("organisation"))
    return {
        "undecided": [g for g in found if g.college_state == CollegeDecisionState.UNKNOWN],
        "not_taking_part": [g for g in found if g.college_state == CollegeDecisionState.REJECTED],
    }


def _submissions() -> QuerySet[Submission]:
    # What is left of a destroyed casus is nobody's work any more.
    return Submission.objects.filter(casus__destroyed_at=None).select_related(
        "casus__gemeente__organisation", "organisation", "advised_tafel"
    )


def _waiting(submission: Submission) -> Waiting:
    since = clock.local_date(submission.submitted_at)
    return Waiting(
        submission,
        age=workdays_between(since, clock.today()),
        term=workdays_between(since, submission.verdict_due),
    )


def _open_overleggen() -> QuerySet[Overleg]:
    """In preparation or planned, first to be held first, with who has not answered yet."""
    # Counted per row that is shown; a join would count all of them before the first is chosen.
    here = (
        Deelnemer.objects.filter(overleg=OuterRef("pk"), removed_at=None)
        .order_by()
        .values("overleg")
    )
    return (
        Overleg.objects.filter(held_on=None, cancelled_at=None)
        .select_related("casus__gemeente__organisation")
        .annotate(
            invited=Subquery(here.annotate(n=Count("pk")).values("n")),
            silent=Subquery(here.filter(answered_at=None).annotate(n=Count("pk")).values("n")),
        )
        .order_by(F("starts_at").asc(nulls_first=True), "hold_before", "pk")[:MOST]
    )
