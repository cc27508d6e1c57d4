"""Leaving a signaal, handling it, and finding one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.db.models import QuerySet

from directory.models import Signaal, SignaalStatus, SubmitterKind, Tafel, Theme
from directory.signalen import NOTE_NEEDED
from directory.web.visitors import VisitorFormMixin
from rdm.lib import clock
from rdm.lib.forms import (
    HonestForm,
    OnceForm,
    PlainEmailField,
    ScreenedFormMixin,
    ScreenedTextField,
    VersionedForm,
)

MOST_TEXT = 4000
# Choices in the filter, and in its address, that are no status and no tafel.
ALL = "alles"
NONE = "geen"
ABOUT_NO_TAFEL = "Het hele overzicht, of iets dat ontbreekt"


def _about(**kwargs: Any) -> forms.ModelChoiceField[Tafel]:
    return forms.ModelChoiceField(
        queryset=Tafel.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label=ABOUT_NO_TAFEL,
        **kwargs,
    )


def _save(label: str) -> Div:
    return Div(Submit("save", label), css_class="form-actions")


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
        self.fields["tafel"] = _about(label="Waar gaat het over?")
        self.order_fields(["text", "tafel", "sender_kind", "email"])


# What is asked with each step: the question, and help with it.
QUESTIONS: dict[str, tuple[str, str]] = {
    "take_up": ("Wat gaat u doen?", "Alleen de lezers van de signalen zien dit."),
    "to_expert_group": (
        "Wat vraagt u de expertgroep?",
        "U bespreekt het signaal zelf in de expertgroep. Hiervan gaat geen e-mail uit.",
    ),
    "to_steering_group": (
        "Wat vraagt u de stuurgroep?",
        "U bespreekt het signaal zelf in de stuurgroep. Hiervan gaat geen e-mail uit.",
    ),
    "take_back": ("Wat is er besproken?", ""),
    "reopen": ("Waarom heropent u dit signaal?", ""),
}


class MoveForm(ScreenedFormMixin, VersionedForm):
    """A step with a signaal, and what there is to say with it."""

    note = ScreenedTextField(max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, name: str, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        note.label, note.help_text = QUESTIONS[name]
        note.required = name in NOTE_NEEDED
        self.helper = FormHelper()
        self.helper.layout = Layout("note", _save(button))


class AnswerForm(ScreenedFormMixin, VersionedForm):
    """The answer, which closes the signaal."""

    answer = ScreenedTextField(label="Wat is uw antwoord?", max_length=MOST_TEXT)

    def __init__(self, *args: Any, is_mailed: bool, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].help_text = (
            "De afzender krijgt dit per e-mail. Daarna gooien wij het e-mailadres weg."
            if is_mailed
            else "De afzender liet geen e-mailadres achter. Het antwoord blijft bij het signaal."
        )
        self.helper = FormHelper()
        self.helper.layout = Layout("answer", _save(button))


class SortForm(VersionedForm):
    """Which theme and which tafel a signaal is about."""

    theme = forms.ModelChoiceField(
        label="Thema",
        queryset=Theme.objects.all(),
        to_field_name="code",
        required=False,
        empty_label="Nog geen thema",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tafel"] = _about(label="Waar gaat het over?")
        self.helper = FormHelper()
        self.helper.layout = Layout("theme", "tafel", _save("Sla op"))


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
