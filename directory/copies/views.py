"""Beheer: which copies there are, how old, how large, and when putting one back was last tried."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.copies.rules import age, problems
from directory.models import Procesafspraak
from directory.web.beheer import admin_of, tabs
from directory.web.signed_in import AuthedRequest
from rdm.lib.copies import shelf
from rdm.lib.paging import page_of


@require_safe
def copy_list(request: AuthedRequest) -> HttpResponse:
    """Read from the folder itself. Making and restoring is for who has the machine."""
    admin_of(request, "watch_copies")
    newest = shelf.newest()
    page = page_of(request, shelf.copies())
    context = {
        "tabs": tabs("copy_list"),
        "problems": problems(),
        "newest": newest,
        "age": age(newest.manifest.moment) if newest and newest.manifest else None,
        "drill": shelf.last_drill(),
        "hours": settings.BACKUP_HOURS if settings.BACKUP_RECIPIENTS else None,
        "kept": Procesafspraak.number_of("reservekopie_bewaren"),
        "page_obj": page,
    }
    return render(request, "directory/copies/copy_list.html", context)
