"""The list of casussen and the pages of one casus: the dossier and its timeline."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from audit import log, showing
from directory.models import User
from escalation.advice import advice_for
from escalation.answers import answers_of
from escalation.attachments import newest_of
from escalation.blocks import ALL, ROWS, in_words, sees
from escalation.facts import Facts, facts_of
from escalation.filters import CappedPaginator, CasusFilter, casussen_for_list, tredes_of
from escalation.models import Casus, ClientSupport, Event
from escalation.models.casus import EventQuerySet
from escalation.next_step import next_step
from escalation.permissions import (
    OPEN_OVERLEG,
    general_reason_denied,
    may,
    may_now,
    open_admission,
    pending_transfer,
    reason_denied,
)
from escalation.process import process_of
from escalation.treden import Route
from escalation.views.frame import TONES, button, casus_frame
from escalation.views.load import load_casus
from escalation.ways_on import ways_on
from escalation.work import who_is_next
from escalation.workflow import NEXT, CasusStatus
from rdm.templatetags.ui import when

LATEST = 4
# What changes the course of a casus; shown heavier on the timeline.
DECISIONS = {
    "registered",
    "submitted",
    "accepted",
    "returned",
    "held",
    "step_closed",
    "returned_to_region",
    "transferred",
    "admitted",
    "discharged",
    "overleg_stopped",
    "nominated",
    "answered",
    "closed",
    "reopened",
}


@require_safe
def casus_list(request: HttpRequest) -> HttpResponse:
    """What this person may see, newest first. A search is logged, what was searched for is not."""
    user: User = request.user  # type: ignore[assignment]
    if reason := general_reason_denied(user, "list_casussen"):
        raise PermissionDenied(reason)
    found = CasusFilter(request.GET, casussen_for_list(user), user=user)
    if found.active:
        log.record(
            actor=user,
            action="search",
            object_type="casus",
            part="list",
            organisation=user.acting_for,
        )
    paginator = CappedPaginator(found.qs)
    if found.names_a_code and not paginator.found:
        # Looking for a casus of somebody else leaves a trace (escalation.watching).
        log.record(
            actor=user,
            action="refuse",
            object_type="casus",
            part="list",
            outcome=showing.NOT_VISIBLE,
            role=", ".join(sorted(user.roles)),
            organisation=user.acting_for,
        )
    page = paginator.get_page(request.GET.get("page"))
    tredes = tredes_of(page)
    context = {
        "form": found.form,
        "active": found.active,
        "page": page,
        "columns": ["Casus", "Gemeente", "Status", "Trede", "Aan zet", "Uiterlijk", "Gewijzigd"],
        "rows": [_row(casus, tredes) for casus in page],
        "count": paginator.count_words,
        "noun": "casus" if paginator.found == 1 else "casussen",
        "capped": paginator.is_capped,
        "may_start": general_reason_denied(user, "start_casus") is None,
    }
    return render(request, "escalation/casus_list.html", context)


def _row(casus: Casus, tredes: dict[int, int | None]) -> list[Any]:
    name = "casus_resume" if casus.is_draft else "casus_detail"
    reference = next((one.reference for one in casus.my_references), "")  # type: ignore[attr-defined]
    return [
        {
            "text": format_html('<span class="rdm-code">{}</span>', casus.code),
            "url": reverse(name, args=[casus.code]),
            "sub": reference,
        },
        str(casus.gemeente or "nog niet gekozen"),
        {
            "text": capfirst(casus.get_status_display()),
            "tone": TONES.get(casus.status, "info"),
        },
        _trede(casus, tredes.get(casus.pk)),
        who_is_next(casus) or "niemand",
        {"due": casus.due} if casus.due else "geen termijn",
        {"text": when(casus.updated_at, "short")},
    ]


def _trede(casus: Casus, of_last_step: int | None) -> str:
    if casus.status == CasusStatus.ACTIVE:
        return str(of_last_step or 0)
    upcoming = NEXT[casus.status].trede
    return str(upcoming) if upcoming is not None else "–"


@require_safe
def casus_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The dossier: what is next and whose turn, the route, the answers and who is involved."""
    user: User = request.user  # type: ignore[assignment]
    casus = load_casus(request, code, part="dossier")
    if casus.is_draft:
        return redirect("casus_resume", casus.code)
    facts = facts_of(casus)
    # Both the answers and the advice ask for these.
    prefetch_related_objects([casus], "domains")
    upcoming = next_step(user, facts)
    actions = [one for one in _actions(user, facts) if one["url"] != upcoming.url]
    shows_route = sees(casus, ROWS["RouteStep"])
    process = process_of(facts)
    is_active = casus.status == CasusStatus.ACTIVE
    shared = casus.known_involvements  # type: ignore[attr-defined]
    context = {
        **casus_frame(request, casus, "overview", facts=facts, actions=actions),
        "next": upcoming,
        "shows_route": shows_route,
        "process": process,
        "route": process.route,
        "open_ends": _open_ends(process.route),
        "gate": facts.gate if is_active and facts.steps else None,
        "allowed": ways_on(facts),
        # The advice tells of the care and the safety that it was made from.
        "advice": advice_for(facts) if is_active and sees(casus, ALL) else None,
        "not_shared": in_words(ALL - casus.seen),  # type: ignore[attr-defined]
        # Of the own organisation only, and of no other (O-08).
        "sections": answers_of(casus, casus.known_reference or "", facts.region),  # type: ignore[attr-defined]
        "may_copy": reason_denied(user, casus, "copy") is None,
        "may_edit": reason_denied(user, casus, "edit") is None,
        "attachments": newest_of(casus, user),
        "may_attach": reason_denied(user, casus, "add_attachment") is None,
        "shared": [one for one in shared if one.is_current],
        "shared_before": [one for one in shared if not one.is_current],
        "may_change_shared": reason_denied(user, casus, "change_involvement") is None,
        **_responsibility(user, casus),
        "may_stop": reason_denied(user, casus, "end_involvement") is None,
        "may_involve": reason_denied(user, casus, "involve") is None,
        "may_note": reason_denied(user, casus, "add_note") is None,
        "may_support": reason_denied(user, casus, "offer_client_support") is None,
        "support_open": casus.client_support == ClientSupport.NOT_OFFERED and not casus.is_closed,
        "support_offered_by": _carriers(casus),
        "events": [as_line(event) for event in events_for_reader(casus)[:LATEST]],
    }
    return render(request, "escalation/casus_detail.html", context)


