"""Signalen: left by anybody, and read by the region (E-175, E-176)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from audit.performing import explain_with, get_or_post, perform, show
from directory.models import Signaal, SignaalStatus, Tafel, Theme, User
from directory.permissions import reason_denied
from directory.signalen import actions, rules
from directory.signalen.forms import SignaalFilter, SignaalForm
from directory.signalen.page import ADDRESSES, TONES, explain, frame, load, require
from directory.signalen.permissions import reason_denied_step
from directory.signalen.workflow import NEXT, PASSED_ON, SIGNAAL_FLOW, THEMAGROEP
from directory.web.signed_in import AuthedRequest
from rdm.lib import clock
from rdm.lib.caching import shared
from rdm.lib.paging import page_of

COLUMNS = [
    "Signaal",
    "Gaat over",
    "Thema",
    {"label": "Wacht al", "numeric": True},
    "Status",
]


# --- For everybody --------------------------------------------------------------------------------


@login_not_required
@get_or_post
def signaal_new(request: HttpRequest) -> HttpResponse:
    """Leave a signaal; `?tafel=` says about which tafel, when it was opened there."""
    form = SignaalForm(request.POST or None, initial={"tafel": request.GET.get("tafel", "")})
    if request.method == "POST" and form.is_valid() and form.allow(request, "signaal"):
        left: list[Signaal] = []
        explain_with(request, lambda overrides: explain(left[0], overrides))
        values = {
            name: form.cleaned_data[name] for name in ("text", "tafel", "sender_kind", "email")
        }
        if answer := perform(
            request,
            form,
            lambda: left.append(actions.leave(**values)),
            done="Uw signaal is verstuurd.",
            to=reverse("signaal_thanks"),
        ):
            return answer
    context = {"crumbs": [("Overlegtafels", reverse("tafel_list"))]}
    return show(request, "directory/signalen/signaal_new.html", context, form=form)


@login_not_required
@require_safe
@shared
def signaal_thanks(request: HttpRequest) -> HttpResponse:
    """What happens next with what somebody left."""
    return render(request, "directory/signalen/signaal_thanks.html")


# --- For the region -------------------------------------------------------------------------------


@require_safe
def signaal_list(request: AuthedRequest) -> HttpResponse:
    """What waits for an answer, the oldest first; with the filter everything there ever was."""
    user = require(request, "view_signalen")
    form = SignaalFilter(
        request.GET,
        tafels=Tafel.objects.values_list("slug", "name"),
        themes=Theme.objects.values_list("code", "label"),
        years=_years(),
    )
    form.is_valid()
    page = page_of(request, form.narrow(Signaal.objects.select_related("tafel", "theme")))
    context = {
        "form": form,
        "active": form.active,
        "page": page,
        "count": page.paginator.count_words("signaal", "signalen"),  # type: ignore[attr-defined]
        "columns": COLUMNS,
        "rows": [_row(one) for one in page],
        "may_handle": reason_denied(user, "handle_signaal") is None,
    }
    return show(request, "directory/signalen/signaal_list.html", context)


def _years() -> list[int]:
    """From the first signaal until now, the newest first."""
    first = Signaal.objects.aggregate(first=Min("left_at"))["first"]
    this_year = clock.today().year
    return list(range(this_year, (clock.local_date(first).year if first else this_year) - 1, -1))


def _row(one: Signaal) -> list[Any]:
    done = one.status == SignaalStatus.DONE
    age = rules.age(one)
    return [
        {
            "text": Truncator(" ".join(one.text.split())).chars(120),
            "url": reverse("signaal_detail", args=[one.pk]),
        },
        {"text": rules.subject_of(one)},
        {"text": one.theme.label if one.theme else "nog geen thema"},
        {"text": f"klaar na {age}" if done else age, "numeric": True},
        {"text": one.get_status_display(), "tone": TONES[one.status]},
    ]


@require_safe
def signaal_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    """One signaal: what is next, what was done with it, and what this person can do."""
    user = require(request, "view_signalen")
    signaal = load(pk)
    upcoming = NEXT[signaal.status]
    may_handle = reason_denied(user, "handle_signaal") is None
    context = {
        **frame(signaal),
        "facts": _facts(signaal),
        "next": upcoming,
        "is_done": signaal.status == SignaalStatus.DONE,
        "mine": may_handle and upcoming.whose == THEMAGROEP,
        "next_text": _next_text(signaal, may_handle=may_handle),
        "buttons": _buttons(user, signaal),
        "events": _events(signaal),
    }
    return show(request, "directory/signalen/signaal_detail.html", context)


def _next_text(signaal: Signaal, *, may_handle: bool) -> str:
    if may_handle and signaal.status in PASSED_ON:
        return "Leg vast wat er is besproken, of geef antwoord."
    return ""


def _facts(signaal: Signaal) -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = [
        ("Gaat over", rules.subject_of(signaal)),
        ("Thema", signaal.theme.label if signaal.theme else "nog geen thema"),
        ("Namens", signaal.sender_kind.label if signaal.sender_kind else ""),
    ]
    if signaal.status != SignaalStatus.DONE:
        rows.append(("Wacht al", rules.age(signaal)))
        wanted = "ja, per e-mail" if signaal.email else "nee, er is geen e-mailadres"
        rows.append(("Wil antwoord", wanted))
    return rows


def _buttons(user: User, signaal: Signaal) -> list[dict[str, Any]]:
    """What can be done now; the first is what most often comes next."""
    if reason_denied(user, "handle_signaal"):
        return []
    buttons = [
        {
            "label": step.label,
            "url": reverse("signaal_move", args=[signaal.pk, ADDRESSES[name]]),
            "tone": "secondary",
        }
        for name, step in SIGNAAL_FLOW.transitions.items()
        if reason_denied_step(user, signaal, name) is None
    ]
    if signaal.status != SignaalStatus.DONE:
        buttons[0]["tone"] = "primary"
    sort = {"label": "Kies thema en tafel", "url": reverse("signaal_sort", args=[signaal.pk])}
    return [*buttons, {**sort, "tone": "secondary"}]


def _events(signaal: Signaal) -> list[dict[str, Any]]:
    """What happened, newest first, as components/timeline.html shows it."""
    events = [{"title": "Signaal binnengekomen", "who": "iemand", "when": signaal.left_at}]
    status: str = SignaalStatus.NEW
    for step in signaal.steps.all():
        moved = step.status != status
        status = step.status
        events.append(
            {
                "title": str(step.get_status_display()).capitalize() if moved else "Ingedeeld",
                "who": step.by_name,
                "organisation": "themagroep",
                "when": step.at,
                "text": step.note,
                "kind": "decision" if moved else "",
            }
        )
    return events[::-1]
