"""The list of casussen: find by code or own reference, and narrow by state, gemeente and turn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.text import capfirst

from directory.models import Gemeente, User
from escalation.models import Casus, OwnReference, RouteStep
from escalation.permissions import CASE_ROLES
from escalation.work import my_turn
from escalation.workflow import CasusStatus
from rdm.lib import codes
from rdm.lib.forms import HonestForm, PlainCharField

MINE, OTHERS = "mij", "anderen"
NOT_A_CHOICE = {"invalid_choice": "Deze keuze bestaat niet. Kies er een uit de lijst."}
# A page must not get slower because the region has more casussen: beyond this nobody counts on.
MOST = 500
PER_PAGE = 25
_FINISHED = (CasusStatus.CLOSED, CasusStatus.DISCARDED)


def casussen_for_list(user: User) -> QuerySet[Casus]:
    """What `user` may see, newest first, with the own reference.

    A draft that was thrown away is nobody's work any more and is left out.
    """
    mine = OwnReference.objects.filter(organisation__in=user.organisation_ids(*CASE_ROLES))
    return (
        Casus.objects.visible_to(user)
        .exclude(status=CasusStatus.DISCARDED)
        .for_list()
        .prefetch_related(Prefetch("own_references", mine, to_attr="my_references"))
        .order_by("-updated_at", "-pk")
    )


def tredes_of(casussen: Iterable[Casus]) -> dict[int, int | None]:
    """Per casus the trede of its last step on the treden; asked for one page, never for the whole
    list. The same rule as `escalation.treden.trede_now`."""
    steps = RouteStep.objects.filter(casus__in=[casus.pk for casus in casussen])
    steps = steps.exclude(tafel__trede=None)
    return dict(steps.order_by("position").values_list("casus", "tafel__trede"))


class SearchFilter(django_filters.CharFilter):
    field_class = PlainCharField


class CasusFilter(django_filters.FilterSet):
    """Filter of the list. What does not validate is reported and left out."""

    q = SearchFilter(
        label="Zoek op code of eigen kenmerk",
        method="search",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    aan_zet = django_filters.ChoiceFilter(
        label="Wie is aan zet?",
        method="on_turn",
        empty_label="Iedereen",
        choices=[(MINE, "Ik"), (OTHERS, "Iemand anders")],
        error_messages=NOT_A_CHOICE,
    )
    status = django_filters.ChoiceFilter(
        label="Status",
        empty_label="Alle statussen",
        choices=[
            (value, capfirst(label))
            for value, label in CasusStatus.choices
            if value != CasusStatus.DISCARDED
        ],
        error_messages=NOT_A_CHOICE,
    )
    gemeente = django_filters.ChoiceFilter(
        label="Gemeente",
        field_name="gemeente__organisation__slug",
        empty_label="Alle gemeenten",
        error_messages=NOT_A_CHOICE,
    )

    class Meta:
        model = Casus
        fields: list[str] = []
        form = HonestForm

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        # Read once per request here, not when the class is made: the region is data.
        self.filters["gemeente"].extra["choices"] = list(
            Gemeente.objects.values_list("organisation__slug", "organisation__name")
        )

    @property
    def active(self) -> bool:
        """Whether somebody chose or typed anything."""
        return any(self.data.get(name) for name in self.filters)

    @property
    def names_a_code(self) -> bool:
        """Whether somebody asked for one casus by its whole code, and for nothing else."""
        asked = {name: self.data.get(name) for name in self.filters}
        word = str(asked.pop("q", "") or "")
        return codes.is_valid(codes.normalise(word)) and not any(asked.values())

    def search(self, queryset: QuerySet[Casus], name: str, value: str) -> QuerySet[Casus]:
        """A (part of a) code, or a reference of the own organisation; never free text."""
        references = OwnReference.objects.filter(
            organisation__in=self.user.organisation_ids(*CASE_ROLES), reference__icontains=value
        )
        code = codes.normalise(value)
        # A whole code is looked up; only a part of one asks to look through all of them.
        by_code = Q(code=code) if codes.is_valid(code) else Q(code__contains=code)
        # Asked apart: with a subquery in the OR the database walks along every casus.
        return queryset.filter(by_code | Q(pk__in=list(references.values_list("casus", flat=True))))

    def on_turn(self, queryset: QuerySet[Casus], name: str, value: str) -> QuerySet[Casus]:
        if value == MINE:
            return queryset.filter(my_turn(self.user))
        return queryset.exclude(my_turn(self.user)).exclude(status__in=_FINISHED)


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts no further than `MOST`, so that a page costs the same however many rows there are."""

    def __init__(self, rows: QuerySet[Any], per_page: int = PER_PAGE) -> None:
        super().__init__(rows, per_page)

    @cached_property
    def found(self) -> int:
        """The number of rows, at most `MOST` + 1."""
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return rows.order_by()[: MOST + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self.found, MOST)

    @property
    def is_capped(self) -> bool:
        return self.found > MOST

    @property
    def count_words(self) -> str:
        most = f"{MOST:,}".replace(",", ".")
        return f"meer dan {most}" if self.is_capped else str(self.count)
