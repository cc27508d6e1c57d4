"""Open data: the overview for programs, the news and the calendars, and the page that explains it.

All of it is public and the same for everybody. Nothing here is about a casus.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.opendata import (
    VERSION,
    answers,
    choices,
    dcat,
    feeds,
    gemeenten,
    hsds,
    openapi,
    problems,
    published,
    tafels,
)
from directory.opendata.answers import CSV, JSON, api, everywhere
from directory.upkeep.page_fields.words import Names
from rdm.lib import clock, csv_export
from rdm.lib.caching import shared


@login_not_required
@require_safe
@shared
def open_data(request: HttpRequest) -> HttpResponse:
    """What there is, where, and under which terms; also what the API means when it says no."""
    context = {
        "crumbs": [("Overlegtafels", reverse("tafel_list"))],
        "site": settings.SITE_URL,
        "version": VERSION,
        "problems": problems.KINDS,
        "filters": [
            {"name": name, "text": said.replace("`", "")} for name, said in choices.FILTERS.items()
        ],
    }
    return render(request, "directory/opendata/open_data.html", context)


@login_not_required
@everywhere
@require_safe
@shared
def dcat_catalog(request: HttpRequest) -> HttpResponse:
    """The same for catalogues (DCAT-AP-NL)."""
    return JsonResponse(
        dcat.catalog(published.region()),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        content_type="application/ld+json",
    )


# --- The API --------------------------------------------------------------------------------------


@login_not_required
@api
@require_safe
@shared
def description(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    choices.only(request.GET)
    return answers.as_json(request, openapi.document(published.region()), _service())


@login_not_required
@api
@require_safe
@shared
def tafel_collection(request: HttpRequest) -> HttpResponse:
    """The tafels that are asked for, as JSON, or as a table for who accepts only that."""
    if answers.wanted(request, JSON, CSV) == CSV:
        return _table(request)
    rows = published.pages(choices.tafels(request.GET))
    names, today = Names.read(), clock.today()
    found = [tafels.one(page, names, today) for page in rows]
    links = {
        "self": settings.SITE_URL + request.get_full_path(),
        "alternate text/csv": _full("api_tafels_csv") + _query(request),
        "alternate text/html": _full("tafel_list") + _query(request),
        **_service(),
    }
    return answers.as_json(request, {"tafels": found, "aantal": len(found)}, links)


@login_not_required
@api
@require_safe
@shared
def tafel_table(request: HttpRequest) -> HttpResponse:
    """The same as a table, whatever is accepted: the address says so."""
    return _table(request)


def _table(request: HttpRequest) -> HttpResponse:
    rows = published.pages(choices.tafels(request.GET))
    content = csv_export.render(tafels.table(rows, Names.read(), clock.today()))
    response = HttpResponse(content, content_type=csv_export.CSV)
    response.headers["Content-Disposition"] = 'attachment; filename="tafels.csv"'
    return answers.linked(response, {"alternate application/json": _full("api_tafels")})


@login_not_required
@api
@require_safe
@shared
def tafel_item(request: HttpRequest, slug: str) -> HttpResponse:
    """One tafel."""
    choices.only(request.GET)
    (page,) = published.pages([get_object_or_404(published.tafels(), slug=slug)])
    links = {
        "self": _full("api_tafel", slug),
        "collection": _full("api_tafels"),
        "alternate text/html": _full("tafel_detail", slug),
        "alternate text/calendar": _full("tafel_agenda", slug),
        **_service(),
    }
    return answers.as_json(request, tafels.one(page, Names.read(), clock.today()), links)


@login_not_required
@api
@require_safe
@shared
def gemeente_collection(request: HttpRequest) -> HttpResponse:
    """All gemeenten, with their local entrances."""
    choices.only(request.GET)
    names = Names.read()
    found = [gemeenten.one(page, names) for page in published.pages(published.gemeenten())]
    links = {
        "self": _full("api_gemeenten"),
        "alternate text/html": _full("gemeente_list"),
        **_service(),
    }
    return answers.as_json(request, {"gemeenten": found, "aantal": len(found)}, links)


@login_not_required
@api
@require_safe
@shared
def gemeente_item(request: HttpRequest, slug: str) -> HttpResponse:
    """One gemeente."""
    choices.only(request.GET)
    row = get_object_or_404(published.gemeenten(), organisation__slug=slug)
    (page,) = published.pages([row])
    links = {
        "self": _full("api_gemeente", slug),
        "collection": _full("api_gemeenten"),
        "alternate text/html": _full("gemeente_detail", slug),
        **_service(),
    }
    return answers.as_json(request, gemeenten.one(page, Names.read()), links)


@login_not_required
@api
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Every other address of the API; an address that ends with a slash is one of them
    (/core/no-trailing-slash)."""
    raise Http404


