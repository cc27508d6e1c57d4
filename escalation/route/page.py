"""What several pages of a step share: loading it, its address, its frame and its reasons."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from audit.models import Action
from directory.web.signed_in import AuthedRequest
from escalation.blocks import ROWS, mask
from escalation.models import Casus, InstroomToets, RouteStep
from escalation.reading.progress import Progress, progress_of
from escalation.web.frame import Frame, casus_frame
from escalation.web.load import Dossier, load_casus, require_shared
from escalation.workflow import STEP_FLOW, StepStatus

CHECK_FIRST = "Doe eerst de instroomtoets voor deze tafel."


@dataclass(frozen=True)
class Place:
    """Where a page about a step stands: at which casus, where on its route."""

    dossier: Dossier
    progress: Progress
    step: RouteStep

    @property
    def casus(self) -> Casus:
        return self.dossier.casus

    @property
    def url(self) -> str:
        return step_url(self.step)


def load_step(
    request: AuthedRequest,
    code: str,
    position: int,
    *,
    part: str = "step",
    action: str = Action.READ,
) -> Place:
    """A step of a casus that this person may see, with its tafel; 404 otherwise."""
    dossier = load_casus(request, code, part=part, action=action)
    require_shared(dossier, ROWS["RouteStep"])
    progress = progress_of(dossier.casus, dossier.seen)
    for step in progress.steps:
        if step.position == position:
            step.casus = dossier.casus
            return Place(dossier, progress, step)
    raise Http404("Deze stap bestaat niet.")


def step_url(step: RouteStep) -> str:
    return reverse("step_detail", args=[step.casus.code, step.position])


class StepFrame(Frame):
    """What every page of a step shows above its content."""

    step: RouteStep


def step_frame(place: Place) -> StepFrame:
    frame = casus_frame(place.dossier, "", progress=place.progress, page=str(place.step.tafel))
    return {**frame, "step": place.step}


def back_to_step(request: AuthedRequest, place: Place, reason: str) -> HttpResponse:
    """To the page of the step, which shows what can be done, with why this cannot be done now."""
    messages.warning(request, reason)
    return redirect(place.url)


def toetsen_of(place: Place) -> list[InstroomToets]:
    """All checks of this step with their answers, newest first. The answers speak of everything,
    so who sees a part of the casus sees only the result."""
    toetsen = place.step.toetsen
    if place.dossier.sees(ROWS["InstroomAnswer"]):
        return list(toetsen.prefetch_related("answers"))
    found = list(toetsen.all())
    for toets in found:
        mask(toets, place.dossier.seen)
    return found


def step_reason(place: Place, action: str) -> str | None:
    """Why `action` cannot be done on this step now, whoever asks; None when it can."""
    if reason := place.dossier.may_now(action):
        return reason
    return STEP_FLOW.reason_denied(action, place.step) if action in STEP_FLOW.transitions else None


def close_label(step: RouteStep) -> str:
    undecided = step.status in (StepStatus.PREPARED, StepStatus.SUBMITTED)
    return "Trek deze stap in" if undecided else "Leg de uitkomst vast"
