"""The list of casussen: on a page, and as a file."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from audit import log, showing
from audit.models import Action
from directory.models import Procesafspraak, User
from directory.web.signed_in import AuthedRequest
from escalation.lists.filters import (
    LISTS,
    OF_AN_ORGANISATION,
    CasusFilter,
    casussen_for_list,
    tredes_of,
)
from escalation.lists.papers import as_file
from escalation.lists.rules import due_of, gemeente_words, own_reference, status_words, trede_words
from escalation.models import Casus, OwnReference, SavedView
from escalation.permissions import general_reason_denied
from escalation.reading.turn import who_is_next
from escalation.registration.duplicates.rules import doubled
from escalation.roles import CASE_ROLES
from escalation.web.load import require_general
from rdm.lib.download import as_download
from rdm.lib.numbers import whole
from rdm.lib.paging import KeyedPaginator
from rdm.templatetags.ui import when

MOST_EXPORTED = "export_rijen"


@require_safe
def casus_list(request: AuthedRequest) -> HttpResponse:
    """What this person may see, newest first. A search is logged, what was searched for is not."""
    user, found = _filtered(request, "list_casussen")
    paginator = KeyedPaginator(found.qs)
    if found.active:
        in_vain = found.has_words and not paginator.found
        log.record(
            actor=user,
            action="search",
            object_type="casus",
            part="list",
            outcome=showing.NOTHING_FOUND if in_vain else "ok",
            role=", ".join(sorted(user.roles)),
            organisation=user.acting_for,
        )
    if found.names_a_code and not paginator.found:
        # Looking for a casus of somebody else leaves a trace (escalation.oversight.unusual.rules).
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
    twice = doubled(user, (one for casus in page for one in casus.my_references))
    kept = found.kept
    context = {
        "form": found.form,
        "active": found.active,
        "page": page,
        "columns": ["Casus", "Gemeente", "Status", "Trede", "Aan zet", "Uiterlijk", "Gewijzigd"],
        "rows": [_row(casus, tredes, twice) for casus in page],
        "count": paginator.count_words("casus", "casussen"),
        "one": paginator.found == 1,
        "capped": paginator.is_capped,
        "may_start": general_reason_denied(user, "start_casus") is None,
        "lists": _lists(user, kept.get("lijst", "")),
        "about": LISTS[kept["lijst"]][1] if "lijst" in kept else "",
        "views": _views(user, kept),
        "query": urlencode(kept),
        "lasting": urlencode(found.lasting),
        "is_chosen": bool(kept),
    }
    return render(request, "escalation/lists/casus_list.html", context)


def _filtered(request: AuthedRequest, action: str) -> tuple[User, CasusFilter]:
    user = require_general(request, action)
    return user, CasusFilter(request.GET, casussen_for_list(user), user=user)


def _lists(user: User, current: str) -> list[dict[str, Any]]:
    """The lists that can hold something for this person, for `subnav.html`."""
    url = reverse("casus_list")
    found = [{"label": "Alle casussen", "url": url, "current": not current}]
    return found + [
        {"label": name, "url": f"{url}?lijst={key}", "current": key == current}
        for key, (name, _) in LISTS.items()
        if key not in OF_AN_ORGANISATION or user.roles & set(CASE_ROLES)
    ]


def _views(user: User, kept: dict[str, str]) -> list[dict[str, Any]]:
    """What this person keeps, with the one that is shown marked."""
    url = reverse("casus_list")
    return [
        {"label": one.name, "url": f"{url}?{one.querystring}", "current": one.query == kept}
        for one in SavedView.objects.filter(user=user)
    ]


ALSO_ELSEWHERE = "staat ook bij een andere casus"


def _row(casus: Casus, tredes: dict[int, int | None], twice: set[OwnReference]) -> list[Any]:
    name = "casus_resume" if casus.is_draft else "casus_detail"
    reference = own_reference(casus)
    if twice & set(casus.my_references):  # type: ignore[attr-defined]
        reference = f"{reference} ({ALSO_ELSEWHERE})"
    return [
        {
            "text": format_html('<span class="rdm-code">{}</span>', casus.code),
            "url": reverse(name, args=[casus.code]),
            "sub": reference,
        },
        gemeente_words(casus),
        {
            "text": status_words(casus),
            "tone": "warning" if casus.restricted_at else casus.upcoming.tone,
        },
        trede_words(casus, tredes.get(casus.pk)),
        who_is_next(casus) or "niemand",
        {"due": due} if (due := due_of(casus)) else "geen termijn",
        {"text": when(casus.updated_at, "short")},
    ]


# --- As a file ------------------------------------------------------------------------------------


@require_safe
def casus_list_csv(request: AuthedRequest) -> HttpResponse:
    """The list as it is filtered, for a spreadsheet."""
    return _export(request, "csv")


@require_safe
def casus_list_xlsx(request: AuthedRequest) -> HttpResponse:
    """The same as a workbook."""
    return _export(request, "xlsx")


def _export(request: AuthedRequest, kind: str) -> HttpResponse:
    """All rows or none: a file that misses rows without a word would be read as the whole list.
    How many rows went out is in the log (promise 1)."""
    user, found = _filtered(request, "export_casussen")
    back = f"{reverse('casus_list')}?{urlencode(found.kept)}"
    if not found.form.is_valid():
        messages.error(request, "Een filter klopte niet. Controleer de lijst en download opnieuw.")
        return redirect(back)
    most = Procesafspraak.number_of(MOST_EXPORTED)
    casussen = list(found.qs[: most + 1])
    if len(casussen) > most:
        messages.error(
            request,
            f"De lijst heeft meer dan {whole(most)} casussen, en meer kunt u niet in één keer "
            "downloaden. Kies meer filters.",
        )
        return redirect(back)
    showing.about(
        request,
        "casus",
        "",
        part=f"list-{kind}:rows-{len(casussen)}",
        action=Action.EXPORT,
        roles=user.roles,
    )
    return as_download(as_file(casussen, kind))
