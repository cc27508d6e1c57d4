"""Adding a tafel to the route, submitting, and what the tafel said."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse

from audit.performing import perform, posted, show
from directory.models import Tafel, User
from directory.web.signed_in import AuthedRequest
from escalation.blocks import ALL
from escalation.models import Casus, RouteStep
from escalation.reading import guide
from escalation.reading.next_step import WHERE_TO_BEGIN
from escalation.reading.supporters import supporters_for
from escalation.reading.tafels import tafels_for
from escalation.route import actions as route
from escalation.route.forms import StepCloseForm, StepForm, StepResultForm, StepSubmitForm
from escalation.route.page import (
    CHECK_FIRST,
    back_to_step,
    close_label,
    load_step,
    step_frame,
    step_reason,
    step_url,
)
from escalation.web.frame import button, casus_frame
from escalation.web.load import load_to, require
from escalation.workflow import StepStatus


def open_tafels(casus: Casus) -> QuerySet[Tafel]:
    """The tafels that this casus can be brought to: of its gemeente, and not open already."""
    open_now = casus.steps.exclude(status=StepStatus.CLOSED).values("tafel")
    return tafels_for(casus).exclude(pk__in=open_now)


def step_add(request: AuthedRequest, code: str) -> HttpResponse:
    dossier = load_to(request, code, "add_step", part="route")
    casus, by = dossier.casus, dossier.casus.client_support_by
    tafels, supporters = list(open_tafels(casus)), supporters_for(casus)
    form = StepForm(
        posted(request),
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
    if answer := perform(
        request,
        form,
        lambda: route.add_step(
            casus=casus,
            by=request.user,
            **{name: form.cleaned_data[name] for name in StepForm.NAMES},
        ),
        done="De tafel staat op de route.",
        to=step_url,
        record=casus,
    ):
        return answer
    frame = casus_frame(dossier, "", page="Tafel toevoegen")
    to_trede_3 = reverse("casus_submit", args=[code])
    context = {
        **frame,
        "where_to_begin": WHERE_TO_BEGIN,
        "higher": button(dossier, "submit", "aanmelden voor trede 3", to_trede_3),
        "may_read_advice": dossier.sees(ALL),
    }
    return show(request, "escalation/route/step_add.html", context, form=form)


def step_submit(request: AuthedRequest, code: str, position: int) -> HttpResponse:
    place = load_step(request, code, position)
    step, also = place.step, step_reason(place, "submit_step")
    latest = step.toetsen.first()
    if latest is None and step.tafel.criteria.filter(active=True).exists():
        also = also or CHECK_FIRST
    require(request, place.dossier, "submit_step")
    if also and request.method != "POST":
        return back_to_step(request, place, also)
    form = StepSubmitForm(posted(request), version=step.version, step=step, latest=latest)
    if answer := perform(
        request,
        form,
        lambda: route.submit_step(
            step=step,
            by=request.user,
            version=form.cleaned_data["version"],
            submitted_on=form.cleaned_data["submitted_on"],
            against_check_reason=form.cleaned_data.get("against_check_reason", ""),
            extra_answers=form.extra_answers,
        ),
        done="De aanmelding bij de tafel is vastgelegd.",
        to=place.url,
        record=step,
    ):
        return answer
    context = {**step_frame(place), "latest": latest}
    return show(request, "escalation/route/step_submit.html", context, form=form)


def step_result(request: AuthedRequest, code: str, position: int) -> HttpResponse:
    """What the tafel did: it discussed the casus, or did not take it."""
    place = load_step(request, code, position)
    step, also = place.step, step_reason(place, "discuss_step")
    require(request, place.dossier, "discuss_step")
    if also and request.method != "POST":
        return back_to_step(request, place, also)
    form = StepResultForm(posted(request), version=step.version)
    if answer := perform(
        request,
        form,
        lambda: _record_result(request.user, step, form.cleaned_data),
        done="Vastgelegd. Leg nu de uitkomst vast.",
        to=place.url,
        record=step,
    ):
        return answer
    context = {**step_frame(place), "heading": "Wat deed de tafel?"}
    return show(request, "escalation/route/step_form.html", context, form=form)


def _record_result(by: User, step: RouteStep, data: dict[str, Any]) -> None:
    common: dict[str, Any] = {"step": step, "by": by, "on": data["on"], "version": data["version"]}
    if data["what"] == StepResultForm.NOT_ADMITTED:
        route.not_admit_step(**common, reason=data["reason"])
    else:
        route.discuss_step(**common, advice=data["advice"])


def step_close(request: AuthedRequest, code: str, position: int) -> HttpResponse:
    place = load_step(request, code, position)
    step, also = place.step, step_reason(place, "close_step")
    require(request, place.dossier, "close_step")
    if also and request.method != "POST":
        return back_to_step(request, place, also)
    undecided = step.status in (StepStatus.PREPARED, StepStatus.SUBMITTED)
    form = StepCloseForm(posted(request), version=step.version, withdraws=undecided)
    if answer := perform(
        request,
        form,
        lambda: route.close_step(
            step=step,
            by=request.user,
            version=form.cleaned_data["version"],
            outcome=form.chosen_outcome,
            outcome_text=form.cleaned_data["outcome_text"],
            closed_on=form.cleaned_data["closed_on"],
        ),
        done="De stap is ingetrokken." if undecided else "De uitkomst is vastgelegd.",
        to=place.url,
        record=step,
    ):
        return answer
    context = {**step_frame(place), "heading": close_label(step), "undecided": undecided}
    return show(request, "escalation/route/step_form.html", context, form=form)
