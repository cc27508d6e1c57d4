"""One submission with its process, and the four decisions about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import dateformat
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from audit.performing import perform, posted, show
from directory.models import DeelnemerKind, Gemeente
from directory.models.places import CollegeDecisionState
from directory.web.signed_in import AuthedRequest
from escalation import terms
from escalation.coordination.decisions import actions as decisions
from escalation.coordination.decisions.forms import (
    AcceptForm,
    AskCompletionForm,
    ReturnForm,
    SpoedForm,
)
from escalation.coordination.submission import actions as submissions
from escalation.models import Casus, Submission
from escalation.reading.lead_times import process_of
from escalation.reading.tafels import tafels_for
from escalation.reading.turn import who_is_next
from escalation.web.frame import Button, Frame, casus_frame
from escalation.web.load import Dossier, load_casus, require, require_general
from rdm.lib import clock

# --- one submission ---------------------------------------------------------------------------


def _load(request: AuthedRequest, code: str, action: str = "") -> Dossier:
    """The casus for a page of the coördinatiepunt, on which `action` is done; others get 403, or
    404 when they see none."""
    dossier = load_casus(request, code, part="submission")
    require_general(request, "coordinate")
    if action:
        require(request, dossier, action)
    return dossier


class Judging(Frame):
    """The latest submission, under the bar with the way back to the inbox."""

    submission: Submission
    gemeente: Gemeente | None


def _frame(dossier: Dossier, page: str) -> Judging:
    casus, frame = dossier.casus, casus_frame(dossier, "", page=page)
    submission = frame["progress"].submission
    if submission is None:
        raise Http404("Deze casus is niet aangemeld.")
    back = [("Coördinatiepunt", reverse("coordinatiepunt"))]
    if page != "Aanmelding":
        back.append((casus.code, reverse("submission_detail", args=[casus.code])))
    crumb = casus.code if page == "Aanmelding" else page
    bar = replace(frame["bar"], crumbs=back, crumb=crumb)
    return {**frame, "bar": bar, "submission": submission, "gemeente": casus.gemeente}


@require_safe
def submission_detail(request: AuthedRequest, code: str) -> HttpResponse:
    """Everything that the coördinator needs to judge one submission."""
    dossier = _load(request, code)
    casus, frame = dossier.casus, _frame(dossier, "Aanmelding")
    context = {
        **frame,
        "process": process_of(frame["progress"]),
        "earlier": frame["progress"].submissions[1:],
        "turn": who_is_next(casus),
        "essentials": _essentials(casus),
        "decisions": _decisions(dossier, frame["submission"]),
        "no_decision": casus.gemeente
        and casus.gemeente.college_state != CollegeDecisionState.DECIDED,
    }
    return show(
        request, "escalation/coordination/decisions/coordinatiepunt_submission.html", context
    )


def _essentials(casus: Casus) -> list[tuple[str, object]]:
    """The casus in a few lines; the rest is one click away."""
    safety = capfirst(casus.get_safety_display())
    return [
        ("Wat er aan de hand is", casus.situation),
        ("Waarom het vastloopt", casus.stagnation),
        ("Via de gewone weg geprobeerd", casus.tried_regular),
        ("Veiligheidsrisico", f"{safety}: {casus.safety_text}" if casus.safety_text else safety),
        ("Visie van de inwoner", casus.resident_view),
        ("Cliëntondersteuning", capfirst(casus.get_client_support_display())),
    ]


def _decisions(dossier: Dossier, submission: Submission) -> list[Button]:
    """The four decisions, each with why it cannot be taken (now)."""
    if submission.verdict not in submissions.PENDING:
        return []
    spoed = "Deze aanmelding is al spoed." if submission.spoed else None
    rows = [
        ("accept", "Neem de casus aan", "submission_accept", None),
        ("ask_completion", "Vraag een aanvulling", "submission_ask_completion", None),
        ("return_with_advice", "Geef terug met advies", "submission_return", None),
        ("mark_spoed", "Ken spoed toe", "submission_spoed", spoed),
    ]
    return [
        {
            "label": label,
            "url": reverse(name, args=[dossier.casus.code]),
            "denied": dossier.denied(action) or also,
        }
        for action, label, name, also in rows
    ]


# --- the four decisions -----------------------------------------------------------------------


def _decide(
    request: AuthedRequest,
    casus: Casus,
    form: Any,
    do: Callable[..., object],
    *,
    done: str,
    fields: tuple[str, ...],
) -> HttpResponse | None:
    """Hand the answers of `form` to the action `do`; None when the form must be shown."""
    return perform(
        request,
        form,
        lambda: do(
            casus=casus,
            by=request.user,
            version=form.cleaned_data["version"],
            **{name: form.cleaned_data[name] for name in fields if name in form.cleaned_data},
        ),
        done=done,
        to=reverse("submission_detail", args=[casus.code]),
        record=casus,
    )


def submission_accept(request: AuthedRequest, code: str) -> HttpResponse:
    dossier = _load(request, code, "accept")
    casus, frame = dossier.casus, _frame(dossier, "Aannemen")
    submission, gemeente = frame["submission"], frame["gemeente"]
    form = AcceptForm(
        posted(request),
        version=casus.version,
        submission=submission,
        initial={"assignment": assignment_text(casus, submission)},
    )
    if answer := _decide(
        request,
        casus,
        form,
        decisions.accept,
        done="De casus is aangenomen. De gemeente heeft de opdracht gekregen.",
        fields=("assignment", "initiator", "gate_reason"),
    ):
        return answer
    context = {
        **frame,
        "no_decision": gemeente and gemeente.college_state != CollegeDecisionState.DECIDED,
        "heading": "Neem de casus aan",
        "intro": "De gemeente krijgt de opdracht om het escalatieoverleg te plannen. "
        "De aanmelder krijgt bericht.",
    }
    return show(
        request, "escalation/coordination/decisions/coordinatiepunt_decide.html", context, form=form
    )


def assignment_text(casus: Casus, submission: Submission) -> str:
    """The assignment as it stands ready: by when, and who must be there (E-113, E-143)."""
    before = terms.hold_before(clock.today(), spoed=submission.spoed)
    kinds = DeelnemerKind.objects.filter(mandatory=True).values_list("label", flat=True)
    lines = "\n".join(f"- {label}" for label in kinds)
    day = dateformat.format(before, "j F Y").lower()
    spoed = " Deze casus heeft spoed." if submission.spoed else ""
    return (
        f"Het coördinatiepunt vraagt de gemeente {casus.gemeente} om een bestuurlijk "
        f"escalatieoverleg te houden over casus {casus.code}.{spoed}\n\n"
        f"Houd het overleg uiterlijk op {day}.\n\n"
        f"Nodig in elk geval uit:\n{lines}\n\n"
        "De vraag aan het overleg en het plan van aanpak staan bij de aanmelding. "
        "Leg na het overleg vast wat er is afgesproken, en maak daarna de terugkoppeling."
    )


def submission_ask_completion(request: AuthedRequest, code: str) -> HttpResponse:
    dossier = _load(request, code, "ask_completion")
    casus = dossier.casus
    form = AskCompletionForm(posted(request), version=casus.version)
    if answer := _decide(
        request,
        casus,
        form,
        decisions.ask_completion,
        done="De aanmelder krijgt uw vraag.",
        fields=("what",),
    ):
        return answer
    context = {
        **_frame(dossier, "Aanvulling vragen"),
        "heading": "Vraag een aanvulling",
        "intro": "De aanmelder is daarna aan zet. Na de aanvulling begint uw termijn opnieuw.",
    }
    return show(
        request, "escalation/coordination/decisions/coordinatiepunt_decide.html", context, form=form
    )


def submission_return(request: AuthedRequest, code: str) -> HttpResponse:
    dossier = _load(request, code, "return_with_advice")
    casus = dossier.casus
    form = ReturnForm(posted(request), version=casus.version, tafels=tafels_for(casus))
    if answer := _decide(
        request,
        casus,
        form,
        decisions.return_with_advice,
        done="De casus is teruggegeven met uw advies.",
        fields=("reason", "advised_tafel"),
    ):
        return answer
    context = {
        **_frame(dossier, "Teruggeven"),
        "heading": "Geef de casus terug met advies",
        "intro": "De casus gaat terug naar de aanmelder. De route gaat daar verder.",
    }
    return show(
        request, "escalation/coordination/decisions/coordinatiepunt_decide.html", context, form=form
    )


def submission_spoed(request: AuthedRequest, code: str) -> HttpResponse:
    dossier = _load(request, code, "mark_spoed")
    casus = dossier.casus
    form = SpoedForm(posted(request), version=casus.version)
    if answer := _decide(
        request,
        casus,
        form,
        decisions.mark_spoed,
        done="De casus heeft nu spoed. De kortere termijnen gelden.",
        fields=("reason",),
    ):
        return answer
    context = {
        **_frame(dossier, "Spoed"),
        "heading": "Ken spoed toe",
        "intro": "Dan gelden de korte termijnen, geteld vanaf de aanmelding.",
    }
    return show(
        request, "escalation/coordination/decisions/coordinatiepunt_decide.html", context, form=form
    )
