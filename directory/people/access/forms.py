"""The button that shuts or opens an account."""

from __future__ import annotations

from django import forms

from rdm.lib.forms import OnceForm


class AccessForm(OnceForm):
    """The button that shuts or opens an account."""

    hidden_names = ("request_id", "access")

    access = forms.ChoiceField(
        choices=[("open", "open"), ("shut", "dicht")], widget=forms.HiddenInput
    )
