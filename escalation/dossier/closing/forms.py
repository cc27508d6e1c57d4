"""Closing a casus, and opening it again."""

from __future__ import annotations

from django import forms
from django.utils.text import capfirst

from escalation.models import Casus
from escalation.web.forms import NO_NAMES
from rdm.lib.forms import ScreenedFormMixin, ScreenedTextField, VersionedForm


class CloseForm(ScreenedFormMixin, VersionedForm):
    """How and why the casus ends."""

    choice_hints = {
        "closing": {
            Casus.Closing.SOLVED: "Er is een passende oplossing voor de inwoner.",
            Casus.Closing.WITHDRAWN: "De inwoner of de aanmelder wil niet verder.",
        }
    }

    closing = forms.ChoiceField(
        label="Hoe eindigt de casus?",
        choices=[(value, capfirst(label)) for value, label in Casus.Closing.choices],
        widget=forms.RadioSelect,
    )
    reason = ScreenedTextField(
        label="Waarom sluit u de casus af?",
        help_text=f"Schrijf op wat de oplossing is, of waarom het stopt. {NO_NAMES}",
    )


class ReopenForm(ScreenedFormMixin, VersionedForm):
    """Why the search for a solution starts again."""

    reason = ScreenedTextField(
        label="Waarom heropent u de casus?",
        help_text=f"Schrijf op wat er veranderd is. {NO_NAMES}",
    )
