"""The first page: what this is for a visitor, "Mijn werk" for who is signed in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from directory.home.page import CASE_ROLES, TASK_ROLES, WAITING_ROLES, own_tafels, starts
from directory.models import Region, Trede, User
from rdm.lib import clock
from rdm.lib.caching import shared
from rdm.lib.work import MOST, by_urgency


@login_not_required
@require_safe
@shared
def home(request: HttpRequest) -> HttpResponse:
    """What this is for who is not signed in, and otherwise what there is to do."""
    if not request.user.is_authenticated:
        context = {"region": Region.objects.first(), "treden": Trede.objects.all()}
        return render(request, "directory/home/home.html", context)
    return _work(request, request.user)


def _work(request: HttpRequest, user: User) -> HttpResponse:
    """What waits for this person and what this person waits for, oldest deadline first."""
    items = [item for path in settings.WORK_PROVIDERS for item in import_string(path)(user)]
    mine = by_urgency(item for item in items if not item.waiting)
    others = by_urgency(item for item in items if item.waiting)
    today = clock.today()
    context = {
        "mine": mine[:MOST],
        "more_mine": len(mine) > MOST,
        "others": others[:MOST],
        "more_others": len(others) > MOST,
        "overdue": sum(item.is_overdue(today) for item in mine),
        "starts": [*own_tafels(user), *starts(user)],
        "has_role": bool(user.roles),
        "sees_casussen": bool(user.roles & CASE_ROLES),
        "shows_mine": bool(mine or user.roles & TASK_ROLES),
        "shows_others": bool(others or user.roles & WAITING_ROLES),
    }
    return render(request, "directory/home/work.html", context)
