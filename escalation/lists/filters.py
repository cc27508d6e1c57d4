"""The list of casussen: which list, find by code, own reference or text, and narrow by state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django import forms
from django.db.models import Prefetch, Q, QuerySet
from django.utils.text import capfirst

from directory.models import Gemeente, User
from escalation.lists.search.rules import in_text
from escalation.models import Casus, Event, Involvement, OwnReference, RouteStep
from escalation.models.casus import AT_REST
from escalation.reading.turn import my_turn
from escalation.roles import CASE_ROLES
from escalation.workflow import CasusStatus
from rdm.lib import codes
from rdm.lib.forms import HonestForm, PlainCharField
from rdm.lib.spelling import numbers_in

MINE, OTHERS = "mij", "anderen"
# The lists beside the whole one: the word in the address, the name, and what stands on it.
LISTS = {
    "mijn": ("Mijn casussen", "Casussen waarin u zelf iets hebt gedaan."),
    "organisatie": (
        "Van mijn organisatie",
        "Casussen die uw organisatie registreerde, of waarvoor uw gemeente verantwoordelijk is.",
    ),
    "gedeeld": ("Met ons gedeeld", "Casussen die een ander met uw organisatie deelt."),
    "wacht": ("Wacht op anderen", "Lopende casussen waarin nu iemand anders aan zet is."),
}
# Of an organisation; who only works for the coördinatiepunt has none of his own.
OF_AN_ORGANISATION = ("organisatie", "gedeeld")
NOT_A_CHOICE = {"invalid_choice": "Deze keuze bestaat niet. Kies er een uit de lijst."}


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
    list. The same rule as `escalation.reading.ladder.trede_now`."""
    steps = RouteStep.objects.filter(casus__in=[casus.pk for casus in casussen])
    steps = steps.exclude(tafel__trede=None)
    return dict(steps.order_by("position").values_list("casus", "tafel__trede"))


class SearchFilter(django_filters.CharFilter):
    field_class = PlainCharField


class CasusFilter(django_filters.FilterSet):
    """Filter of the list. What does not validate is reported and left out."""

    lijst = django_filters.ChoiceFilter(
        label="Lijst",
        method="on_list",
        choices=[(key, name) for key, (name, _) in LISTS.items()],
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "Deze lijst bestaat niet. U ziet nu alle casussen."},
    )
    q = SearchFilter(
        label="Code, kenmerk of tekst",
        method="search",
        max_length=200,
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
        """Whether somebody chose or typed anything, besides which list it is."""
        return any(self.data.get(name) for name in self.filters if name != "lijst")

    @property
    def kept(self) -> dict[str, str]:
        """What was asked and makes sense, as parameters of the list."""
        self.form.is_valid()
        valid: dict[str, Any] = getattr(self.form, "cleaned_data", {})
        return {name: str(valid[name]) for name in self.filters if valid.get(name)}

    @property
    def lasting(self) -> dict[str, str]:
        """What of that can be kept as a weergave: not the words that were typed. They may be about
        a resident, and nothing that is destroyed would reach them there."""
        return {name: value for name, value in self.kept.items() if name != "q"}

    def in_words(self, query: Mapping[str, str]) -> str:
        """ "Status: in behandeling, Gemeente: Voorst", of the parameters of a list."""
        return ", ".join(
            f"{str(self.form.fields[name].label).rstrip('?')}: {self._value_words(name, value)}"
            for name, value in query.items()
            if name in self.form.fields
        )

    def _value_words(self, name: str, value: str) -> str:
        labels = dict(getattr(self.form.fields[name], "choices", ()))
        return str(labels.get(value, f"‘{value}’"))

    def on_list(self, queryset: QuerySet[Casus], name: str, value: str) -> QuerySet[Casus]:
        mine = self.user.organisation_ids(*CASE_ROLES)
        match value:
            case "mijn":
                done = Event.objects.filter(actor_id=self.user.pk)
                return queryset.filter(pk__in=done.values("casus"))
            case "organisatie":
                return queryset.filter(Q(carried_by__in=mine) | Q(gemeente__in=mine))
            case "gedeeld":
                shared = Involvement.objects.current().filter(organisation__in=mine)
                return queryset.filter(pk__in=shared.values("casus"))
            case _:
                return self.on_turn(queryset, name, OTHERS)

    @property
    def has_words(self) -> bool:
        """Whether somebody typed something to look for that is no whole code."""
        word = str(self.data.get("q") or "").strip()
        return bool(word) and codes.within(word) is None

    @property
    def names_a_code(self) -> bool:
        """Whether somebody asked for one casus by its whole code, and for nothing else."""
        asked = {name: self.data.get(name) for name in self.filters}
        word = str(asked.pop("q", "") or "")
        return codes.within(word) is not None and not any(asked.values())

    def search(self, queryset: QuerySet[Casus], name: str, value: str) -> QuerySet[Casus]:
        """A (part of a) code, a reference of the own organisation, or words of the dossier."""
        code = codes.within(value)
        # A whole code is looked up; only a part of one asks to look through all of them.
        found = Q(code__contains=codes.normalise(value)) if code is None else Q(code=code)
        # Asked apart: with a subquery in the OR the database walks along every casus.
        found |= Q(pk__in=list(self._by_reference(value)))
        if code is None and (text := in_text(value, queryset, self.user)) is not None:
            found |= text
        return queryset.filter(found)

    def _by_reference(self, typed: str) -> QuerySet[OwnReference, int]:
        """The casussen for which an organisation of this user noted (a part of) this number."""
        mine = self.user.organisation_ids(*CASE_ROLES)
        number = reduce(or_, (Q(number__contains=one) for one in numbers_in(typed)), Q(pk__in=[]))
        return OwnReference.objects.filter(number, organisation__in=mine).values_list(
            "casus", flat=True
        )

    def on_turn(self, queryset: QuerySet[Casus], name: str, value: str) -> QuerySet[Casus]:
        if value == MINE:
            return queryset.filter(my_turn(self.user))
        return queryset.exclude(my_turn(self.user)).exclude(status__in=AT_REST)
