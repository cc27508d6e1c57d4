"""The first questions: is there acute danger, and is the resident 18 or older (E-003, O-03)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.performing import get_or_post, perform, posted, show
from directory.guide.answers import Answers
from directory.guide.questions import CRISIS, UNDER_AGE
from directory.models import Organisation, Region
from directory.web.signed_in import AuthedRequest
from escalation.models import Casus
from escalation.reading.guide import answers_in
from escalation.registration import actions as registration
from escalation.registration.forms import StartForm
from escalation.registration.steps.forms import STEPS
from escalation.roles import REGISTRANTS
from escalation.web.forms import NO, YES
from escalation.web.load import load_to, require_general


@get_or_post
def casus_start(request: AuthedRequest) -> HttpResponse:
    """Acute danger first: then nothing is kept and the crisis routes show (O-03)."""
    return _start_page(request, None)


@get_or_post
def casus_copy(request: AuthedRequest, code: str) -> HttpResponse:
    """The same, and the answers of an earlier casus of this resident come along."""
    return _start_page(request, load_to(request, code, "copy", part="copy").casus)


def _start_page(request: AuthedRequest, earlier: Casus | None) -> HttpResponse:
    user = require_general(request, "start_casus")
    organisations = Organisation.objects.filter(pk__in=user.organisation_ids(*REGISTRANTS))
    if earlier is not None:
        organisations = organisations.filter(pk=earlier.carried_by_id)
    guide = answers_in(request.GET)
    form = StartForm(
        posted(request),
        organisations=organisations,
        initial=_said_before(guide),
    )
    if request.method == "POST":
        form.is_valid()
        if form.cleaned_data.get("acute_danger") is True:
            return redirect("casus_crisis")
        if form.cleaned_data.get("adult") is False and "acute_danger" in form.cleaned_data:
            return redirect("casus_minor")
    if answer := _begin(request, form, guide, earlier):
        return answer
    context = {"guide": guide, "earlier": earlier, "earlier_title": ""}
    if earlier is not None:
        context["earlier_title"] = f"U begint met de gegevens van casus {earlier.code}"
    return show(
        request, "escalation/registration/start/registration_start.html", context, form=form
    )


def _said_before(guide: Answers | None) -> dict[str, str]:
    """What the wegwijzer already asked; only what lets somebody go on."""
    if guide is None:
        return {}
    return {
        **({"acute_danger": NO} if guide.denies(CRISIS) else {}),
        **({"adult": YES} if guide.denies(UNDER_AGE) else {}),
    }


@require_safe
def casus_crisis(request: AuthedRequest) -> HttpResponse:
    """Whom to call at once; a page of its own, so that "back" and "reload" work."""
    require_general(request, "start_casus")
    context = {"routes": Region.current().crisis_routes}
    return render(request, "escalation/registration/start/registration_crisis.html", context)


@require_safe
def casus_minor(request: AuthedRequest) -> HttpResponse:
    """Where somebody under 18 gets help instead (E-003, O-19)."""
    require_general(request, "start_casus")
    return render(request, "escalation/registration/start/registration_minor.html")


def _begin(
    request: AuthedRequest, form: StartForm, guide: Answers | None, earlier: Casus | None
) -> HttpResponse | None:
    return perform(
        request,
        form,
        lambda: registration.start(
            by=request.user,
            organisation=form.organisation,
            no_acute_danger=form.cleaned_data["acute_danger"] is False,
            adult=form.cleaned_data["adult"],
            guide=guide,
            copy_of=earlier,
        ),
        done="De registratie is begonnen. U kunt op elk moment stoppen en later verdergaan.",
        to=lambda casus: reverse("casus_register_step", args=[casus.code, next(iter(STEPS))]),
    )