def events_for_reader(casus: Casus) -> EventQuerySet:
    """The timeline, as far as it is shared with the reader for whom `casus` was loaded."""
    return Event.objects.filter(casus=casus).about(casus.seen)  # type: ignore[attr-defined]


def _responsibility(user: User, casus: Casus) -> dict[str, Any]:
    """Who carries the casus, and what this person may change about that (E-122, E-123)."""
    return {
        "admission": open_admission(casus),
        "admitted_before": casus.admissions.exclude(until=None).select_related("organisation")
        if sees(casus, ROWS["Admission"])
        else (),
        "may_admit": reason_denied(user, casus, "record_admission") is None,
        "may_discharge": reason_denied(user, casus, "end_admission") is None,
        "transfer": pending_transfer(casus),
        "may_withdraw_transfer": reason_denied(user, casus, "withdraw_transfer") is None,
        "may_transfer": may(user, casus, "propose_transfer") is None and not casus.is_closed,
        "transfer_denied": may_now(casus, "propose_transfer"),
    }


def _open_ends(route: Route) -> str:
    return f"Zonder uitkomst: {route.open_ends}" if route.open_ends else ""


def _carriers(casus: Casus) -> str:
    """Who may do this to the casus, by name: the gemeente, and who registered it."""
    gemeente = f"de gemeente {casus.gemeente}"
    if casus.registered_by_id == casus.gemeente_id:
        return gemeente
    return f"{casus.registered_by} of {gemeente}"


def _actions(user: User, facts: Facts) -> list[dict[str, Any]]:
    """The buttons in the bar. What belongs to a part of the page stands in that part."""
    casus = facts.casus
    found = [
        ("add_step", "Voeg een tafel toe", "step_add"),
        ("submit", "Meld aan voor trede 3", "casus_submit"),
        ("close", "Sluit de casus af", "casus_close"),
    ]
    if casus.status in (CasusStatus.SUBMITTED, CasusStatus.INCOMPLETE):
        found = [("withdraw", "Trek de aanmelding in", "casus_withdraw")]
    elif casus.status == CasusStatus.DISCARDED:
        found = []
    elif casus.status == CasusStatus.CLOSED:
        found = [("reopen", "Heropen de casus", "casus_reopen")]
    elif casus.status in OPEN_OVERLEG:
        found = [("stop_overleg", "Stop met het overleg", "overleg_stop")]
    elif casus.status != CasusStatus.ACTIVE:
        found = [("close", "Sluit de casus af", "casus_close")]
    buttons = []
    for action, label, name in found:
        url = reverse(name, args=[casus.code])
        buttons += button(user, casus, action, label, url, tone="secondary")
    return buttons + _report_back(user, facts)


def _report_back(user: User, facts: Facts) -> list[dict[str, Any]]:
    """To the terugkoppeling, which belongs to the app above this one: known by name only."""
    overleg = facts.overleg
    if overleg is None or overleg.held_on is None or may(user, facts.casus, "report_back"):
        return []
    try:
        url = reverse("terugkoppeling_write", args=[facts.casus.code, overleg.pk])
    except NoReverseMatch:
        return []
    return [{"label": "Naar de terugkoppeling", "url": url, "tone": "secondary"}]


def as_line(event: Event) -> dict[str, Any]:
    """An event for the component `timeline.html`."""
    return {
        "title": event.title,
        "who": event.actor_name,
        "organisation": event.actor_organisation,
        "when": event.at,
        "text": event.text,
        "kind": "decision" if event.kind in DECISIONS else "",
    }


@require_safe
def casus_timeline(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that happened, newest first."""
    user: User = request.user  # type: ignore[assignment]
    casus = load_casus(request, code, part="timeline")
    page = CappedPaginator(events_for_reader(casus)).get_page(request.GET.get("page"))
    context = {
        **casus_frame(request, casus, "timeline"),
        "page": page,
        "events": [as_line(event) for event in page],
        "not_shared": in_words(ALL - casus.seen),  # type: ignore[attr-defined]
        "may_note": reason_denied(user, casus, "add_note") is None,
    }
    return render(request, "escalation/casus_timeline.html", context)
