"""The aanmelder at the gate to trede 3: submitting, completing and withdrawing."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from audit.performing import perform, posted, show
from directory.models import Organisation, Tafel, User
from directory.web.signed_in import AuthedRequest
from escalation.coordination.submission import actions as submissions
from escalation.coordination.submission.forms import CompleteForm, SubmitForm, WithdrawForm
from escalation.models import Casus, RouteStep
from escalation.reading.gate import LADDER, Gate, gate_of
from escalation.web.frame import casus_frame
from escalation.web.load import load_to
from rdm.lib.refusal import Forbidden, Refused


def _may_submit_for(user: User) -> list[Organisation]:
    """The organisations of this person that may bring a casus to trede 3 (T-01)."""
    return list(
        Organisation.objects.filter(
            pk__in=user.organisation_ids(), submits_as__tafels__special=Tafel.Special.ESCALATION
        ).distinct()
    )


def casus_submit(request: AuthedRequest, code: str) -> HttpResponse:
    """The gate: its conditions, the question, and looking over the answers before sending."""
    dossier = load_to(request, code, "submit", part="submit")
    casus, user = dossier.casus, request.user
    frame = casus_frame(dossier, "", page="Aanmelden voor trede 3")
    steps = frame["progress"].steps
    gate = gate_of(casus, steps)
    form = SubmitForm(
        posted(request),
        version=casus.version,
        organisations=_may_submit_for(user),
        gate=gate,
        initial={"plan_of_approach": casus.plan_of_approach},
    )
    context = {**frame, "gate": gate, "conditions": conditions(gate, steps)}
    stage = request.POST.get("stage")
    if request.method == "POST" and stage != "edit" and form.is_valid():
        asked = _asked(form)
        if stage == "send":
            if answer := perform(
                request,
                form,
                lambda: submissions.submit(
                    casus=casus, by=user, asked=asked, version=form.cleaned_data["version"]
                ),
                done="De casus is aangemeld voor trede 3. Het coördinatiepunt is aan zet.",
                to=dossier.url,
                record=casus,
            ):
                return answer
        elif checked := _checked(casus, user, form, asked):
            context |= {
                "summary": _summary(form, asked),
                "gate": checked,
                "sent": _sent(form),
            }
            template = "escalation/coordination/submission/submission_check.html"
            return show(request, template, context, form=form)
    return show(
        request, "escalation/coordination/submission/submission_form.html", context, form=form
    )


def _asked(form: SubmitForm) -> submissions.Asked:
    """What goes to the action; fields that this form does not ask are empty."""
    names = submissions.Asked.__dataclass_fields__
    return submissions.Asked(**{name: form.cleaned_data.get(name, "") for name in names})


def _checked(casus: Casus, user: User, form: SubmitForm, asked: submissions.Asked) -> Gate | None:
    """The gate with these answers; None when sending would be refused, with the reason shown."""
    try:
        return submissions.check_submission(casus=casus, by=user, asked=asked)
    except Forbidden as no:
        form.add_error(None, no.reason)
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, no.reason)
    return None


def _sent(form: SubmitForm) -> list[tuple[str, str]]:
    """Everything that was typed, to be sent once more from the page that shows it."""
    names = [form.add_prefix(name) for name in form.fields]
    data: Any = form.data
    return [(name, value) for name in names for value in data.getlist(name)]


def _summary(form: SubmitForm, asked: submissions.Asked) -> list[dict[str, str]]:
    rows = [("Namens", "organisation"), ("Uw vraag", "question"), ("Plan van aanpak",
            "plan_of_approach")]  # fmt: skip
    rows += [
        (str(form.fields[name].label), name)
        for name in ("skipped_reason", "exception_reason")
        if name in form.fields
    ]
    found = [{"label": label, "value": str(getattr(asked, name))} for label, name in rows]
    found.append({"label": "Spoed gevraagd", "value": "ja" if asked.spoed_asked else "nee"})
    if asked.spoed_asked:
        found.append({"label": "Waarom spoed", "value": asked.spoed_asked_reason})
    return found


def conditions(gate: Gate, steps: list[RouteStep]) -> list[dict[str, Any]]:
    """The conditions for trede 3 (T-02), each with whether it is met and why."""
    names = ", ".join(dict.fromkeys(str(step.tafel) for step in gate.stuck))
    rows = [
        {
            "text": "Een tafel op trede 1 of 2 is afgerond zonder oplossing.",
            "met": bool(gate.stuck),
            "why": f"Afgerond zonder oplossing: {names}." if gate.stuck else gate.gaps[0],
        }
    ]
    begun = {step.tafel.trede_id for step in steps}
    for trede in LADDER:
        tried = trede not in gate.untried
        why = "Niet afgerond." if trede in begun else "Niet geprobeerd."
        rows.append(
            {
                "text": f"Trede {trede} is geprobeerd, of u legt uit waarom dat niet kan.",
                "met": tried,
                "why": "Geprobeerd." if tried else f"{why} Leg hieronder uit waarom dat niet kan.",
            }
        )
    return rows


def casus_withdraw(request: AuthedRequest, code: str) -> HttpResponse:
    dossier = load_to(request, code, "withdraw", part="withdraw")
    casus = dossier.casus
    form = WithdrawForm(posted(request), version=casus.version)
    if answer := perform(
        request,
        form,
        lambda: submissions.withdraw(
            casus=casus,
            by=request.user,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
        ),
        done="De aanmelding is ingetrokken. De route gaat verder.",
        to=dossier.url,
        record=casus,
    ):
        return answer
    context = {
        **casus_frame(dossier, "", page="Aanmelding intrekken"),
        "consequences": [
            "Het coördinatiepunt beoordeelt de aanmelding niet meer.",
            "U kunt de casus later opnieuw aanmelden.",
            "Uw reden staat op de tijdlijn.",
        ],
        "cancel_url": dossier.url,
    }
    return show(
        request, "escalation/coordination/submission/submission_withdraw.html", context, form=form
    )


def casus_complete(request: AuthedRequest, code: str) -> HttpResponse:
    dossier = load_to(request, code, "complete", part="complete")
    casus = dossier.casus
    form = CompleteForm(posted(request), version=casus.version)
    if answer := perform(
        request,
        form,
        lambda: submissions.complete(
            casus=casus,
            by=request.user,
            text=form.cleaned_data["text"],
            version=form.cleaned_data["version"],
        ),
        done="Uw aanvulling is verstuurd. Het coördinatiepunt is weer aan zet.",
        to=dossier.url,
        record=casus,
    ):
        return answer
    frame = casus_frame(dossier, "", page="Aanmelding aanvullen")
    context = {**frame, "submission": frame["progress"].submission}
    return show(
        request, "escalation/coordination/submission/submission_complete.html", context, form=form
    )
