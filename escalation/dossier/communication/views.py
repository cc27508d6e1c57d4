"""Who was told what about a casus: the log of it, a new line, and putting one right (E-129)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from audit.performing import get_or_post, perform, posted
from directory.models import Procesafspraak
from directory.web.signed_in import AuthedRequest
from escalation.blocks import ALL, in_words
from escalation.dossier.communication import actions as communication
from escalation.dossier.communication.forms import CorrectToldForm, ToldForm
from escalation.dossier.communication.rules import informed_of, last_told
from escalation.dossier.timeline.rules import events_of
from escalation.models import Casus, Communication
from escalation.web.form_page import form_page
from escalation.web.frame import casus_frame
from escalation.web.load import Dossier, load_casus, load_to, require
from rdm.lib.paging import page_of

PART = "communication"
AGREED = "communicatie_betrokkenen"


@require_safe
def communication_list(request: AuthedRequest, code: str) -> HttpResponse:
    """Everybody who was told something, the last day first."""
    dossier = load_casus(request, code, part=PART)
    casus = dossier.casus
    page = page_of(request, _told(dossier))
    may_correct = dossier.allows("correct_note")
    context = {
        **casus_frame(dossier, "communication"),
        "page": page,
        # Without all of it nobody can tell who was not told.
        "informed": informed_of(casus, events_of(casus, dossier.seen).filter(last_told(casus)))
        if dossier.sees(ALL)
        else None,
        "not_shared": in_words(ALL - dossier.seen),
        "lines": [_line(casus, one, may_correct) for one in page],
        "agreed": Procesafspraak.objects.filter(code=AGREED).first(),
        "may_tell": dossier.allows("log_communication"),
    }
    return render(request, "escalation/dossier/communication/communication_list.html", context)


def _told(dossier: Dossier) -> Any:
    """The log, as far as its lines are shared with the reader; a line that was put right stays,
    with the line that did so."""
    lines = events_of(dossier.casus, dossier.seen).select_related(None).order_by().values("pk")
    return dossier.casus.communications.filter(event__in=lines).select_related(
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
    dossier = load_to(request, code, "log_communication", part=PART)
    casus = dossier.casus
    form = ToldForm(posted(request))
    if answer := perform(
        request,
        form,
        lambda: communication.log_communication(casus=casus, by=request.user, told=form.told),
        done="Het contact staat op de tijdlijn.",
        to=reverse("communication_list", args=[casus.code]),
    ):
        return answer
    return form_page(
        request,
        dossier,
        form,
        "Leg vast wie u informeerde",
        "Leg vast",
        back=reverse("communication_list", args=[casus.code]),
        intro="Dit komt ook op de tijdlijn. U kunt het daarna verbeteren, maar niet weghalen.",
    )


@get_or_post
def communication_correct(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """How it really was, or that it never was; the wrong line stays."""
    dossier = load_casus(request, code, part="correct")
    casus = dossier.casus
    wrong = _told(dossier).filter(pk=pk).first()
    if wrong is None:
        raise Http404("Deze regel bestaat niet.")
    require(request, dossier, "correct_note")
    wrong.casus = casus
    form = CorrectToldForm(posted(request), communication=wrong)
    if answer := perform(
        request,
        form,
        lambda: communication.correct_communication(
            communication=wrong,
            by=request.user,
            reason=form.cleaned_data["reason"],
            told=form.told if form.happened_at_all else None,
        ),
        done="De verbetering staat op de tijdlijn.",
        to=reverse("communication_list", args=[casus.code]),
    ):
        return answer
    return form_page(
        request,
        dossier,
        form,
        "Verbeter een regel",
        "Zet op de tijdlijn",
        back=reverse("communication_list", args=[casus.code]),
        template="escalation/dossier/timeline/timeline_correct.html",
        intro="De oude regel blijft staan, met daarbij dat zij verbeterd is.",
        wrong=wrong.event,
    )
