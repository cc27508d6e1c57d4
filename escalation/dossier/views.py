"""The dossier of one casus, on a page and on paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from audit.models import Action
from directory.web.signed_in import AuthedRequest
from escalation.attachments.rules import newest_of
from escalation.blocks import ALL, HIDDEN, ROWS, in_words
from escalation.dossier.communication.rules import informed_of, last_told
from escalation.dossier.papers import process_overview
from escalation.dossier.rules import closing_denied, ways_on
from escalation.dossier.timeline.rules import as_brief_lines, events_of
from escalation.models import Admission, Casus, ClientSupport, Transfer
from escalation.permissions import ACTIONS
from escalation.reading.advice import advice_for
from escalation.reading.answers import answers_of
from escalation.reading.ladder import Route
from escalation.reading.lead_times import process_of
from escalation.reading.left_behind import left_behind_in
from escalation.reading.next_step import next_step
from escalation.reading.progress import Progress, progress_of
from escalation.web.frame import Button, Extra, button, casus_frame
from escalation.web.load import Dossier, keep_domains, load_casus
from escalation.workflow import CasusStatus
from rdm.lib.download import as_download


@require_safe
def casus_pdf(request: AuthedRequest, code: str) -> HttpResponse:
    """The process overview as an accessible PDF; with a voordracht this is its dossier (O-04)."""
    dossier = load_casus(request, code, part="process", action=Action.EXPORT)
    casus = dossier.casus
    if casus.is_draft:
        return redirect("casus_resume", casus.code)
    return as_download(process_overview(dossier, progress_of(casus, dossier.seen)))


LATEST = 4


@require_safe
def casus_detail(request: AuthedRequest, code: str) -> HttpResponse:
    """The dossier: what is next and whose turn, the route, the answers and who is involved."""
    dossier = load_casus(request, code, part="dossier")
    casus, sees_all = dossier.casus, dossier.sees(ALL)
    if casus.is_draft:
        return redirect("casus_resume", casus.code)
    progress = progress_of(casus, dossier.seen)
    keep_domains(dossier, progress.region.domains)
    upcoming = next_step(dossier, progress)
    actions = [one for one in _actions(dossier, progress) if one["url"] != upcoming.url]
    process = process_of(progress)
    is_active = casus.status == CasusStatus.ACTIVE and casus.restricted_at is None
    shared, lines = dossier.involvements, events_of(casus, dossier.seen)
    latest = lines.values("pk")[:LATEST]
    events = list(lines.filter(Q(pk__in=latest) | last_told(casus)))
    context = {
        **casus_frame(dossier, "overview", progress=progress, actions=actions),
        "next": upcoming,
        "shows_route": dossier.sees(ROWS["RouteStep"]),
        "process": process,
        "route": process.route,
        "open_ends": _open_ends(process.route),
        "gate": progress.gate if is_active and progress.steps else None,
        "allowed": ways_on(dossier, progress),
        # The advice tells of the care and the safety that it was made from.
        "advice": advice_for(progress) if is_active and sees_all else None,
        "not_shared": in_words(ALL - dossier.seen),
        # Of the own organisation only, and of no other (O-08).
        "reference": dossier.reference,
        "sections": answers_of(casus, dossier.reference, progress.region),
        "hidden_words": HIDDEN,
        "may_copy": dossier.allows("copy"),
        "may_edit": dossier.allows("edit"),
        "attachments": newest_of(casus, request.user),
        "may_attach": dossier.allows("add_attachment"),
        "shared": [one for one in shared if one.is_current],
        "shared_before": [one for one in shared if not one.is_current],
        "may_change_shared": dossier.allows("change_involvement"),
        **_responsibility(dossier),
        "may_stop": (may_stop := dossier.allows("end_involvement")),
        "left_behind": left_behind_in(casus, shared, dossier.own) if may_stop else [],
        "may_involve": dossier.allows("involve"),
        "may_reference": dossier.allows("note_reference"),
        "may_note": dossier.allows("add_note"),
        "may_support": dossier.allows("offer_client_support"),
        "support_open": casus.client_support == ClientSupport.NOT_OFFERED and not casus.is_closed,
        "support_offered_by": _carriers(casus),
        # Without all of it nobody can tell who was not told.
        "informed": informed_of(casus, events) if sees_all else None,
        "may_tell": dossier.allows("log_communication"),
        "events": as_brief_lines(events[:LATEST]),
    }
    return render(request, "escalation/dossier/casus_detail.html", context)


class Responsibility(TypedDict):
    """Who carries the casus, and what this person may change about that (E-122, E-123)."""

    admission: Admission | None
    admission_unseen: bool
    admitted_before: Iterable[Admission]
    may_admit: bool
    may_discharge: bool
    transfer: Transfer | None
    may_withdraw_transfer: bool
    may_transfer: bool
    transfer_denied: str | None


def _responsibility(dossier: Dossier) -> Responsibility:
    casus, admission = dossier.casus, dossier.now.admission
    near = {casus.gemeente_id, casus.carried_by_id}
    near |= {one.organisation_id for one in dossier.now.shared}
    return {
        "admission": admission,
        # It carries the responsibility, and that gives no right to read (E-123).
        "admission_unseen": admission is not None and admission.organisation_id not in near,
        "admitted_before": casus.admissions.exclude(until=None).select_related("organisation")
        if dossier.sees(ROWS["Admission"])
        else (),
        "may_admit": dossier.allows("record_admission"),
        "may_discharge": dossier.allows("end_admission"),
        "transfer": dossier.now.transfer,
        "may_withdraw_transfer": dossier.allows("withdraw_transfer"),
        "may_transfer": dossier.may("propose_transfer") is None and not casus.is_closed,
        "transfer_denied": dossier.may_now("propose_transfer"),
    }


def _open_ends(route: Route) -> str:
    return f"Zonder uitkomst: {route.open_ends}" if route.open_ends else ""


def _carriers(casus: Casus) -> str:
    """Who may do this to the casus, by name: the gemeente, and who registered it."""
    gemeente = f"de gemeente {casus.gemeente}"
    if casus.carried_by_id == casus.gemeente_id:
        return gemeente
    return f"{casus.carried_by} of {gemeente}"


# Of the bar: action, button and the name of its page. Those that the status allows are shown.
CLOSE = ("close", "Sluit de casus af", "casus_close")
BAR = (
    ("add_step", "Voeg een tafel toe", "step_add"),
    ("submit", "Meld aan voor trede 3", "casus_submit"),
    ("withdraw", "Trek de aanmelding in", "casus_withdraw"),
    ("stop_overleg", "Stop met het overleg", "overleg_stop"),
    ("reopen", "Heropen de casus", "casus_reopen"),
    CLOSE,
)


def _actions(dossier: Dossier, progress: Progress) -> list[Button]:
    """The buttons in the bar. What belongs to a part of the page stands in that part."""
    casus = progress.casus
    found = [row for row in BAR if casus.status in ACTIONS[row[0]].when.statuses]
    if not found and casus.status != CasusStatus.DISCARDED:
        # It says why not.
        found = [CLOSE]
    buttons: list[Button] = []
    for action, label, name in found:
        more: Extra = {"tone": "secondary"}
        if action == "close":
            more["denied"] = closing_denied(dossier, progress)
        buttons += button(dossier, action, label, reverse(name, args=[casus.code]), **more)
    return buttons + _report_back(dossier, progress)


def _report_back(dossier: Dossier, progress: Progress) -> list[Button]:
    """To the terugkoppeling, which belongs to the app above this one: known by name only."""
    overleg = progress.overleg
    if overleg is None or overleg.held_on is None:
        return []
    try:
        url = reverse("terugkoppeling_write", args=[progress.casus.code, overleg.pk])
    except NoReverseMatch:
        return []
    return button(dossier, "report_back", "Naar de terugkoppeling", url, tone="secondary")
