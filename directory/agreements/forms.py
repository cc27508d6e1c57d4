"""The form of a procesafspraak."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms

from directory.models import Procesafspraak
from rdm.lib.forms import (
    DayField,
    ScreenedCharField,
    ScreenedFormMixin,
    ScreenedTextField,
    VersionedForm,
    WholeNumberField,
    only_if,
)

# What is sensible per unit; a typing error of 150 instead of 15 working days is stopped here.
LIMITS = {
    Procesafspraak.Unit.WORKDAYS: (0, 100),
    Procesafspraak.Unit.DAYS: (1, 730),
    Procesafspraak.Unit.YEARS: (1, 50),
    Procesafspraak.Unit.MONTH: (1, 12),
    Procesafspraak.Unit.COUNT: (0, 1000),
}


class ProcesafspraakForm(ScreenedFormMixin, VersionedForm):
    """The value of one agreement, whether the region settled it, and why it changes."""

    choice_hints = {
        "state": {
            Procesafspraak.State.PROVISIONAL: "De regio heeft hier nog niet over besloten.",
            Procesafspraak.State.SETTLED: "De regio heeft besloten. Vul in wanneer en wie.",
        }
    }

    state = forms.ChoiceField(
        label="Hoe vast is deze afspraak?",
        choices=[(value, label.capitalize()) for value, label in Procesafspraak.State.choices],
        widget=forms.RadioSelect,
    )
    decided_on = DayField(label="Vastgesteld op", required=False)
    decided_by = ScreenedCharField(
        label="Vastgesteld door",
        help_text="Welk overleg of bestuur. Geen naam van een persoon.",
        max_length=120,
        required=False,
    )
    reason = ScreenedTextField(
        label="Waarom wijzigt u de afspraak?",
        help_text="Uw uitleg staat straks bij de geschiedenis.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, procesafspraak: Procesafspraak, **kwargs: Any) -> None:
        initial = {
            name: getattr(procesafspraak, name)
            for name in ("number", "text", "state", "decided_on", "decided_by")
        }
        kwargs.setdefault("initial", {}).update(initial)
        super().__init__(*args, **kwargs)
        for name in ("decided_on", "decided_by"):
            only_if(self.fields[name], "alleen als de afspraak is vastgesteld")
        if procesafspraak.unit == Procesafspraak.Unit.TEXT:
            value = "text"
            self.fields["text"] = ScreenedTextField(
                label="Tekst van de afspraak", widget=forms.Textarea(attrs={"rows": 8})
            )
        else:
            value = "number"
            low, high = LIMITS[Procesafspraak.Unit(procesafspraak.unit)]
            self.fields["number"] = WholeNumberField(
                label=f"Getal ({procesafspraak.get_unit_display()})",
                min_value=low,
                max_value=high,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "rdm-input--short"}),
            )
        self.helper = FormHelper()
        self.helper.layout = Layout(
            value,
            "state",
            "decided_on",
            "decided_by",
            "reason",
            Div(Submit("save", "Bewaar de afspraak"), css_class="form-actions"),
        )
