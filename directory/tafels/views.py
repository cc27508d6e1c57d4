"""The public overview of tafels: the ladder with a filter, and one page per tafel."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.models import Gemeente, InstroomAlternative, Tafel, Trede
from directory.reading import confirmations, meetings
from directory.tafels.page import panel
from directory.web.filters import TafelFilter
from directory.web.schema_org import service_of
from rdm.lib import clock, wording
from rdm.lib.caching import shared


@dataclass(frozen=True)
class Entry:
    """One tafel in the list, with what is special about it today."""

    tafel: Tafel
    overdue: bool
    coming: meetings.Coming | None


@dataclass(frozen=True)
class Rung:
    """One trede with its tafels; `trede` is None for what stands beside the treden (T-07)."""

    trede: Trede | None
    tafels: list[Entry]


@login_not_required
@require_safe
@shared
def tafel_list(request: HttpRequest) -> HttpResponse:
    """All tafels on the ladder, narrowed by the filter in the address."""
    treden = list(Trede.objects.all())
    tafels = Tafel.objects.select_related("trede", "led_by").prefetch_related("submitters")
    found = TafelFilter(request.GET, confirmations.with_terms(tafels), treden=treden)
    rows = list(found.qs)
    context = {
        "form": found.form,
        "active": found.active,
        "rungs": _rungs(treden, rows, keep_empty=not found.active),
        "count": wording.count_words(len(rows), "tafel", "tafels"),
        "found": len(rows),
        "guessed": found.guessed,
    }
    return render(request, "directory/tafels/tafel_list.html", context)


@login_not_required
@require_safe
@shared
def tafel_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that is known about one tafel; what is not known says so (E-042)."""
    tafel = get_object_or_404(confirmations.with_terms(_with_all_parts()), slug=slug)
    alternatives = [
        (one.label, [each for each in one.criteria.all() if each.active])
        for one in tafel.alternatives.all()
    ]
    switched_off = {
        each for one in tafel.alternatives.all() for each in one.criteria.all() if not each.active
    }
    context = {
        "tafel": tafel,
        "as_service": service_of(tafel),
        "upkeep": panel(tafel, request.user),
        "crumbs": [("Overlegtafels", reverse("tafel_list"))],
        "alternatives": alternatives,
        "switched_off": sorted(switched_off, key=lambda each: each.position),
        "coming": meetings.coming(tafel, clock.today()),
        "rhythm": meetings.rhythm(tafel),
        "submit_before": meetings.submit_before(tafel),
        "response_times": meetings.response_times(tafel),
        "website_text": wording.address_text(tafel.website),
        "tel": wording.tel_link(tafel.contact_phone),
    }
    return render(request, "directory/tafels/tafel_detail.html", context)


def _rungs(treden: list[Trede], tafels: list[Tafel], *, keep_empty: bool) -> list[Rung]:
    """Tafels under their trede, lowest first, and what stands beside the treden last."""
    today = clock.today()
    entries = [
        Entry(one, confirmations.state_of(one, today).overdue, meetings.coming(one, today))
        for one in tafels
    ]
    rungs = [
        Rung(trede, [one for one in entries if one.tafel.trede_id == trede.number])
        for trede in treden
    ]
    rungs.append(Rung(None, [one for one in entries if one.tafel.trede_id is None]))
    return [rung for rung in rungs if rung.tafels or (keep_empty and rung.trede is not None)]


def _with_all_parts() -> QuerySet[Tafel]:
    """Tafels with their parts, and the names of the neighbours in the same query."""
    before = Tafel.objects.filter(position__lt=OuterRef("position")).order_by("-position")
    after = Tafel.objects.filter(position__gt=OuterRef("position")).order_by("position")
    return (
        Tafel.objects.select_related("trede", "led_by")
        .prefetch_related(
            "submitters",
            "domains",
            Prefetch("gemeenten", Gemeente.objects.select_related("organisation")),
            Prefetch("alternatives", InstroomAlternative.objects.prefetch_related("criteria")),
        )
        .annotate(
            previous_slug=Subquery(before.values("slug")[:1]),
            previous_name=Subquery(before.values("name")[:1]),
            next_slug=Subquery(after.values("slug")[:1]),
            next_name=Subquery(after.values("name")[:1]),
        )
    )
