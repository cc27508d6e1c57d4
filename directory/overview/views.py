"""The whole overview on paper: a page to print and a PDF, of the region or of one gemeente."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.overview import papers
from directory.overview.shapes import Overview
from rdm.lib.caching import shared
from rdm.lib.download import as_download


@login_not_required
@require_safe
@shared
def overview(request: HttpRequest) -> HttpResponse:
    """Every tafel of the region on one page."""
    crumbs = [("Overlegtafels", reverse("tafel_list"))]
    context = {"overview": _found(), "crumbs": crumbs, "pdf_url": reverse("overview_pdf")}
    return render(request, "directory/overview/overview.html", context)


@login_not_required
@require_safe
@shared
def overview_pdf(request: HttpRequest) -> HttpResponse:
    return as_download(papers.as_pdf(_found()))


@login_not_required
@require_safe
@shared
def gemeente_overview(request: HttpRequest, slug: str) -> HttpResponse:
    """One gemeente: its own ways in, and the tafels that are there for it."""
    found = _found(slug)
    assert found.place is not None
    crumbs = [
        ("Gemeenten", reverse("gemeente_list")),
        (found.place.name, reverse("gemeente_detail", args=[slug])),
    ]
    pdf_url = reverse("gemeente_overview_pdf", args=[slug])
    context = {"overview": found, "crumbs": crumbs, "pdf_url": pdf_url}
    return render(request, "directory/overview/overview.html", context)


@login_not_required
@require_safe
@shared
def gemeente_overview_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    return as_download(papers.as_pdf(_found(slug)))


def _found(gemeente: str = "") -> Overview:
    found = papers.overview(gemeente)
    if found is None:
        raise Http404
    return found
