"""The first page: what this is for a visitor, "Mijn werk" for who is signed in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string

from directory.models import Region, Trede
from rdm.lib import clock
from rdm.lib.work import by_urgency


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        context = {"region": Region.objects.first(), "treden": Trede.objects.all()}
        return render(request, "directory/home.html", context)
    return _work(request)


def _work(request: HttpRequest) -> HttpResponse:
    """What waits for this person and what this person waits for, oldest deadline first."""
    items = [
        item for path in settings.WORK_PROVIDERS for item in import_string(path)(request.user)
    ]
    mine = by_urgency(item for item in items if not item.waiting)
    others = by_urgency(item for item in items if item.waiting)
    today = clock.today()
    context = {
        "mine": mine,
        "others": others,
        "overdue": sum(item.is_overdue(today) for item in mine),
    }
    return render(request, "directory/work.html", context)
