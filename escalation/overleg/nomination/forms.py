"""Forms of the voordracht for trede 4."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from escalation.overleg.forms import long_text
from escalation.web.forms import NO_NAMES, buttons
from rdm.lib import clock
from rdm.lib.forms import DayField, ScreenedFormMixin, VersionedForm


class NominationForm(ScreenedFormMixin, VersionedForm):
    """The checklist of the region and why only a bewindspersoon can decide (O-04)."""

    checklist = forms.MultipleChoiceField(
        label="Zijn alle voorwaarden vervuld?",
        help_text="De regio heeft deze voorwaarden afgesproken. Zet bij elke een vinkje.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Zet bij elke voorwaarde een vinkje."},
    )
    motivation = long_text(
        "Waarom is trede 4 nodig?",
        f"Waarom lukt het niet zonder een bindend besluit? {NO_NAMES}",
        rows=8,
    )

    def __init__(self, *args: Any, conditions: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conditions = conditions
        self.fields["checklist"].choices = list(conditions.items())  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "checklist", "motivation", buttons("Vraag om een besluit op trede 4")
        )

    @property
    def ticked(self) -> list[str]:
        return [self.conditions[number] for number in self.cleaned_data["checklist"]]


class NominationAnswerForm(ScreenedFormMixin, VersionedForm):
    answered_on = DayField(label="Op welke dag kwam het antwoord?", initial=clock.today)
    answer = long_text("Wat is het antwoord?", NO_NAMES, rows=8)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("answered_on", "answer", buttons("Leg het antwoord vast"))
