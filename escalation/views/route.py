"""The route: adding a tafel, the instroom check, submitting, and what the tafel said."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.models import Action
from directory import wording
from directory.instroom import ways_in
from directory.models import Tafel, User
from directory.web import perform, show
from escalation import guide
from escalation.actions import route
from escalation.blocks import HIDDEN, ROWS, is_hidden, mask, sees
from escalation.facts import Facts, facts_of
from escalation.forms.route import (
    InstroomForm,
    StepCloseForm,
    StepForm,
    StepResultForm,
    StepSubmitForm,
)
from escalation.models import Casus, InstroomToets, RouteStep
from escalation.next_step import WHERE_TO_BEGIN
from escalation.permissions import may, may_now, reason_denied
from escalation.step_terms import term_of
from escalation.step_work import AT_WORK
from escalation.supporters import supporters_for
from escalation.tafels import tafels_for
from escalation.views.frame import casus_frame, require
from escalation.views.load import load_casus, require_shared
from escalation.workflow import STEP_FLOW, CasusStatus, StepStatus
from rdm.lib import clock

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


def _frame(request: HttpRequest, step: RouteStep) -> dict[str, Any]:
    """What every page of a step shows above its content."""
    facts: Facts = step.facts  # type: ignore[attr-defined]
    frame = casus_frame(request, step.casus, "", facts=facts, page=str(step.tafel))
    return {**frame, "step": step}


def back_to_step(request: HttpRequest, step: RouteStep, reason: str) -> HttpResponse:
    """To the page of the step, which shows what can be done, with why this cannot be done now."""
    messages.warning(request, reason)
    return redirect(step_url(step))


def _toetsen(step: RouteStep) -> list[InstroomToets]:
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


@require_safe
def step_detail(request: HttpRequest, code: str, position: int) -> HttpResponse:
    step = load_step(request, code, position)
    ways, toetsen = ways_in([step.tafel]).get(step.tafel_id, []), _toetsen(step)
    latest = toetsen[0] if toetsen else None
    hidden = HIDDEN if is_hidden(step, "extra_answers") else ""
    extra = [
        (one["question"], step.extra_answers.get(one["code"], hidden))
        for one in step.tafel.extra_questions
    ]
    left = not step.is_open and _was_left(step)
    upcoming = _next(step, latest, bool(ways), left)
    term = term_of(step, clock.today()) if step.casus.status in AT_WORK else None
    if term:
        upcoming["text"] = f"{upcoming['text']} {term.sentence}".strip()
    actions = [] if left else _actions(request.user, step, latest, bool(ways))  # type: ignore[arg-type]
    context = {
        **_frame(request, step),
        "brought_in_by": step.brought_in_by,
        "may_support": step.is_open
        and reason_denied(request.user, step.casus, "change_step") is None,  # type: ignore[arg-type]
        "may_export": reason_denied(request.user, step.casus, "export_step") is None,  # type: ignore[arg-type]
        "latest": latest,
        "not_shared": "" if sees(step.casus, ROWS["InstroomAnswer"]) else HIDDEN,
        "earlier": toetsen[1:],
        "has_criteria": bool(ways),
        "extra": extra,
        "tafel_facts": _tafel_facts(step),
        "next": upcoming,
        "term": term,
        "actions": actions,
        "mine": step.is_open
        and not upcoming.get("whose")
        and any(not one.get("denied") for one in actions),
    }
    return show(request, "escalation/step_detail.html", context)


def _tafel_facts(step: RouteStep) -> list[tuple[str, object]]:
    """What somebody needs to know of the tafel while bringing in a casus."""
    tafel = step.tafel
    return [
        ("Trede", tafel.place_on_ladder),
        ("Hoe meldt u aan", tafel.how_to_submit),
        ("Wanneer aanmelden", wording.submit_before(tafel)),
        ("Hoe vaak en hoe lang", wording.rhythm(tafel)),
        ("Contact", tafel.contact_name),
        ("E-mail", tafel.contact_email),
        ("Telefoon", tafel.contact_phone),
    ]


NOT_MET = "De casus voldoet niet aan de voorwaarden van deze tafel"
OTHER_WAY = "Kies een andere tafel. Of meld toch aan, en leg uit waarom."


def _next(
    step: RouteStep, latest: InstroomToets | None, has_criteria: bool, left: bool
) -> dict[str, str]:
    """What this step asks for now."""
    match step.status:
        case StepStatus.PREPARED if latest and latest.result == InstroomToets.Result.NOT_MET:
            return {"what": NOT_MET, "text": OTHER_WAY}
        case StepStatus.PREPARED if has_criteria and latest is None:
            return {"what": "Doe de instroomtoets", "text": "Zo ziet u of de casus hier past."}
        case StepStatus.PREPARED:
            return {
                "what": "Meld de casus aan bij de tafel en leg dat hier vast",
                "text": step.tafel.how_to_submit,
            }
        case StepStatus.SUBMITTED:
            what = "Wacht op de tafel en leg vast wat er gebeurde"
            return {"what": what, "text": "", "whose": str(step.tafel)}
        case StepStatus.DISCUSSED | StepStatus.NOT_ADMITTED:
            return {
                "what": "Leg de uitkomst vast",
                "text": "Zonder uitkomst blijft deze stap een open einde op de route.",
            }
    if step.outcome == RouteStep.Outcome.SOLVED:
        return {"what": "Deze stap is afgerond: opgelost", "text": ""}
    if step.outcome == RouteStep.Outcome.WITHDRAWN:
        what = "Deze stap is ingetrokken"
    else:
        what = "Deze stap is afgerond zonder oplossing"
    return {"what": what, "text": "" if left else SOLVE_OR_SCALE_UP}


SOLVE_OR_SCALE_UP = "Los op of schaal op: kies een volgende tafel, of meld aan voor trede 3."


def _was_left(step: RouteStep) -> bool:
    """Whether the casus left this step behind: at another tafel, on trede 3, or closed."""
    later = step.casus.steps.filter(position__gt=step.position)
    return step.casus.status != CasusStatus.ACTIVE or later.exists()


def _actions(
    user: User, step: RouteStep, latest: InstroomToets | None, has_criteria: bool
) -> list[dict[str, Any]]:
    """The buttons of a step; a finished step without a solution leads on."""
    if not step.is_open:
        return [] if step.outcome == RouteStep.Outcome.SOLVED else _onward(user, step.casus)
    first = CHECK_FIRST if has_criteria and latest is None else None
    rows = [
        ("submit_step", _submit_label(latest), "step_submit", first),
        ("discuss_step", "Leg vast wat de tafel deed", "step_result", None),
        ("close_step", _close_label(step), "step_close", None),
    ]
    if has_criteria:
        again = "Doe de toets opnieuw" if latest else "Doe de instroomtoets"
        # The first button that can be used is the primary one.
        rows.insert(0 if first else len(rows), ("check_instroom", again, "step_instroom", None))
    elsewhere = _onward(user, step.casus)[:1] if _fails(step, latest) else []
    return elsewhere + [
        {
            "label": label,
            "url": reverse(name, args=[step.casus.code, step.position]),
            "denied": step_reason(step, action) or also,
        }
        for action, label, name, also in rows
        if may(user, step.casus, action) is None
    ]


def _fails(step: RouteStep, latest: InstroomToets | None) -> bool:
    """Whether this is not the tafel for the casus, as far as the check knows."""
    not_met = latest is not None and latest.result == InstroomToets.Result.NOT_MET
    return not_met and step.status == StepStatus.PREPARED


def _submit_label(latest: InstroomToets | None) -> str:
    not_met = latest is not None and latest.result == InstroomToets.Result.NOT_MET
    return "Meld toch aan" if not_met else "Leg de aanmelding vast"


def _onward(user: User, casus: Casus) -> list[dict[str, Any]]:
    """Los op of schaal op (E-008)."""
    rows = [
        ("add_step", "Kies een volgende tafel", "step_add"),
        ("submit", "Meld aan voor trede 3", "casus_submit"),
    ]
    return [
        {"label": label, "url": reverse(name, args=[casus.code])}
        for action, label, name in rows
        if reason_denied(user, casus, action) is None
    ]


def _close_label(step: RouteStep) -> str:
    undecided = step.status in (StepStatus.PREPARED, StepStatus.SUBMITTED)
    return "Trek deze stap in" if undecided else "Leg de uitkomst vast"


def step_reason(step: RouteStep, action: str) -> str | None:
    """Why `action` cannot be done on this step now, whoever asks; None when it can."""
    if reason := may_now(step.casus, action):
        return reason
    return STEP_FLOW.reason_denied(action, step) if action in STEP_FLOW.transitions else None


def step_instroom(request: HttpRequest, code: str, position: int) -> HttpResponse:
    step = load_step(request, code, position)
    ways, toetsen = ways_in([step.tafel]).get(step.tafel_id, []), _toetsen(step)
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
    context = {**_frame(request, step), "several": len(ways) > 1, "settled": settled}
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
    context = {**_frame(request, step), "latest": latest}
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
    context = {**_frame(request, step), "heading": "Wat deed de tafel?"}
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
    context = {**_frame(request, step), "heading": _close_label(step), "undecided": undecided}
    return show(request, "escalation/step_form.html", context, form=form)
