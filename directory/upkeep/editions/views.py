"""What changed in the overview, in public: the change log, and every edition of a page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.models import Edition, Gemeente, Tafel
from directory.upkeep.editions import changelog
from directory.upkeep.editions.comparison import rows_between
from directory.upkeep.page_fields.words import Names
from rdm.lib.caching import shared
from rdm.lib.forms import HonestForm
from rdm.lib.paging import page_of

PER_PAGE = 20
Crumbs = list[tuple[str, str]]


@login_not_required
@require_safe
@shared
def change_log(request: HttpRequest) -> HttpResponse:
    """Every change of every page, newest first."""
    page = page_of(request, changelog.news(), PER_PAGE)
    context = {
        "page": page,
        "entries": [changelog.log_entry(one) for one in page],
        "crumbs": [("Overlegtafels", reverse("tafel_list"))],
    }
    return render(request, "directory/upkeep/editions/change_log.html", context)


@login_not_required
@require_safe
@shared
def tafel_history(request: HttpRequest, slug: str) -> HttpResponse:
    return _history(request, get_object_or_404(Tafel, slug=slug))


@login_not_required
@require_safe
@shared
def tafel_compare(request: HttpRequest, slug: str) -> HttpResponse:
    return _compare(request, get_object_or_404(Tafel, slug=slug))


@login_not_required
@require_safe
@shared
def gemeente_history(request: HttpRequest, slug: str) -> HttpResponse:
    return _history(request, _gemeente(slug))


@login_not_required
@require_safe
@shared
def gemeente_compare(request: HttpRequest, slug: str) -> HttpResponse:
    return _compare(request, _gemeente(slug))


def _gemeente(slug: str) -> Gemeente:
    rows = Gemeente.objects.select_related("organisation")
    return get_object_or_404(rows, organisation__slug=slug)


def _history(request: HttpRequest, subject: Tafel | Gemeente) -> HttpResponse:
    """Every edition, newest first, with what changed in it."""
    page = page_of(request, changelog.of(subject).defer("values"), PER_PAGE)
    for one in page:
        _attach(one, subject)
    context = {
        **_about(subject),
        "page": page,
        "entries": [changelog.log_entry(one) for one in page],
        "form": _ChooseForm(_choices(subject)),
    }
    return render(request, "directory/upkeep/editions/edition_list.html", context)


def _compare(request: HttpRequest, subject: Tafel | Gemeente) -> HttpResponse:
    """Two editions side by side; without a choice the last two. Only what differs."""
    last = _choices(subject)
    form = _ChooseForm(last, request.GET or None)
    found = {one.number: one for one in changelog.of(subject).filter(number__in=form.numbers)}
    if len(found) < len(set(form.numbers)) or not found:
        raise Http404
    old, new = found[min(found)], found[max(found)]
    context = {
        **_about(subject),
        "form": form if form.is_valid() else _ChooseForm(last),
        "old": old,
        "new": new,
        "rows": rows_between(subject, old.values, new.values, Names.read()),
        "old_title": f"Versie {old.number}",
        "new_title": f"Versie {new.number}",
        "note": form.is_bound and not form.is_valid(),
    }
    return render(request, "directory/upkeep/editions/edition_compare.html", context)


def _attach(edition: Edition, subject: Tafel | Gemeente) -> None:
    """The page is known already; without this each row would ask for it again."""
    if isinstance(subject, Tafel):
        edition.tafel = subject
    else:
        edition.gemeente = subject


def _choices(subject: Tafel | Gemeente) -> int:
    """The number of the last edition; they count from 1 without gaps."""
    return subject.version if isinstance(subject, Tafel) else subject.entrance_version


def _about(subject: Tafel | Gemeente) -> dict[str, Any]:
    is_tafel = isinstance(subject, Tafel)
    kind = "tafel" if is_tafel else "gemeente"
    above = ("Overlegtafels", "tafel_list") if is_tafel else ("Gemeenten", "gemeente_list")
    url = reverse(f"{kind}_detail", args=[subject.slug])
    name = changelog.page_name(subject)
    history = reverse(f"{kind}_history", args=[subject.slug])
    return {
        "name": name,
        "url": url,
        "history_url": history,
        "compare_url": reverse(f"{kind}_compare", args=[subject.slug]),
        "crumbs": [(above[0], reverse(above[1])), (name, url)],
        "compare_crumbs": [(above[0], reverse(above[1])), (name, url), ("Versies", history)],
    }


class _ChooseForm(HonestForm):
    """Which two editions to lay side by side."""

    van = forms.ChoiceField(label="Eerste versie")
    naar = forms.ChoiceField(label="Tweede versie")

    def __init__(self, last: int, *args: Any) -> None:
        super().__init__(*args)
        self.last = last
        versions = [(str(one), f"Versie {one}") for one in range(last, 0, -1)]
        for name, default in (("van", max(1, last - 1)), ("naar", last)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = versions
            field.initial = str(default)

    @property
    def numbers(self) -> tuple[int, int]:
        """The choice, or the last two when there is none that makes sense."""
        if self.is_bound and self.is_valid():
            return int(self.cleaned_data["van"]), int(self.cleaned_data["naar"])
        return max(1, self.last - 1), self.last
