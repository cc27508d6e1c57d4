"""How long casussen are kept: what is due, who decides, and what remains (O-10)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from audit import showing
from audit.models import Action
from directory.models import Procesafspraak, User
from directory.web import perform, show
from escalation.actions import retention as actions
from escalation.forms.retention import HoldForm, ProposeDestructionForm
from escalation.models import AccessRequest, Casus, Destruction
from escalation.oversight.page import frame_if_seen, load_overseen
from escalation.permissions import general_reason_denied
from escalation.permissions.keeping import TERM
from escalation.retention import kept_until, standing_of
from escalation.retention_lists import destructions_of, due_for, held_for, requests_for
from escalation.tombstone_paper import certificate
from escalation.web.forms import ConfirmOnceForm, ReasonForm
from escalation.web.load import NOT_FOUND, known
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
def retention_list(request: HttpRequest) -> HttpResponse:
    """What may go, what waits for the second person, what is kept longer, and what is gone."""
    user: User = request.user  # type: ignore[assignment]
    if reason := general_reason_denied(user, "list_retention"):
        raise PermissionDenied(reason)
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
    return render(request, "escalation/retention_list.html", context)


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
def tombstone_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The verklaring van vernietiging: that, when, by whom and why; never what it said."""
    user: User = request.user  # type: ignore[assignment]
    if reason := general_reason_denied(user, "list_retention"):
        raise PermissionDenied(reason)
    code = known(code)
    found = Destruction.objects.visible_to(user).filter(code=code)
    tombstone = found.select_related("gemeente__organisation", "registered_by").first()
    showing.about(
        request, "casus", code, part="certificate", action=Action.EXPORT, roles=user.roles
    )
    if tombstone is None:
        showing.refused(request, showing.NOT_VISIBLE)
        raise Http404(NOT_FOUND)
    return as_download(certificate(tombstone, user))


@require_http_methods(["GET", "POST"])
def destruction_propose(request: HttpRequest, code: str) -> HttpResponse:
    """The first of two people says that this casus may go."""
    user: User = request.user  # type: ignore[assignment]
    casus, seen = load_overseen(request, code, "propose_destruction", part="retention")
    form = ProposeDestructionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        answer = perform(
            request,
            form,
            lambda: actions.propose_destruction(
                casus=casus, by=user, ground=form.cleaned_data["ground"]
            ),
            done="Voorgesteld. De functionaris gegevensbescherming kijkt nu ook.",
            to=reverse("rights_detail", args=[casus.code]),
        )
        if answer:
            return answer
    standing = standing_of(casus)
    consequences = [
        f"De casus is gesloten. De termijn van {standing.years} jaar loopt tot en met "
        f"{long_date(standing.last_day) if standing.last_day else 'een dag na het sluiten'}.",
        "Alle teksten, bestanden, namen en e-mail bij deze code worden gewist.",
        "De code, de datums, wie besloot en op grond waarvan blijven bewaard.",
        "Een ingediende terugkoppeling blijft bewaard, zonder deze code.",
        "Er gebeurt niets totdat een tweede persoon akkoord geeft.",
    ]
    return _page(request, casus, form, seen, "Vernietiging voorstellen", "Stel voor", consequences)


@require_http_methods(["GET", "POST"])
def destruction_approve(request: HttpRequest, code: str) -> HttpResponse:
    """The second of two people, who is somebody else, agrees."""
    user: User = request.user  # type: ignore[assignment]
    casus, seen = load_overseen(request, code, "approve_destruction", part="retention")
    form = ConfirmOnceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        answer = perform(
            request,
            form,
            lambda: actions.approve_destruction(casus=casus, by=user),
            done="Akkoord. Het programma vernietigt de casus nu.",
            to=reverse("retention_list"),
        )
        if answer:
            return answer
    consequences = [
        "Het programma vernietigt de casus binnen enkele minuten. Dat kan niet terug.",
        "Moet de casus toch blijven? Kies dan voor langer bewaren. Dat gaat altijd voor.",
    ]
    if (found := standing_of(casus).destruction) is not None:
        day = long_date(clock.local_date(found.proposed_at))
        why = f"{found.proposed_by_name} stelde dit voor op {day}: {found.ground_words}."
        consequences.insert(0, why)
    return _page(
        request, casus, form, seen, "Akkoord met vernietigen", "Ik ben akkoord", consequences
    )


@require_http_methods(["GET", "POST"])
def hold_add(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the casus longer; this wins from any destruction that is not done yet."""
    user: User = request.user  # type: ignore[assignment]
    casus, seen = load_overseen(request, code, "keep_longer", part="retention")
    form = HoldForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        answer = perform(
            request,
            form,
            lambda: actions.keep_longer(
                casus=casus,
                by=user,
                reason=form.cleaned_data["reason"],
                until=form.cleaned_data["until"],
            ),
            done="De casus blijft bewaard.",
            to=reverse("rights_detail", args=[casus.code]),
        )
        if answer:
            return answer
    consequences = [
        "De casus wordt tot en met die dag niet vernietigd.",
        "Is vernietigen al voorgesteld of goedgekeurd? Dan gaat dat niet door.",
    ]
    return _page(request, casus, form, seen, "Langer bewaren", "Bewaar", consequences)


@require_http_methods(["GET", "POST"])
def hold_release(request: HttpRequest, code: str) -> HttpResponse:
    """The reason to keep it longer is gone."""
    user: User = request.user  # type: ignore[assignment]
    casus, seen = load_overseen(request, code, "release_hold", part="retention")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        answer = perform(
            request,
            form,
            lambda: actions.release_hold(casus=casus, by=user, reason=form.cleaned_data["reason"]),
            done="De gewone bewaartermijn geldt weer.",
            to=reverse("rights_detail", args=[casus.code]),
        )
        if answer:
            return answer
    consequences = ["De gewone bewaartermijn geldt weer. Er wordt nog niets vernietigd."]
    return _page(request, casus, form, seen, "Niet langer bewaren", "Leg vast", consequences)


def _page(
    request: HttpRequest,
    casus: Casus,
    form: Any,
    seen: bool,
    title: str,
    button: str,
    consequences: list[str],
) -> HttpResponse:
    context = {
        **frame_if_seen(request, casus, "", seen=seen, page=title),
        "title": title,
        "button": button,
        "consequences": consequences,
        "back": reverse("rights_detail", args=[casus.code]),
    }
    return show(request, "escalation/oversight/overseen_form.html", context, form=form)
