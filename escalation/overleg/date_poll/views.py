"""Moments to choose from, and asking who can when."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from audit.performing import perform
from directory.web.signed_in import AuthedRequest
from escalation.models import DateOption
from escalation.overleg.date_poll import actions as date_poll
from escalation.overleg.date_poll import forms as date_poll_forms
from escalation.overleg.page import load_place, overleg_page, press


@require_POST
def date_propose(request: AuthedRequest, code: str) -> HttpResponse:
    """One more moment; a mistake shows on the page of the overleg, with what was typed."""
    place = load_place(request, code, "plan_overleg")
    form = date_poll_forms.ProposeForm(request.POST)
    if answer := perform(
        request,
        form,
        lambda: date_poll.propose_date(
            overleg=place.overleg,
            by=place.user,
            starts_at=form.moment[0],
            ends_at=form.moment[1],
        ),
        done="Het moment staat erbij.",
        to=place.url + "#momenten",
    ):
        return answer
    return overleg_page(request, place.dossier, propose=form)


@require_POST
def date_drop(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    place = load_place(request, code, "plan_overleg")
    option = get_object_or_404(DateOption, overleg=place.overleg, pk=pk)
    option.overleg = place.overleg
    return press(
        request,
        place,
        lambda: date_poll.drop_date(option=option, by=place.user),
        "Het moment staat er niet meer bij.",
    )


@require_POST
def dates_ask(request: AuthedRequest, code: str) -> HttpResponse:
    """Ask everybody who was not asked about these moments yet."""
    place = load_place(request, code, "plan_overleg")
    return press(
        request,
        place,
        lambda: date_poll.ask_dates(overleg=place.overleg, by=place.user),
        "De deelnemers krijgen een mail met hun link.",
    )


@require_POST
def dates_remind(request: AuthedRequest, code: str) -> HttpResponse:
    """Ask once more who did not answer; at most once a day."""
    place = load_place(request, code, "plan_overleg")
    return press(
        request,
        place,
        lambda: date_poll.remind_dates(overleg=place.overleg, by=place.user),
        "Wie nog niet antwoordde, krijgt een herinnering.",
    )
