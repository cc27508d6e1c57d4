"""How long casussen are kept: what is due, who decides, and what remains (O-10)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit import showing
from audit.models import Action
from directory.models import Procesafspraak
from directory.web.signed_in import AuthedRequest
from escalation.keeping.rules import destructions_of, due_for, held_for, kept_until, requests_for
from escalation.keeping.tombstones.papers import certificate
from escalation.models import AccessRequest, Casus, Destruction
from escalation.permissions.circumstances import TERM
from escalation.web.load import NOT_FOUND, code_or_404, require_general
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.download import as_download
from rdm.lib.paging import CappedPaginator, page_of

DUE = ["Casus", "Gemeente", "Afgesloten op", "Bewaard tot en met"]
OPEN = ["Casus", "Gemeente", "Stand", "Voorgesteld door"]
HELD = ["Casus", "Gemeente", "Bewaren tot en met", "Besloten door"]
ASKED = ["Casus", "Gemeente", "Gevraagd op", "Antwoord uiterlijk"]
GONE = ["Casus", "Gemeente", "Vernietigd op", "Op grond van", "Verklaring"]


@require_safe
def retention_list(request: AuthedRequest) -> HttpResponse:
    """What may go, what waits for the second person, what is kept longer, and what is gone."""
    user = require_general(request, "list_retention")
    years = Procesafspraak.number_of(TERM)
    due = page_of(request, due_for(user, years))
    gone = CappedPaginator(destructions_of(user).tombstones()).get_page(request.GET.get("weg"))
    context = {
        "years": years,
        "page": due,
        "due_columns": DUE,
        "due_rows": [_due_row(casus, years) for casus in due],
        "open_columns": OPEN,
        "open_rows": [_open_row(one) for one in destructions_of(user).open()[:100]],
        "held_columns": HELD,
        "held_rows": [_held_row(one) for one in held_for(user)[:100]],
        "asked_columns": ASKED,
        "asked_rows": [_asked_row(one) for one in requests_for(user)[:100]],
        "gone_columns": GONE,
        "gone_rows": [_gone_row(one) for one in gone],
        "gone_page": gone,
    }
    return render(request, "escalation/keeping/retention_list.html", context)


def _casus_cell(code: str) -> dict[str, str]:
    return {"text": code, "url": reverse("rights_detail", args=[code])}


def _due_row(casus: Casus, years: int) -> list[Any]:
    days = [{"day": casus.closed_at}, {"day": kept_until(casus, years)}]
    return [_casus_cell(casus.code), str(casus.gemeente), *days]


def _open_row(one: Destruction) -> list[Any]:
    state = {"text": one.get_state_display(), "tone": "warning"}
    who = {"text": one.proposed_by_name, "sub": long_date(clock.local_date(one.proposed_at))}
    return [_casus_cell(one.code), str(one.gemeente), state, who]


def _held_row(hold: Any) -> list[Any]:
    casus = hold.casus
    return [_casus_cell(casus.code), str(casus.gemeente), {"day": hold.until}, hold.placed_by_name]


def _asked_row(asked: AccessRequest) -> list[Any]:
    casus = asked.casus
    days = [{"day": asked.received_on}, {"due": asked.due}]
    return [_casus_cell(casus.code), str(casus.gemeente), *days]


def _gone_row(one: Destruction) -> list[Any]:
    paper = {"text": "Verklaring (PDF)", "url": reverse("tombstone_pdf", args=[one.code])}
    return [one.code, str(one.gemeente), {"day": one.destroyed_at}, one.ground_words, paper]


@require_safe
def tombstone_pdf(request: AuthedRequest, code: str) -> HttpResponse:
    """The verklaring van vernietiging: that, when, by whom and why; never what it said."""
    user = require_general(request, "list_retention")
    code = code_or_404(code)
    found = Destruction.objects.visible_to(user).filter(code=code)
    tombstone = found.select_related("gemeente__organisation", "registered_by").first()
    showing.about(
        request, "casus", code, part="certificate", action=Action.EXPORT, roles=user.roles
    )
    if tombstone is None:
        showing.refused(request, showing.NOT_VISIBLE)
        raise Http404(NOT_FOUND)
    return as_download(certificate(tombstone, user))
