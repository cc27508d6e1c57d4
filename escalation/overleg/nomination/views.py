"""The voordracht for trede 4, and the answer to it."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from audit.performing import get_or_post, perform, posted
from directory.web.signed_in import AuthedRequest
from escalation.models import ClientSupport, Nomination, Overleg
from escalation.overleg.nomination import actions as nominations
from escalation.overleg.nomination import forms as nomination_forms
from escalation.overleg.nomination import rules as nomination_rules
from escalation.overleg.page import load_place, show_form


@get_or_post
def casus_nominate(request: AuthedRequest, code: str) -> HttpResponse:
    """Ask the bewindspersoon for a binding decision, after an overleg without solution."""
    place = load_place(request, code, "nominate")
    conditions = {
        str(number): text for number, text in enumerate(nomination_rules.trede_4_conditions(), 1)
    }
    form = nomination_forms.NominationForm(
        posted(request), version=place.casus.version, conditions=conditions
    )
    if answer := perform(
        request,
        form,
        lambda: nominations.nominate(
            casus=place.casus,
            by=place.user,
            motivation=form.cleaned_data["motivation"],
            checklist=form.ticked,
            version=form.cleaned_data["version"],
        ),
        done="De voordracht voor trede 4 ligt vast.",
        to=place.url,
        record=place.casus,
    ):
        return answer
    unsolved = place.overleg.solution == Overleg.Solution.NONE
    template = "escalation/overleg/nomination/nomination_form.html"
    heading = "Vraag om een besluit op trede 4"
    open_support = place.casus.client_support == ClientSupport.NOT_OFFERED
    # Everybody reads that it must still be offered; the link is for who may do that.
    may_offer = place.dossier.allows("offer_client_support")
    support = reverse("casus_client_support", args=[place.casus.code]) if may_offer else ""
    more = {"unsolved": unsolved, "support_open": open_support, "support_url": support}
    return show_form(request, place, form, heading, template, **more)


@get_or_post
def nomination_answer(request: AuthedRequest, code: str) -> HttpResponse:
    """Keep what the bewindspersoon answered."""
    place = load_place(request, code, "record_answer")
    form = nomination_forms.NominationAnswerForm(posted(request), version=place.casus.version)
    if answer := perform(
        request,
        form,
        lambda: nominations.record_answer(
            casus=place.casus,
            by=place.user,
            answer=form.cleaned_data["answer"],
            answered_on=form.cleaned_data["answered_on"],
            version=form.cleaned_data["version"],
        ),
        done="Het antwoord van het ministerie ligt vast.",
        to=place.url,
        record=place.casus,
    ):
        return answer
    nomination: Nomination | None = getattr(place.overleg, "nomination", None)
    heading, template = (
        "Antwoord van het ministerie",
        "escalation/overleg/nomination/nomination_answer.html",
    )
    return show_form(request, place, form, heading, template, nomination=nomination)
