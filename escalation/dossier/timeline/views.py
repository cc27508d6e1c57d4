"""The timeline of a casus: to read, to print, to write on and to put right."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.models import Action
from audit.performing import get_or_post, perform, posted
from directory.web.signed_in import AuthedRequest
from escalation.blocks import ALL, in_words
from escalation.dossier.timeline import actions as timeline
from escalation.dossier.timeline.filters import TimelineFilter
from escalation.dossier.timeline.forms import CorrectNoteForm, NoteForm
from escalation.dossier.timeline.rules import as_lines, can_be_corrected, events_of
from escalation.models import Casus, Event
from escalation.web.form_page import form_page
from escalation.web.frame import casus_frame
from escalation.web.load import load_casus, load_to, require
from rdm.lib.paging import CAP, PER_PAGE, CappedPaginator

PRINT = "afdrukken"


@require_safe
def casus_timeline(request: AuthedRequest, code: str) -> HttpResponse:
    """Everything that happened, newest first; to print all of it on one page."""
    printing = request.GET.get("weergave") == PRINT
    action = Action.PRINT if printing else Action.READ
    dossier = load_casus(request, code, part="timeline", action=action)
    casus = dossier.casus
    found = TimelineFilter(request.GET, lines=events_of(casus, dossier.seen))
    paginator = CappedPaginator(found.qs, CAP if printing else PER_PAGE)
    page = paginator.get_page(None if printing else request.GET.get("page"))
    context = {
        **casus_frame(dossier, "timeline"),
        "form": found.form,
        "active": found.active,
        "page": page,
        "count": paginator.count_words("regel", "regels"),
        "one": paginator.found == 1,
        "events": _with_links(casus, page, dossier.allows("correct_note")),
        "printing": printing,
        "print_query": _query(request, weergave=PRINT),
        "back_query": _query(request, weergave=None),
        "capped": paginator.is_capped,
        "not_shared": in_words(ALL - dossier.seen),
        "may_note": dossier.allows("add_note"),
        "may_tell": dossier.allows("log_communication"),
    }
    return render(request, "escalation/dossier/timeline/casus_timeline.html", context)


def _query(request: AuthedRequest, **changed: str | None) -> str:
    """The parameters of this page with some of them changed; never the number of the page."""
    query = request.GET.copy()
    for name, value in {**changed, "page": None}.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return query.urlencode()


def _with_links(casus: Casus, page: Page[Event], may_correct: bool) -> list[dict[str, Any]]:
    lines = as_lines(page)
    for line, event in zip(lines, page, strict=True):
        if may_correct and can_be_corrected(event):
            line["correct_url"] = correct_url(casus, event)
    return lines


def correct_url(casus: Casus, event: Event) -> str:
    """Where a line that somebody wrote is put right; nowhere when it says that nothing was told."""
    if hasattr(event, "communication"):
        return reverse("communication_correct", args=[casus.code, event.communication.pk])
    return reverse("casus_note_correct", args=[casus.code, event.pk])


@get_or_post
def casus_note_correct(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """A better note beside the wrong one."""
    dossier = load_casus(request, code, part="correct")
    casus = dossier.casus
    event = events_of(casus, dossier.seen).filter(pk=pk, communication=None).first()
    if event is None:
        raise Http404("Deze regel bestaat niet.")
    require(request, dossier, "correct_note")
    event.casus = casus
    form = CorrectNoteForm(posted(request), initial={"text": event.text})
    if answer := perform(
        request,
        form,
        lambda: timeline.correct_note(event=event, by=request.user, text=form.cleaned_data["text"]),
        done="De verbeterde notitie staat op de tijdlijn.",
        to=reverse("casus_timeline", args=[casus.code]),
    ):
        return answer
    return form_page(
        request,
        dossier,
        form,
        "Verbeter een notitie",
        "Zet op de tijdlijn",
        back=reverse("casus_timeline", args=[casus.code]),
        template="escalation/dossier/timeline/timeline_correct.html",
        intro="De oude notitie blijft staan, met daarbij dat zij verbeterd is.",
        wrong=event,
    )


@get_or_post
def casus_note(request: AuthedRequest, code: str) -> HttpResponse:
    """A line on the timeline."""
    dossier = load_to(request, code, "add_note", part="note")
    casus = dossier.casus
    form = NoteForm(posted(request), seen=dossier.seen)
    if answer := perform(
        request,
        form,
        lambda: timeline.add_note(
            casus=casus,
            by=request.user,
            text=form.cleaned_data["text"],
            about=form.cleaned_data.get("about", ()),
        ),
        done="De notitie staat op de tijdlijn.",
        to=reverse("casus_timeline", args=[casus.code]),
    ):
        return answer
    return form_page(
        request,
        dossier,
        form,
        "Voeg een notitie toe",
        "Zet op de tijdlijn",
        intro="Een notitie komt op de tijdlijn. U kunt haar daarna niet meer wijzigen.",
    )
