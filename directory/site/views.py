"""What programs ask every public site, and the pages of the region file."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemaps
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.models import Region
from directory.region import names
from directory.site.page import Pages
from rdm.lib.caching import shared

TEXT = "text/plain; charset=utf-8"


@login_not_required
@require_safe
@shared
def security_txt(request: HttpRequest) -> HttpResponse:
    """Who hears of a weakness, and until when that holds (RFC 9116). Nothing before the region is
    loaded: without a contact there is no such file."""
    office = names.contact()
    if not office.security_until:
        raise Http404
    lines = [
        f"Contact: mailto:{office.email}",
        f"Expires: {office.security_until}T00:00:00Z",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}{request.path}",
    ]
    return _lines(lines)


@login_not_required
@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Where a password manager finds the page to change a password (a W3C convention)."""
    return HttpResponseRedirect(reverse("account_change_password"))


@login_not_required
@require_safe
@shared
def robots(request: HttpRequest) -> HttpResponse:
    """What a search engine may visit: everything, because a page that it must not show says so
    itself (noindex), and it has to visit to read that. Of a demo nothing: all of it is invented."""
    if settings.DEMO:
        return _lines(["User-agent: *", "Disallow: /"])
    return _lines(
        ["User-agent: *", "Disallow:", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}"]
    )


@login_not_required
@require_safe
@shared
def sitemap(request: HttpRequest) -> HttpResponse:
    """What may be found. Not Django's own answer, but what is in it: of a template that is rendered
    already the rest of the way no longer asks whether it changed."""
    made = sitemaps.sitemap(request, {"pages": Pages()}).render()
    return HttpResponse(made.content, content_type=made.headers["Content-Type"])


@login_not_required
@require_safe
@shared
def region_page(request: HttpRequest, code: str) -> HttpResponse:
    """A page of the region file, as what it says of accessibility and of privacy."""
    region = Region.objects.only("pages", "contact").first()
    found = next((one for one in region.pages if one["code"] == code), None) if region else None
    if region is None or found is None:
        raise Http404
    context = {
        "region_page": found,
        "updated_on": date.fromisoformat(found["updated_on"]),
        "contact": names.contact(),
    }
    return render(request, "directory/site/region_page.html", context)


def _lines(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join([*lines, ""]), content_type=TEXT)
