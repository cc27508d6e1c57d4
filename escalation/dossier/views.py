"""The dossier of one casus, on a page and on paper."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from audit.models import Action
from directory.models import User
from directory.web.signed_in import AuthedRequest
from escalation.attachments.rules import newest_of
from escalation.blocks import ALL, HIDDEN, ROWS, in_words, sees
from escalation.dossier.communication.rules import informed_of, last_told
from escalation.dossier.papers import process_overview
from escalation.dossier.rules import closing_denied, ways_on
from escalation.dossier.timeline.rules import as_brief_lines, events_of
from escalation.models import Casus, ClientSupport
from escalation.permissions import (
    current_involvements,
    may,
    may_now,
    open_admission,
    pending_transfer,
    reason_denied,
)
from escalation.permissions.table import OPEN_OVERLEG
from escalation.reading.advice import advice_for
from escalation.reading.answers import answers_of
from escalation.reading.ladder import Route
from escalation.reading.lead_times import process_of
from escalation.reading.left_behind import left_behind
from escalation.reading.next_step import next_step
from escalation.reading.progress import Facts, facts_of
from escalation.web.frame import button, casus_frame
from escalation.web.load import keep_domains, load_casus
from escalation.workflow import CasusStatus
from rdm.lib.download import as_download


@require_safe
def casus_pdf(request: AuthedRequest, code: str) -> HttpResponse:
    """The process overview as an accessible PDF; with a voordracht this is its dossier (O-04)."""
    user = request.user
    casus = load_casus(request, code, part="process", action=Action.EXPORT)
    if casus.is_draft:
        return redirect("casus_resume", casus.code)
    return as_download(process_overview(facts_of(casus), user))


LATEST = 4


@require_safe
def casus_detail(request: AuthedRequest, code: str) -> HttpResponse:
    """The dossier: what is next and whose turn, the route, the answers and who is involved."""
    user = request.user
    casus = load_casus(request, code, part="dossier")
    if casus.is_draft:
        return redirect("casus_resume", casus.code)
    facts = facts_of(casus)
    keep_domains(casus, facts.region.domains)
    upcoming = next_step(user, facts)
    actions = [one for one in _actions(user, facts) if one["url"] != upcoming.url]
    shows_route = sees(casus, ROWS["RouteStep"])
    process = process_of(facts)
    is_active = casus.status == CasusStatus.ACTIVE and casus.restricted_at is None
    shared = casus.known_involvements  # type: ignore[attr-defined]
    latest = events_of(casus).values("pk")[:LATEST]
    events = list(events_of(casus).filter(Q(pk__in=latest) | last_told(casus)))
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
        "hidden_words": HIDDEN,
        "may_copy": reason_denied(user, casus, "copy") is None,
        "may_edit": reason_denied(user, casus, "edit") is None,
        "attachments": newest_of(casus, user),
        "may_attach": reason_denied(user, casus, "add_attachment") is None,
        "shared": [one for one in shared if one.is_current],
        "shared_before": [one for one in shared if not one.is_current],
        "may_change_shared": reason_denied(user, casus, "change_involvement") is None,
        **_responsibility(user, casus),
        "may_stop": (may_stop := reason_denied(user, casus, "end_involvement") is None),
        "left_behind": left_behind(casus) if may_stop else [],
        "may_involve": reason_denied(user, casus, "involve") is None,
        "may_reference": reason_denied(user, casus, "note_reference") is None,
        "may_note": reason_denied(user, casus, "add_note") is None,
        "may_support": reason_denied(user, casus, "offer_client_support") is None,
        "support_open": casus.client_support == ClientSupport.NOT_OFFERED and not casus.is_closed,
        "support_offered_by": _carriers(casus),
        # Without all of it nobody can tell who was not told.
        "informed": informed_of(casus, events) if sees(casus, ALL) else None,
        "may_tell": reason_denied(user, casus, "log_communication") is None,
        "events": as_brief_lines(events[:LATEST]),
    }
    return render(request, "escalation/dossier/casus_detail.html", context)


def _responsibility(user: User, casus: Casus) -> dict[str, Any]:
    """Who carries the casus, and what this person may change about that (E-122, E-123)."""
    admission = open_admission(casus)
    near = {casus.gemeente_id, casus.carried_by_id}
    near |= {one.organisation_id for one in current_involvements(casus)}
    return {
        "admission": admission,
        # It carries the responsibility, and that gives no right to read (E-123).
        "admission_unseen": admission is not None and admission.organisation_id not in near,
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
    if casus.carried_by_id == casus.gemeente_id:
        return gemeente
    return f"{casus.carried_by} of {gemeente}"


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
        more = {"denied": closing_denied(facts)} if action == "close" else {}
        buttons += button(user, casus, action, label, url, tone="secondary", **more)
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
