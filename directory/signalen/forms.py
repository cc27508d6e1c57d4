"""Leaving a signaal, and finding one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from directory.models import Signaal, SignaalStatus, SubmitterKind, Tafel
from directory.web.visitors import VisitorFormMixin
from rdm.lib import clock
from rdm.lib.forms import (
    HonestForm,
    OnceForm,
    PlainEmailField,
    ScreenedFormMixin,
    ScreenedTextField,
)

MOST_TEXT = 4000
# Choices in the filter, and in its address, that are no status and no tafel.
ALL = "alles"
NONE = "geen"
ABOUT_NO_TAFEL = "Het hele overzicht, of iets dat ontbreekt"


def about_field(**kwargs: Any) -> forms.ModelChoiceField[Tafel]:
    return forms.ModelChoiceField(
        queryset=Tafel.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label=ABOUT_NO_TAFEL,
        **kwargs,
    )


class SignaalForm(VisitorFormMixin, ScreenedFormMixin, OnceForm):
    """What does not work, about which tafel, and by whom if they want to say that (E-175)."""

    text = ScreenedTextField(
        label="Wat werkt er niet?",
        help_text="Zet er niets in over een inwoner: geen naam, geen geboortedatum en niets "
        "waaraan iemand te herkennen is.",
        max_length=MOST_TEXT,
    )
    sender_kind = forms.ModelChoiceField(
        label="Namens wie laat u dit weten?",
        help_text="Zo zien wij wie hier last van heeft.",
        queryset=SubmitterKind.objects.all(),
        to_field_name="code",
        required=False,
        empty_label="Dat zeg ik liever niet",
    )
    email = PlainEmailField(
        label="Uw e-mailadres",
        help_text="Alleen als u antwoord wilt. Na het antwoord gooien wij het adres weg.",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "rdm-input--medium"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tafel"] = about_field(label="Waar gaat het over?")
        self.order_fields(["text", "tafel", "sender_kind", "email"])


class SignaalFilter(HonestForm):
    """Of all signalen; without a choice those that wait for an answer."""

    stand = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[
            ("", "Nog niet afgehandeld"),
            *((value, str(label).capitalize()) for value, label in SignaalStatus.choices),
            (ALL, "Alles"),
        ],
    )
    tafel = forms.ChoiceField(label="Gaat over", required=False)
    thema = forms.ChoiceField(label="Thema", required=False)
    jaar = forms.ChoiceField(label="Jaar", required=False)

    def __init__(
        self,
        *args: Any,
        tafels: Iterable[tuple[str, str]],
        themes: Iterable[tuple[str, str]],
        years: Iterable[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        lists = {
            "tafel": [("", "Alles"), (NONE, ABOUT_NO_TAFEL), *tafels],
            "thema": [("", "Alle thema's"), (NONE, "Nog geen thema"), *themes],
            "jaar": [("", "Alle jaren"), *((str(year), str(year)) for year in years)],
        }
        for name, choices in lists.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def active(self) -> bool:
        """Whether anything was chosen."""
        return any(self.data.get(name) for name in self.fields)

    def narrow(self, signalen: QuerySet[Signaal]) -> QuerySet[Signaal]:
        """Of these, what was asked for; what does not validate is left out. Who waits for an answer
        comes first, and when what is done is asked for as well, what came in last."""
        asked = {name: self.cleaned_data.get(name, "") for name in self.fields}
        if not asked["stand"]:
            signalen = signalen.exclude(status=SignaalStatus.DONE)
        elif asked["stand"] != ALL:
            signalen = signalen.filter(status=asked["stand"])
        for name, path in (("tafel", "tafel__slug"), ("thema", "theme__code")):
            if asked[name] == NONE:
                signalen = signalen.filter(**{path.split("__")[0]: None})
            elif asked[name]:
                signalen = signalen.filter(**{path: asked[name]})
        if asked["jaar"]:
            signalen = signalen.filter(**_within(int(asked["jaar"])))
        if asked["stand"] in (ALL, SignaalStatus.DONE):
            return signalen.order_by("-left_at", "-pk")
        return signalen.order_by("left_at", "pk")


def _within(year: int) -> dict[str, Any]:
    start, end = clock.year_bounds(year)
    return {"left_at__gte": start, "left_at__lt": end}
