"""Find a tafel: by trede, gemeente, subject, who may submit, or a word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from rdm.lib.forms import HonestForm

from .models import Domain, Gemeente, SubmitterKind, Tafel, Trede

MAX_WORDS = 8
SEARCHED = (
    "name",
    "alias",
    "purpose",
    "casuistry",
    "focus",
    "led_by__name",
    "chair",
    "participants",
    "submitters_note",
    "how_to_submit",
    "inflow",
    "outflow",
    "client_support",
    "contact_name",
)
NOT_A_CHOICE = {"invalid_choice": "Deze keuze bestaat niet. Kies er een uit de lijst."}


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

    def __init__(self, *args: Any, treden: Iterable[Trede], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Read once per request here, not when the class is made: the region is data.
        choices = {
            "trede": [
                *((str(one.number), str(one)) for one in treden),
                (Tafel.Special.APPROACH.value, "Aanpak naast de treden"),
            ],
            "gemeente": Gemeente.objects.values_list("organisation__slug", "organisation__name"),
            "onderwerp": Domain.objects.values_list("code", "label"),
            "aanmelder": SubmitterKind.objects.values_list("code", "label"),
        }
        for name, values in choices.items():
            self.filters[name].extra["choices"] = list(values)

    @property
    def active(self) -> bool:
        """Whether the visitor chose or typed anything."""
        return any(self.data.get(name) for name in self.filters)

    def search(self, queryset: QuerySet[Tafel], name: str, value: str) -> QuerySet[Tafel]:
        """Every word must be somewhere in the tafel."""
        for word in value.split()[:MAX_WORDS]:
            anywhere = Q()
            for field in SEARCHED:
                anywhere |= Q(**{f"{field}__icontains": word})
            queryset = queryset.filter(anywhere)
        return queryset

    def on_trede(self, queryset: QuerySet[Tafel], name: str, value: str) -> QuerySet[Tafel]:
        if value == Tafel.Special.APPROACH:
            return queryset.filter(special=value)
        return queryset.filter(trede=int(value))

    def for_gemeente(self, queryset: QuerySet[Tafel], name: str, value: str) -> QuerySet[Tafel]:
        """A tafel that names no gemeenten is there for all of them."""
        ours = Q(gemeenten__isnull=True) | Q(gemeenten__organisation__slug=value)
        return queryset.filter(ours).distinct()
