"""What the pages that change a page have in common: its edition, its form, and the way back."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from directory.models import Edition, Gemeente, Tafel
from directory.upkeep.editions import changelog
from directory.upkeep.forms import Choices, TafelForm


def edition_on_screen(request: HttpRequest, subject: Tafel | Gemeente) -> Edition:
    """The edition that the form was filled with, or the newest one when it is opened."""
    known = changelog.of(subject)
    asked = request.POST.get("based_on", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 9:
        return known.filter(number=int(asked)).first() or known[0]
    return known[0]


def tafel_form(request: HttpRequest, tafel: Tafel, *, by_link: bool = False) -> TafelForm:
    """The form over the edition that was on the screen."""
    return TafelForm(
        request.POST or None,
        edition=edition_on_screen(request, tafel),
        choices=Choices.read(),
        by_link=by_link,
    )


def tafel_crumbs(tafel: Tafel) -> list[tuple[str, str]]:
    return [
        ("Overlegtafels", reverse("tafel_list")),
        (tafel.name, reverse("tafel_detail", args=[tafel.slug])),
    ]
