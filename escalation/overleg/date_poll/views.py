"""Moments to choose from, and asking who can when."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from audit.performing import get_or_post, perform, posted
from directory.web.signed_in import AuthedRequest
from escalation.models import DateOption
from escalation.overleg.date_poll import actions as date_poll
from escalation.overleg.date_poll import forms as date_poll_forms
from escalation.overleg.page import Place, load_place, overleg_page, press, show_form
from rdm.lib import clock


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


def _option_of(place: Place, pk: int) -> DateOption:
    option = get_object_or_404(DateOption, overleg=place.overleg, pk=pk)
    option.overleg = place.overleg
    return option


@get_or_post
def date_change(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """Another day or hour for a moment that was proposed."""
    place = load_place(request, code, "plan_overleg")
    option = _option_of(place, pk)
    begin, end = (localtime(one, clock.AMSTERDAM) for one in (option.starts_at, option.ends_at))
    form = date_poll_forms.ChangeDateForm(
        posted(request),
        initial={"day": begin.date(), "starts_at": begin.time(), "ends_at": end.time()},
    )
    if answer := perform(
        request,
        form,
        lambda: date_poll.change_date(
            option=option, by=place.user, starts_at=form.moment[0], ends_at=form.moment[1]
        ),
        done="Het moment is gewijzigd.",
        to=place.url + "#momenten",
    ):
        return answer
    intro = (
        "Antwoorden op dit moment vervallen: wie toen kon, kan misschien niet op het nieuwe "
        "moment. "
        "Vraag daarna opnieuw wanneer het kan. Antwoorden op andere momenten blijven staan."
    )
    template = "escalation/overleg/overleg_form.html"
    return show_form(request, place, form, "Moment wijzigen", template, intro=intro)


@require_POST
def date_drop(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    place = load_place(request, code, "plan_overleg")
    option = _option_of(place, pk)
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
