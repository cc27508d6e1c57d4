"""Find a tafel: by trede, gemeente, subject, who may submit, or a word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import ExpressionWrapper, F, IntegerField, Model, Q, QuerySet, Value

from directory.models import Domain, Gemeente, SubmitterKind, Tafel, Trede
from directory.web.search import find_tafels
from rdm.lib.forms import HonestForm
from rdm.lib.search import Found

NOT_A_CHOICE = {"invalid_choice": "Deze keuze bestaat niet. Kies er een uit de lijst."}


def _lists() -> dict[str, list[tuple[str, str]]]:
    """The choices of the lists that the region made, per filter; one query for the three of them,
    because the public pages have few to spend."""
    found: dict[str, list[tuple[str, str]]] = {"gemeente": [], "onderwerp": [], "aanmelder": []}
    rows = _rows(Gemeente, "gemeente", Value(0), "organisation__slug", "organisation__name").union(
        _rows(Domain, "onderwerp", F("position"), "code", "label"),
        _rows(SubmitterKind, "aanmelder", F("position"), "code", "label"),
        all=True,
    )
    for name, _, code, label in rows.order_by("place", "text"):
        found[name].append((code, label))
    return found


def _rows(model: type[Model], name: str, place: Value | F, code: str, label: str) -> Any:
    return (
        model._default_manager.order_by()
        .annotate(
            list=Value(name),
            place=ExpressionWrapper(place, output_field=IntegerField()),
            value=F(code),
            text=F(label),
        )
        .values_list("list", "place", "value", "text")
    )


class TafelFilter(django_filters.FilterSet):
    """Filter of the public list. What does not validate is reported and left out."""

    q = django_filters.CharFilter(
        label="Zoek op een woord",
        method="search",
        max_length=100,
        error_messages={"max_length": "Gebruik hooguit 100 tekens."},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    trede = django_filters.ChoiceFilter(
        label="Trede", method="on_trede", empty_label="Alle treden", error_messages=NOT_A_CHOICE
    )
    gemeente = django_filters.ChoiceFilter(
        label="Gemeente",
        method="for_gemeente",
        empty_label="Alle gemeenten",
        error_messages=NOT_A_CHOICE,
    )
    onderwerp = django_filters.ChoiceFilter(
        label="Wat speelt er?",
        field_name="domains__code",
        empty_label="Alle onderwerpen",
        error_messages=NOT_A_CHOICE,
    )
    aanmelder = django_filters.ChoiceFilter(
        label="Wie meldt aan?",
        field_name="submitters__code",
        empty_label="Iedereen",
        error_messages=NOT_A_CHOICE,
    )

    class Meta:
        model = Tafel
        fields: list[str] = []
        form = HonestForm

    # What the search found, and whether it had to guess what was meant.
    found: Found[int] | None = None

    def __init__(self, *args: Any, treden: Iterable[Trede], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Read once per request here, not when the class is made: the region is data.
        choices = {
            "trede": [
                *((str(one.number), str(one)) for one in treden),
                (Tafel.Special.APPROACH.value, "Aanpak naast de treden"),
            ],
            **_lists(),
        }
        for name, values in choices.items():
            self.filters[name].extra["choices"] = values

    @property
    def guessed(self) -> bool:
        """Whether a word was read as another one, which the page should say."""
        return self.found is not None and self.found.guessed

    @property
    def active(self) -> bool:
        """Whether the visitor chose or typed anything."""
        return any(self.data.get(name) for name in self.filters)

    def search(self, queryset: QuerySet[Tafel], name: str, value: str) -> QuerySet[Tafel]:
        """Every word must be somewhere in the tafel, or one that means or looks the same."""
        self.found = find_tafels(value)
        return queryset.filter(pk__in=self.found.keys)

    def on_trede(self, queryset: QuerySet[Tafel], name: str, value: str) -> QuerySet[Tafel]:
        if value == Tafel.Special.APPROACH:
            return queryset.filter(special=value)
        return queryset.filter(trede=int(value))

    def for_gemeente(self, queryset: QuerySet[Tafel], name: str, value: str) -> QuerySet[Tafel]:
        """A tafel that names no gemeenten is there for all of them."""
        ours = Q(gemeenten__isnull=True) | Q(gemeenten__organisation__slug=value)
        return queryset.filter(ours).distinct()
