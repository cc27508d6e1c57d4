"""Who was told what about a casus: the log of it, a new line, and putting one right (E-129)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from audit.performing import get_or_post, perform, posted, show
from directory.models import Procesafspraak
from directory.web.signed_in import AuthedRequest
from escalation.blocks import ALL, in_words, sees
from escalation.dossier.communication import actions as communication
from escalation.dossier.communication.forms import CorrectToldForm, ToldForm
from escalation.dossier.communication.rules import informed_of, last_told
from escalation.dossier.timeline.rules import events_of
from escalation.models import Casus, Communication
from escalation.permissions import reason_denied
from escalation.web.frame import casus_frame, require
from escalation.web.load import load_casus
from rdm.lib.paging import page_of

PART = "communication"
AGREED = "communicatie_betrokkenen"


@require_safe
def communication_list(request: AuthedRequest, code: str) -> HttpResponse:
    """Everybody who was told something, the last day first."""
    user = request.user
    casus = load_casus(request, code, part=PART)
    page = page_of(request, _told(casus))
    may_correct = reason_denied(user, casus, "correct_note") is None
    context = {
        **casus_frame(request, casus, "communication"),
        "page": page,
        # Without all of it nobody can tell who was not told.
        "informed": informed_of(casus, events_of(casus).filter(last_told(casus)))
        if sees(casus, ALL)
        else None,
        "not_shared": in_words(ALL - casus.seen),  # type: ignore[attr-defined]
        "lines": [_line(casus, one, may_correct) for one in page],
        "agreed": Procesafspraak.objects.filter(code=AGREED).first(),
        "may_tell": reason_denied(user, casus, "log_communication") is None,
    }
    return render(request, "escalation/dossier/communication_list.html", context)


def _told(casus: Casus) -> Any:
    """The log, as far as its lines are shared with the reader of `casus`; a line that was put right
    stays, with the line that did so."""
    lines = events_of(casus).select_related(None).order_by().values("pk")
    return casus.communications.filter(event__in=lines).select_related(
        "event__correction__communication", "event__corrects"
    )


def _line(casus: Casus, one: Communication, may_correct: bool) -> dict[str, Any]:
    correction = getattr(one.event, "correction", None)
    correct = reverse("communication_correct", args=[casus.code, one.pk])
    return {
        "title": capfirst(one.told),
        "on": one.on,
        "way": one.get_way_display(),
        "event": one.event,
        "correction": correction,
        "correct_url": correct if may_correct and correction is None else "",
    }


@get_or_post
def communication_add(request: AuthedRequest, code: str) -> HttpResponse:
    """One more line: who was told what."""
    user = request.user
    casus = load_casus(request, code, part=PART)
    require(request, casus, "log_communication")
    form = ToldForm(posted(request))
    if answer := perform(
        request,
        form,
        lambda: communication.log_communication(casus=casus, by=user, told=form.told),
        done="Het contact staat op de tijdlijn.",
        to=reverse("communication_list", args=[casus.code]),
    ):
        return answer
    context = {
        **casus_frame(request, casus, "", page="Leg vast wie u informeerde"),
        "title": "Leg vast wie u informeerde",
        "button": "Leg vast",
        "intro": "Dit komt ook op de tijdlijn. U kunt het daarna verbeteren, maar niet weghalen.",
        "back": reverse("communication_list", args=[casus.code]),
    }
    return show(request, "escalation/web/casus_form.html", context, form=form)


@get_or_post
def communication_correct(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """How it really was, or that it never was; the wrong line stays."""
    user = request.user
    casus = load_casus(request, code, part="correct")
    wrong = _told(casus).filter(pk=pk).first()
    if wrong is None:
        raise Http404("Deze regel bestaat niet.")
    require(request, casus, "correct_note")
    wrong.casus = casus
    form = CorrectToldForm(posted(request), communication=wrong)
    if answer := perform(
        request,
        form,
        lambda: communication.correct_communication(
            communication=wrong,
            by=user,
            reason=form.cleaned_data["reason"],
            told=form.told if form.happened_at_all else None,
        ),
        done="De verbetering staat op de tijdlijn.",
        to=reverse("communication_list", args=[casus.code]),
    ):
        return answer
    context = {
        **casus_frame(request, casus, "", page="Verbeter een regel"),
        "title": "Verbeter een regel",
        "button": "Zet op de tijdlijn",
        "intro": "De oude regel blijft staan, met daarbij dat zij verbeterd is.",
        "wrong": wrong.event,
        "back": reverse("communication_list", args=[casus.code]),
    }
    return show(request, "escalation/dossier/timeline_correct.html", context, form=form)
