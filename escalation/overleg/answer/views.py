"""The page of a deelnemer without account: only code, gemeente, moments, place and own answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from audit.performing import get_or_post, perform, posted, show
from directory.models import Tafel
from escalation.models import Deelnemer
from escalation.overleg.answer.forms import AnswerForm
from escalation.overleg.date_poll import actions as date_poll
from escalation.overleg.deelnemers.links import deelnemer_of
from escalation.overleg.rules import planned_words
from rdm.lib import clock

SAVED = "Bedankt, uw antwoord is opgeslagen."
ONE_MORE = "Er kwam intussen een moment bij. Wilt u zeggen of u dan ook kunt?"


@login_not_required
@get_or_post
def deelnemer_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Answer the proposed moments, or say who comes; can be changed until the overleg is held."""
    deelnemer = deelnemer_of(token)
    if deelnemer is None:
        return _private(_gone(request))
    form = _form(request, deelnemer)
    if request.method == "POST" and form.asks_something and form.is_valid():
        answer = perform(
            request,
            form,
            lambda: date_poll.answer_dates(
                deelnemer=deelnemer,
                answers=form.answers,
                attendance=form.attendance,
                moment_version=form.cleaned_data["version"],
            ),
            done=f"{SAVED} {ONE_MORE}" if form.added else f"{SAVED} U kunt het hier nog wijzigen.",
            to=reverse("deelnemer_answer", args=[token]),
        )
        if answer:
            return _private(answer)
        form.show_version(deelnemer.overleg.moment_version)
    overleg = deelnemer.overleg
    context = {
        "code": overleg.casus.code,
        "gemeente": overleg.casus.gemeente,
        "deelnemer": deelnemer,
        "planned": planned_words(overleg),
        "place": overleg.place if overleg.starts_at else "",
        # Why is in the dossier, of which a deelnemer reads nothing.
        "stands_still": overleg.casus.restricted_at is not None,
        "contact": _contact(),
    }
    return _private(
        show(request, "escalation/overleg/answer/deelnemer_answer.html", context, form=form)
    )


def _form(request: HttpRequest, deelnemer: Deelnemer) -> AnswerForm:
    options = deelnemer.overleg.date_options.filter(starts_at__gt=clock.now())
    given = dict(deelnemer.date_answers.values_list("option", "value"))
    return AnswerForm(posted(request), deelnemer=deelnemer, options=options, given=given)


def _gone(request: HttpRequest) -> HttpResponse:
    """Expired, revoked, finished or made up: the same page, so that nobody learns which."""
    context = {"contact": _contact()}
    return render(request, "escalation/overleg/answer/deelnemer_gone.html", context, status=404)


@dataclass(frozen=True)
class Contact:
    """Whom a deelnemer can ask: the coördinatiepunt, as the directory knows it."""

    name: str
    email: str
    phone: str


def _contact() -> Contact:
    found = Tafel.objects.filter(special=Tafel.Special.ESCALATION).select_related("led_by").first()
    if found is None:
        return Contact("het coördinatiepunt", "", "")
    leader = found.led_by
    return Contact(
        name=leader.name if leader else "het coördinatiepunt",
        email=found.contact_email or (leader.email if leader else ""),
        phone=found.contact_phone,
    )


def _private(response: HttpResponse) -> HttpResponse:
    """Not kept on the way or at home, and not found by a search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