# --- As Open Referral says it ---------------------------------------------------------------------


@login_not_required
@api
@require_safe
@shared
def hsds_root(request: HttpRequest) -> HttpResponse:
    """Which version of HSDS this is."""
    choices.only(request.GET)
    return answers.as_json(request, hsds.root(published.region()), _service())


@login_not_required
@api
@require_safe
@shared
def hsds_services(request: HttpRequest) -> HttpResponse:
    """A page of the tafels as services; `full=true` gives each with everything inside."""
    asked = choices.hsds(request.GET)
    region, names = published.region(), Names.read()
    rows = published.pages(published.tafels())
    found = Paginator(rows, asked.per_page)
    shown: Any = found.page(asked.page) if asked.page <= found.num_pages else []
    say = hsds.full if asked.full else hsds.brief
    body = hsds.a_list(
        [say(region, page, names) for page in shown],
        number=asked.page,
        of=found.num_pages,
        total=len(rows),
    )
    return answers.as_json(request, body, _service())


@login_not_required
@api
@require_safe
@shared
def hsds_service(request: HttpRequest, key: str) -> HttpResponse:
    """One tafel as a service, with everything inside."""
    choices.only(request.GET)
    region = published.region()
    for page in published.pages(published.tafels()):
        if str(hsds.service_id(region, page.subject)) == key.lower():
            body = hsds.full(region, page, Names.read())
            links = {"collection": _full("hsds_services"), **_service()}
            return answers.as_json(request, body, links)
    raise Http404


# --- The news and the days ------------------------------------------------------------------------


@login_not_required
@everywhere
@require_safe
@shared
def change_feed(request: HttpRequest) -> HttpResponse:
    """The last changes, for a feed reader."""
    content = feeds.news(published.region())
    return HttpResponse(content.encode(), content_type="application/atom+xml; charset=utf-8")


@login_not_required
@everywhere
@require_safe
@shared
def agenda(request: HttpRequest) -> HttpResponse:
    """The days of all tafels, for a calendar program."""
    rows = published.pages(published.tafels())
    found = feeds.agenda(published.region(), rows, clock.today())
    return HttpResponse(found, content_type=_CALENDAR)


@login_not_required
@everywhere
@require_safe
@shared
def tafel_agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """The days of one tafel; an empty calendar when they are not known, so that who subscribed
    keeps reading along."""
    (page,) = published.pages([get_object_or_404(published.tafels(), slug=slug)])
    found = feeds.agenda_of(published.region(), page, clock.today())
    return HttpResponse(found, content_type=_CALENDAR)


_CALENDAR = "text/calendar; charset=utf-8"


# --- Addresses ------------------------------------------------------------------------------------


def _full(name: str, *arguments: str) -> str:
    return settings.SITE_URL + reverse(name, args=arguments)


def _query(request: HttpRequest) -> str:
    asked = request.GET.urlencode()
    return f"?{asked}" if asked else ""


def _service() -> dict[str, str]:
    """Where the API is described, for programs and for people (RFC 8631)."""
    return {
        "service-desc application/json": _full("api_openapi"),
        "service-doc text/html": _full("open_data"),
    }
