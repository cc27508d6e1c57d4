"""Forms of the privacy officer: a filter above the meldingen, and a step with one of them."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.db.models import QuerySet

from escalation.models import UnusualReading, UnusualStatus
from escalation.oversight.unusual.workflow import NOTE_NEEDED
from rdm.lib.forms import HonestForm, ScreenedFormMixin, ScreenedTextField, VersionedForm

ALL = "alles"
# What is asked with each step: the question, and help with it.
QUESTIONS: dict[str, tuple[str, str]] = {
    "look_into": ("Wat gaat u uitzoeken?", ""),
    "settle": (
        "Wat was er aan de hand, en wat hebt u gedaan?",
        "Bijvoorbeeld: bij wie u navraag deed en of het een datalek is.",
    ),
    "open_again": ("Waarom heropent u deze melding?", ""),
}


class UnusualFilter(HonestForm):
    """Of all meldingen; without a choice those that are not handled."""

    stand = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[
            ("", "Nog niet afgehandeld"),
            *((value, str(label).capitalize()) for value, label in UnusualStatus.choices),
            (ALL, "Alles"),
        ],
    )
    soort = forms.ChoiceField(
        label="Soort",
        required=False,
        choices=[
            ("", "Alle soorten"),
            *((value, str(label).capitalize()) for value, label in UnusualReading.Kind.choices),
        ],
    )

    @property
    def active(self) -> bool:
        """Whether anything was chosen."""
        return any(self.data.get(name) for name in self.fields)

    def narrow(self, readings: QuerySet[UnusualReading]) -> QuerySet[UnusualReading]:
        """Of these, what was asked for; what does not validate is left out."""
        status, kind = (self.cleaned_data.get(name, "") for name in ("stand", "soort"))
        if not status:
            readings = readings.exclude(status=UnusualStatus.DONE)
        elif status != ALL:
            readings = readings.filter(status=status)
        return readings.filter(kind=kind) if kind else readings


class UnusualMoveForm(ScreenedFormMixin, VersionedForm):
    """A step with a melding, and what there is to say with it."""

    note = ScreenedTextField(max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, name: str, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        note.label, note.help_text = QUESTIONS[name]
        note.required = name in NOTE_NEEDED
        self.helper = FormHelper()
        self.helper.layout = Layout("note", Div(Submit("save", button), css_class="form-actions"))
