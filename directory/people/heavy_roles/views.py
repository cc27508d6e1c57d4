"""Toezicht: who has a heavy role, who gave it, and who agreed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from directory.models import Invitation, Membership, User
from directory.people.permissions import reason_not_to_agree
from directory.permissions import reason_denied
from directory.roles import HEAVY
from directory.web.oversight import tabs
from directory.web.signed_in import AuthedRequest
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.paging import page_of

COLUMNS = ["Wie", "Rol", "Gegeven door", "Akkoord van", "Sinds"]


@require_safe
def heavy_role_list(request: AuthedRequest) -> HttpResponse:
    """What waits for a second person, who has a heavy role now, and who had one."""
    user = request.user
    if reason := reason_denied(user, "view_heavy_roles"):
        raise PermissionDenied(reason)
    waiting = Invitation.objects.waiting().filter(expires_at__gt=clock.now())
    past = page_of(request, _held().exclude(ended_at=None).order_by("-ended_at", "-pk"))
    context = {
        "tabs": tabs(user, "heavy_role_list"),
        "columns": COLUMNS,
        "waiting": [
            (one, reason_not_to_agree(user, one))
            for one in waiting.select_related("organisation", "invited_by")
        ],
        "now": [_row(one) for one in _held().filter(ended_at=None).order_by("role", "pk")],
        "past": [_row(one) for one in past],
        "page": past,
    }
    return render(request, "directory/people/heavy_roles/heavy_role_list.html", context)


def _held() -> QuerySet[Membership]:
    given = Invitation.objects.select_related("invited_by", "judged_by")
    return (
        Membership.objects.filter(role__in=HEAVY)
        .select_related("user", "organisation")
        .prefetch_related(Prefetch("invitations", given))
    )


def _row(one: Membership) -> list[dict[str, Any]]:
    given = next(iter(one.invitations.all()), None)
    since = long_date(clock.local_date(one.started_at))
    return [
        {"text": one.user.name, "sub": "" if one.user.is_active else "account is dicht"},
        {"text": capfirst(one.get_role_display()), "sub": str(one.organisation)},
        {"text": _name(given.invited_by if given else None)},
        {"text": given.judged_by.name if given and given.judged_by else "niet gevraagd"},
        {
            "text": since,
            "sub": f"tot {long_date(clock.local_date(one.ended_at))}" if one.ended_at else "",
        },
    ]


def _name(user: User | None) -> str:
    return user.name if user else "technisch beheerder"
