"""What a page of a casus tells about its way so far, read in two queries and used by everything
that is worked out from it: the bar on top, what is next, the route and the gate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Subquery

from directory.models import InstroomCriterium
from directory.region.snapshot import Snapshot, snapshot
from escalation.blocks import ALL, ROWS, Blocks, mask
from escalation.models import Casus, InstroomToets, Overleg, RouteStep, Submission
from escalation.reading.gate import Gate, gate_of
from escalation.reading.ladder import trede_now


@dataclass(frozen=True)
class Progress:
    """The route of one casus. `steps` in order, each with `tafel`, who brought it in, whether its
    tafel `has_criteria`, and `latest_check`, the result of the latest check (None without one);
    `submissions` newest first, each with its overleg if it got one."""

    casus: Casus
    steps: list[RouteStep]
    submissions: list[Submission]
    # The trede on which the casus is now, None when it is on none (draft, closed), and whether what
    # is going on at trede 3 right now is spoed: for everybody who reads the casus.
    trede: int | None
    spoed: bool

    @property
    def submission(self) -> Submission | None:
        return self.submissions[0] if self.submissions else None

    @property
    def overleg(self) -> Overleg | None:
        """The latest overleg, cancelled or not."""
        found = (getattr(submission, "overleg", None) for submission in self.submissions)
        return next((overleg for overleg in found if overleg is not None), None)

    @property
    def last_step(self) -> RouteStep | None:
        return self.steps[-1] if self.steps else None

    @cached_property
    def region(self) -> Snapshot:
        """What the region says, asked once for everything on the page."""
        return snapshot()

    @cached_property
    def gate(self) -> Gate:
        reason = self.submission.skipped_reason if self.submission else ""
        return gate_of(self.casus, self.steps, skipped_reason=reason)


def progress_of(casus: Casus, seen: Blocks) -> Progress:
    """Read the route of `casus`, as far as it is shared with a reader who sees these blocks."""
    checks = InstroomToets.objects.filter(step=OuterRef("pk")).order_by("-number")
    criteria = InstroomCriterium.objects.filter(tafel=OuterRef("tafel"), active=True)
    found = casus.steps.select_related(
        "tafel__trede", "client_support_by", "brought_in_by", "carried_by"
    ).annotate(latest_check=Subquery(checks.values("result")[:1]), has_criteria=Exists(criteria))
    steps: list[RouteStep] = list(found)
    submissions = list(
        casus.submissions.select_related("organisation", "advised_tafel", "overleg__nomination")
    )
    # For everybody who reads the casus, so worked out before anything is kept back.
    trede = trede_now(casus, steps)
    spoed = casus.upcoming.trede == 3 and bool(submissions) and submissions[0].spoed
    if not ROWS["RouteStep"] <= seen:
        steps, submissions = [], []
    if seen != ALL:
        for row in (*steps, *submissions):
            mask(row, seen)
    return Progress(casus, steps, submissions, trede, spoed)
