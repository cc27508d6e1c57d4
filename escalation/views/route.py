"""The route: adding a tafel, the instroom check, submitting, and what the tafel said."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from audit.models import Action
from directory.instroom import ways_in
from directory.models import Tafel, User
from directory.web import perform, show
from escalation.actions import route
from escalation.blocks import ROWS, mask, sees
from escalation.forms.route import (
    InstroomForm,
    StepCloseForm,
    StepForm,
    StepResultForm,
    StepSubmitForm,
)
from escalation.models import Casus, InstroomToets, RouteStep
from escalation.permissions import may_now
from escalation.reading import guide
from escalation.reading.next_step import WHERE_TO_BEGIN
from escalation.reading.progress import Facts, facts_of
from escalation.reading.supporters import supporters_for
from escalation.reading.tafels import tafels_for
from escalation.web.frame import casus_frame, require
from escalation.web.load import load_casus, require_shared
from escalation.workflow import STEP_FLOW, StepStatus

CHECK_FIRST = "Doe eerst de instroomtoets voor deze tafel."


def load_step(
    request: HttpRequest,
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


def step_frame(request: HttpRequest, step: RouteStep) -> dict[str, Any]:
    """What every page of a step shows above its content."""
    facts: Facts = step.facts  # type: ignore[attr-defined]
    frame = casus_frame(request, step.casus, "", facts=facts, page=str(step.tafel))
    return {**frame, "step": step}


def back_to_step(request: HttpRequest, step: RouteStep, reason: str) -> HttpResponse:
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


def open_tafels(casus: Casus) -> QuerySet[Tafel]:
    """The tafels that this casus can be brought to: of its gemeente, and not open already."""
    open_now = casus.steps.exclude(status=StepStatus.CLOSED).values("tafel")
    return tafels_for(casus).exclude(pk__in=open_now)


def step_add(request: HttpRequest, code: str) -> HttpResponse:
    casus = load_casus(request, code, part="route")
    require(request, casus, "add_step")
    by = casus.client_support_by
    tafels, supporters = list(open_tafels(casus)), supporters_for(casus)
    form = StepForm(
        request.POST or None,
        tafels=tafels,
        fits=guide.fits(casus, tafels),
        supporters=supporters,
        initial={
            "tafel": request.GET.get("tafel"),
            "client_support": casus.client_support,
            "client_support_by": by.slug if by else "",
            "client_support_reason": casus.client_support_reason,
        },
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and (
            answer := perform(
                request,
                form,
                lambda: route.add_step(
                    casus=casus,
                    by=request.user,  # type: ignore[arg-type]
                    **{name: form.cleaned_data[name] for name in StepForm.NAMES},
                ),
                done="De tafel staat op de route.",
                to=step_url,
                record=casus,
            )
        )
    ):
        return answer
    context = casus_frame(request, casus, "", page="Tafel toevoegen")
    context["where_to_begin"] = WHERE_TO_BEGIN
    return show(request, "escalation/step_add.html", context, form=form)


def step_reason(step: RouteStep, action: str) -> str | None:
    """Why `action` cannot be done on this step now, whoever asks; None when it can."""
    if reason := may_now(step.casus, action):
        return reason
    return STEP_FLOW.reason_denied(action, step) if action in STEP_FLOW.transitions else None


def close_label(step: RouteStep) -> str:
    undecided = step.status in (StepStatus.PREPARED, StepStatus.SUBMITTED)
    return "Trek deze stap in" if undecided else "Leg de uitkomst vast"


def step_instroom(request: HttpRequest, code: str, position: int) -> HttpResponse:
    step = load_step(request, code, position)
    ways, toetsen = ways_in([step.tafel]).get(step.tafel_id, []), toetsen_of(step)
    also = None if step.is_open else "Deze stap is afgerond. De toets kan niet meer veranderen."
    if not ways:
        also = "Deze tafel noemt geen criteria. Een instroomtoets is niet nodig."
    require(request, step.casus, "check_instroom")
    if also and request.method != "POST":
        return back_to_step(request, step, also)
    latest = toetsen[0] if toetsen else None
    settled = {} if latest else guide.settled(step.casus, ways)
    form = InstroomForm(request.POST or None, ways=ways, latest=latest, settled=settled)
    if (
        request.method == "POST"
        and form.is_valid()
        and (
            answer := perform(
                request,
                form,
                lambda: route.check_instroom(
                    step=step,
                    by=request.user,  # type: ignore[arg-type]
                    answers=form.answers,
                ),
                done="De instroomtoets is bewaard. Hieronder ziet u de uitslag.",
                to=step_url(step) + "#instroom",
            )
        )
    ):
        return answer
    context = {**step_frame(request, step), "several": len(ways) > 1, "settled": settled}
    return show(request, "escalation/step_instroom.html", context, form=form)


def step_submit(request: HttpRequest, code: str, position: int) -> HttpResponse:
    step = load_step(request, code, position)
    latest = step.toetsen.first()
    also = step_reason(step, "submit_step")
    if latest is None and step.tafel.criteria.filter(active=True).exists():
        also = also or CHECK_FIRST
    require(request, step.casus, "submit_step")
    if also and request.method != "POST":
        return back_to_step(request, step, also)
    form = StepSubmitForm(request.POST or None, version=step.version, step=step, latest=latest)
    if (
        request.method == "POST"
        and form.is_valid()
        and (
            answer := perform(
                request,
                form,
                lambda: route.submit_step(
                    step=step,
                    by=request.user,  # type: ignore[arg-type]
                    version=form.cleaned_data["version"],
                    submitted_on=form.cleaned_data["submitted_on"],
                    against_check_reason=form.cleaned_data.get("against_check_reason", ""),
                    extra_answers=form.extra_answers,
                ),
                done="De aanmelding bij de tafel is vastgelegd.",
                to=step_url(step),
                record=step,
            )
        )
    ):
        return answer
    context = {**step_frame(request, step), "latest": latest}
    return show(request, "escalation/step_submit.html", context, form=form)


def step_result(request: HttpRequest, code: str, position: int) -> HttpResponse:
    """What the tafel did: it discussed the casus, or did not take it."""
    step = load_step(request, code, position)
    also = step_reason(step, "discuss_step")
    require(request, step.casus, "discuss_step")
    if also and request.method != "POST":
        return back_to_step(request, step, also)
    form = StepResultForm(request.POST or None, version=step.version)
    if (
        request.method == "POST"
        and form.is_valid()
        and (
            answer := perform(
                request,
                form,
                lambda: _record_result(request.user, step, form.cleaned_data),  # type: ignore[arg-type]
                done="Vastgelegd. Leg nu de uitkomst vast.",
                to=step_url(step),
                record=step,
            )
        )
    ):
        return answer
    context = {**step_frame(request, step), "heading": "Wat deed de tafel?"}
    return show(request, "escalation/step_form.html", context, form=form)


def _record_result(by: User, step: RouteStep, data: dict[str, Any]) -> None:
    common: dict[str, Any] = {"step": step, "by": by, "on": data["on"], "version": data["version"]}
    if data["what"] == StepResultForm.NOT_ADMITTED:
        route.not_admit_step(**common, reason=data["reason"])
    else:
        route.discuss_step(**common, advice=data["advice"])


def step_close(request: HttpRequest, code: str, position: int) -> HttpResponse:
    step = load_step(request, code, position)
    also = step_reason(step, "close_step")
    require(request, step.casus, "close_step")
    if also and request.method != "POST":
        return back_to_step(request, step, also)
    undecided = step.status in (StepStatus.PREPARED, StepStatus.SUBMITTED)
    form = StepCloseForm(request.POST or None, version=step.version, withdraws=undecided)
    if (
        request.method == "POST"
        and form.is_valid()
        and (
            answer := perform(
                request,
                form,
                lambda: route.close_step(
                    step=step,
                    by=request.user,  # type: ignore[arg-type]
                    version=form.cleaned_data["version"],
                    outcome=form.chosen_outcome,
                    outcome_text=form.cleaned_data["outcome_text"],
                    closed_on=form.cleaned_data["closed_on"],
                ),
                done="De stap is ingetrokken." if undecided else "De uitkomst is vastgelegd.",
                to=step_url(step),
                record=step,
            )
        )
    ):
        return answer
    context = {**step_frame(request, step), "heading": close_label(step), "undecided": undecided}
    return show(request, "escalation/step_form.html", context, form=form)
