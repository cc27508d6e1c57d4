"""Which lines of the timeline: kind, day."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet

from escalation.dossier.timeline.rules import GROUPS, NOT_A_CHOICE, REST
from escalation.models import Event
from rdm.lib import clock
from rdm.lib.fields import DayField
from rdm.lib.forms import HonestForm

# --- Filter ---------------------------------------------------------------------------------------


class DayFilter(django_filters.DateFilter):
    field_class = DayField


class TimelineFilter(django_filters.FilterSet):
    """Filter of the timeline. What does not validate is reported and left out."""

    soort = django_filters.ChoiceFilter(
        label="Wat",
        method="on_group",
        empty_label="Alles",
        choices=[*((key, label) for key, (label, _) in GROUPS.items()), (REST, "Overig")],
        error_messages=NOT_A_CHOICE,
    )
    organisatie = django_filters.ChoiceFilter(
        label="Organisatie",
        field_name="actor_organisation",
        empty_label="Alle organisaties",
        error_messages=NOT_A_CHOICE,
    )
    van = DayFilter(label="Van", method="since")
    tot = DayFilter(label="Tot en met", method="until")

    class Meta:
        model = Event
        fields: list[str] = []
        form = HonestForm

    def __init__(self, *args: Any, lines: QuerySet[Event], **kwargs: Any) -> None:
        super().__init__(*args, queryset=lines, **kwargs)
        found = lines.select_related(None).exclude(actor_organisation="")
        names = found.order_by("actor_organisation").values_list("actor_organisation", flat=True)
        self.filters["organisatie"].extra["choices"] = [(name, name) for name in names.distinct()]

    @property
    def active(self) -> bool:
        """Whether somebody chose anything."""
        return any(self.data.get(name) for name in self.filters)

    def on_group(self, queryset: QuerySet[Event], name: str, value: str) -> QuerySet[Event]:
        if value == REST:
            known = {kind for _, kinds in GROUPS.values() for kind in kinds}
            return queryset.exclude(kind__in=known)
        return queryset.filter(kind__in=GROUPS[value][1])

    def since(self, queryset: QuerySet[Event], name: str, value: Any) -> QuerySet[Event]:
        return queryset.filter(at__gte=clock.day_bounds(value)[0])

    def until(self, queryset: QuerySet[Event], name: str, value: Any) -> QuerySet[Event]:
        return queryset.filter(at__lt=clock.day_bounds(value)[1])
