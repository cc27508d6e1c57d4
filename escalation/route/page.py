"""What several pages of a step share: loading it, its address, its frame and its reasons."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from audit.models import Action
from directory.web.signed_in import AuthedRequest
from escalation.blocks import ROWS, mask, sees
from escalation.models import InstroomToets, RouteStep
from escalation.permissions import may_now
from escalation.reading.progress import Facts, facts_of
from escalation.web.frame import casus_frame
from escalation.web.load import load_casus, require_shared
from escalation.workflow import STEP_FLOW, StepStatus

CHECK_FIRST = "Doe eerst de instroomtoets voor deze tafel."


def load_step(
    request: AuthedRequest,
    code: str,
    position: int,
    *,
    part: str = "step",
    action: str = Action.READ,
) -> RouteStep:
    """A step of a casus that this person may see, with its tafel; 404 otherwise."""
    casus = load_casus(request, code, part=part, action=action)
    require_shared(casus, ROWS["RouteStep"])
    facts = facts_of(casus)
    for step in facts.steps:
        if step.position == position:
            # The page needs both again; they are already here.
            step.casus, step.facts = casus, facts  # type: ignore[attr-defined]
            return step
    raise Http404("Deze stap bestaat niet.")


def step_url(step: RouteStep) -> str:
    return reverse("step_detail", args=[step.casus.code, step.position])


def step_frame(request: AuthedRequest, step: RouteStep) -> dict[str, Any]:
    """What every page of a step shows above its content."""
    facts: Facts = step.facts  # type: ignore[attr-defined]
    frame = casus_frame(request, step.casus, "", facts=facts, page=str(step.tafel))
    return {**frame, "step": step}


def back_to_step(request: AuthedRequest, step: RouteStep, reason: str) -> HttpResponse:
    """To the page of the step, which shows what can be done, with why this cannot be done now."""
    messages.warning(request, reason)
    return redirect(step_url(step))


def toetsen_of(step: RouteStep) -> list[InstroomToets]:
    """All checks of this step with their answers, newest first. The answers speak of everything,
    so who sees a part of the casus sees only the result."""
    shares_answers = sees(step.casus, ROWS["InstroomAnswer"])
    found = list(step.toetsen.prefetch_related("answers") if shares_answers else step.toetsen.all())
    for toets in found if not shares_answers else ():
        mask(toets, step.casus.seen)  # type: ignore[attr-defined]
    return found


def step_reason(step: RouteStep, action: str) -> str | None:
    """Why `action` cannot be done on this step now, whoever asks; None when it can."""
    if reason := may_now(step.casus, action):
        return reason
    return STEP_FLOW.reason_denied(action, step) if action in STEP_FLOW.transitions else None


def close_label(step: RouteStep) -> str:
    undecided = step.status in (StepStatus.PREPARED, StepStatus.SUBMITTED)
    return "Trek deze stap in" if undecided else "Leg de uitkomst vast"
