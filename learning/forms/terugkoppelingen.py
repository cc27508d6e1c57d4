"""Forms of the terugkoppeling: writing the four rubrieken, submitting, correcting, filtering."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms

from learning.models.terugkoppeling import RUBRIEKEN
from rdm.lib.forms import (
    HonestForm,
    OnceForm,
    ScreenedFormMixin,
    ScreenedTextField,
    VersionedForm,
    WholeNumberField,
)

# What a reader of the region needs, and what must stay out (O-07).
HINTS = {
    "case_description": "Beschrijf in het kort waarom de casus vastliep. Schrijf zo dat niemand de "
    "inwoner herkent: geen leeftijd, wijk, familie, instelling of bijzondere gebeurtenis.",
    "outcomes": "Wat is besloten, en wie doet wat? Noem functies en organisaties, geen namen. "
    "Laat weg wat naar de inwoner wijst.",
    "regional_lessons": "Wat moet in de regio anders of beter? De portefeuillehouder brengt dit "
    "naar de stuurgroep ZVS. Is er niets? Schrijf dan ‘geen’.",
    "national_advice": "Wat lukt alleen als wetten, regels of geld veranderen? "
    "Is er niets? Schrijf dan ‘geen’.",
}
_ROWS = {"case_description": 7, "outcomes": 9, "regional_lessons": 6, "national_advice": 5}


class WriteForm(ScreenedFormMixin, VersionedForm):
    """The four rubrieken as a draft: each may still be empty."""

    late_words = tuple(name for name, _ in RUBRIEKEN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, (name, title) in enumerate(RUBRIEKEN, start=1):
            self.fields[name] = ScreenedTextField(
                label=f"{number}. {title}",
                required=False,
                help_text=HINTS[name],
                widget=forms.Textarea(attrs={"rows": _ROWS[name]}),
            )
            # Required for submitting, not for a draft: "(niet verplicht)" would mislead.
            self.fields[name].depends = True  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            *[name for name, _ in RUBRIEKEN],
            Div(
                Submit("check", "Sla op en controleer"),
                Submit("save", "Sla op", css_class="secondary"),
                css_class="form-actions",
            ),
        )


class SubmitForm(VersionedForm):
    """The last look before the text leaves the gemeente for good."""

    not_traceable = forms.BooleanField(
        label="In deze tekst staat niets waaraan iemand de inwoner herkent",
        error_messages={
            "required": "Lees de tekst nog eens. Zet een vinkje als niemand de inwoner herkent."
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "not_traceable",
            Div(Submit("submit", "Dien de terugkoppeling in"), css_class="form-actions"),
        )


class CorrectForm(ScreenedFormMixin, VersionedForm):
    reason = ScreenedTextField(
        label="Wat wilt u verbeteren, en waarom?",
        help_text="Deze uitleg staat straks boven de nieuwe versie. De oude versie blijft bewaard.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "reason", Div(Submit("save", "Begin de correctie"), css_class="form-actions")
        )


class StopCorrectionForm(VersionedForm):
    """Nothing to fill in: the draft goes back to what was submitted."""


class ReadForm(OnceForm):
    """Which version was read."""

    hidden_names = ("request_id", "number")

    number = WholeNumberField(widget=forms.HiddenInput)


class CompareForm(HonestForm):
    """Which two versions stand side by side."""

    van = forms.ChoiceField(label="Vergelijk")
    naar = forms.ChoiceField(label="met")

    def __init__(self, *args: Any, numbers: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(number), f"versie {number}") for number in numbers]
        for name in ("van", "naar"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class TerugkoppelingFilter(HonestForm):
    """Narrow the list by year of submission, gemeente and whether it was read."""

    jaar = forms.TypedChoiceField(label="Ingediend in", required=False, coerce=int)
    gemeente = forms.ChoiceField(label="Gemeente", required=False)
    gelezen = forms.ChoiceField(
        label="Gelezen",
        required=False,
        choices=[("", "Alles"), ("nee", "Nog niet gelezen"), ("ja", "Gelezen")],
    )

    def __init__(
        self,
        *args: Any,
        years: Iterable[int],
        gemeenten: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jaar"].choices = [  # type: ignore[attr-defined]
            ("", "Alle jaren"),
            *((year, str(year)) for year in years),
        ]
        self.fields["gemeente"].choices = [  # type: ignore[attr-defined]
            ("", "Alle gemeenten"),
            *gemeenten,
        ]

    @property
    def active(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def chosen(self, name: str) -> Any:
        """What was chosen for one field; None when nothing, or nothing that exists."""
        self.errors  # noqa: B018  # validates
        return self.cleaned_data.get(name) or None
