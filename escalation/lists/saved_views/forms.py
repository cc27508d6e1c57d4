"""The name of a weergave: filters of the list that somebody keeps."""

from __future__ import annotations

from django import forms

from rdm.lib.forms import OnceForm, ScreenedCharField, ScreenedFormMixin


class SavedViewForm(ScreenedFormMixin, OnceForm):
    """Under which name the filters are kept."""

    name = ScreenedCharField(
        label="Naam van de weergave",
        help_text="Bijvoorbeeld: wacht op het coördinatiepunt. Alleen u ziet deze naam.",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
