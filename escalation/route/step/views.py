"""The page of one step: what it asks now, by when, what is known of the tafel; and it on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.models import Action
from audit.performing import show
from directory.reading import meetings
from directory.reading.instroom import ways_in
from directory.web.signed_in import AuthedRequest
from escalation.blocks import HIDDEN, ROWS, is_hidden
from escalation.models import InstroomToets, RouteStep
from escalation.reading.step_terms import term_of
from escalation.route.page import (
    CHECK_FIRST,
    Place,
    close_label,
    load_step,
    step_frame,
    step_reason,
    toetsen_of,
)
from escalation.route.papers import submission_docx, submission_pdf
from escalation.route.work import AT_WORK
from escalation.web.frame import Button, button
from escalation.web.load import Dossier, require
from escalation.workflow import CasusStatus, StepStatus
from rdm.lib import clock
from rdm.lib.download import Document, as_download


@require_safe
def step_pdf(request: AuthedRequest, code: str, position: int) -> HttpResponse:
    """As an accessible PDF, to send."""
    return _download(request, code, position, submission_pdf)


@require_safe
def step_docx(request: AuthedRequest, code: str, position: int) -> HttpResponse:
    """As a Word document, to work on further."""
    return _download(request, code, position, submission_docx)


def _download(
    request: AuthedRequest, code: str, position: int, make: Callable[..., Document]
) -> HttpResponse:
    place = load_step(request, code, position, part="step-submission", action=Action.EXPORT)
    require(request, place.dossier, "export_step")
    return as_download(make(place.dossier, place.progress, place.step))


@require_safe
def step_detail(request: AuthedRequest, code: str, position: int) -> HttpResponse:
    place = load_step(request, code, position)
    step, dossier, toetsen = place.step, place.dossier, toetsen_of(place)
    ways = ways_in([step.tafel]).get(step.tafel_id, [])
    latest = toetsen[0] if toetsen else None
    hidden = HIDDEN if is_hidden(step, "extra_answers") else ""
    extra = [
        (one["question"], step.extra_answers.get(one["code"], hidden))
        for one in step.tafel.extra_questions
    ]
    left = not step.is_open and _was_left(step)
    upcoming = _next(step, latest, bool(ways), left)
    at_work = step.casus.status in AT_WORK and step.casus.restricted_at is None
    term = term_of(step, clock.today()) if at_work else None
    if term:
        upcoming = replace(upcoming, text=f"{upcoming.text} {term.sentence}".strip())
    actions = [] if left else _actions(place, latest, bool(ways))
    context = {
        **step_frame(place),
        "brought_in_by": step.brought_in_words,
        "may_support": step.is_open and dossier.allows("change_step"),
        "may_export": dossier.allows("export_step"),
        "latest": latest,
        "not_shared": "" if dossier.sees(ROWS["InstroomAnswer"]) else HIDDEN,
        "earlier": toetsen[1:],
        "has_criteria": bool(ways),
        "extra": extra,
        "tafel_facts": _tafel_facts(step),
        "next": upcoming,
        "term": term,
        "actions": actions,
        "mine": step.is_open
        and not upcoming.whose
        and any(not one.get("denied") for one in actions),
    }
    return show(request, "escalation/route/step/step_detail.html", context)


def _tafel_facts(step: RouteStep) -> list[tuple[str, object]]:
    """What somebody needs to know of the tafel while bringing in a casus."""
    tafel = step.tafel
    return [
        ("Trede", tafel.place_on_ladder),
        ("Hoe meldt u aan", tafel.how_to_submit),
        ("Wanneer aanmelden", meetings.submit_before(tafel)),
        ("Hoe vaak en hoe lang", meetings.rhythm(tafel)),
        ("Contact", tafel.contact_name),
        ("E-mail", tafel.contact_email),
        ("Telefoon", tafel.contact_phone),
    ]


NOT_MET = "De casus voldoet niet aan de voorwaarden van deze tafel"
OTHER_WAY = "Kies een andere tafel. Of meld toch aan, en leg uit waarom."


@dataclass(frozen=True)
class Next:
    """What a step asks for now, and who has it when that is nobody of the casus."""

    what: str
    text: str = ""
    whose: str = ""


def _next(step: RouteStep, latest: InstroomToets | None, has_criteria: bool, left: bool) -> Next:
    if step.casus.restricted_at is not None:
        return Next("Deze stap staat stil, omdat de verwerking is beperkt")
    match step.status:
        case StepStatus.PREPARED if latest and latest.result == InstroomToets.Result.NOT_MET:
            return Next(NOT_MET, OTHER_WAY)
        case StepStatus.PREPARED if has_criteria and latest is None:
            return Next("Doe de instroomtoets", "Zo ziet u of de casus hier past.")
        case StepStatus.PREPARED:
            what = "Meld de casus aan bij de tafel en leg dat hier vast"
            return Next(what, step.tafel.how_to_submit)
        case StepStatus.SUBMITTED:
            what = "Wacht op de tafel en leg vast wat er gebeurde"
            return Next(what, whose=str(step.tafel))
        case StepStatus.DISCUSSED | StepStatus.NOT_ADMITTED:
            text = "Zonder uitkomst blijft deze stap een open einde op de route."
            return Next("Leg de uitkomst vast", text)
    if step.outcome == RouteStep.Outcome.SOLVED:
        return Next("Deze stap is afgerond: opgelost")
    if step.outcome == RouteStep.Outcome.WITHDRAWN:
        what = "Deze stap is ingetrokken"
    else:
        what = "Deze stap is afgerond zonder oplossing"
    return Next(what, "" if left else SOLVE_OR_SCALE_UP)


SOLVE_OR_SCALE_UP = "Los op of schaal op: kies een volgende tafel, of meld aan voor trede 3."


def _was_left(step: RouteStep) -> bool:
    """Whether the casus left this step behind: at another tafel, on trede 3, or closed."""
    later = step.casus.steps.filter(position__gt=step.position)
    return step.casus.status != CasusStatus.ACTIVE or later.exists()


def _actions(place: Place, latest: InstroomToets | None, has_criteria: bool) -> list[Button]:
    """The buttons of a step; a finished step without a solution leads on."""
    step, dossier = place.step, place.dossier
    if not step.is_open:
        return [] if step.outcome == RouteStep.Outcome.SOLVED else _onward(dossier)
    first = CHECK_FIRST if has_criteria and latest is None else None
    rows = [
        ("submit_step", _submit_label(latest), "step_submit", first),
        ("discuss_step", "Leg vast wat de tafel deed", "step_result", None),
        ("close_step", close_label(step), "step_close", None),
    ]
    if has_criteria:
        again = "Doe de toets opnieuw" if latest else "Doe de instroomtoets"
        # The first button that can be used is the primary one.
        rows.insert(0 if first else len(rows), ("check_instroom", again, "step_instroom", None))
    buttons = _onward(dossier)[:1] if _fails(step, latest) else []
    for action, label, name, also in rows:
        url = reverse(name, args=[step.casus.code, step.position])
        buttons += button(dossier, action, label, url, denied=step_reason(place, action) or also)
    return buttons


def _fails(step: RouteStep, latest: InstroomToets | None) -> bool:
    """Whether this is not the tafel for the casus, as far as the check knows."""
    not_met = latest is not None and latest.result == InstroomToets.Result.NOT_MET
    return not_met and step.status == StepStatus.PREPARED


def _submit_label(latest: InstroomToets | None) -> str:
    not_met = latest is not None and latest.result == InstroomToets.Result.NOT_MET
    return "Meld toch aan" if not_met else "Leg de aanmelding vast"


def _onward(dossier: Dossier) -> list[Button]:
    """Los op of schaal op (E-008)."""
    rows = [
        ("add_step", "Kies een volgende tafel", "step_add"),
        ("submit", "Meld aan voor trede 3", "casus_submit"),
    ]
    return [
        {"label": label, "url": reverse(name, args=[dossier.casus.code])}
        for action, label, name in rows
        if dossier.allows(action)
    ]
