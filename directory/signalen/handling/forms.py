"""What there is to say with a step of a signaal."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms

from directory.models import Theme
from directory.signalen.forms import MOST_TEXT, about_field
from directory.signalen.workflow import NOTE_NEEDED
from rdm.lib.forms import ScreenedFormMixin, ScreenedTextField, VersionedForm


def _save(label: str) -> Div:
    return Div(Submit("save", label), css_class="form-actions")


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
        self.fields["tafel"] = about_field(label="Waar gaat het over?")
        self.helper = FormHelper()
        self.helper.layout = Layout("theme", "tafel", _save("Sla op"))
