"""Asking to hear of changes."""

from __future__ import annotations

from django import forms

from directory.web.visitors import VisitorFormMixin
from rdm.lib.forms import OnceForm, PlainEmailField


class SubscribeForm(VisitorFormMixin, OnceForm):
    """An address, and whether its reader works for a huisartsenorganisatie (E-177)."""

    email = PlainEmailField(
        label="E-mailadres",
        help_text="U krijgt een e-mail om dit te bevestigen.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "rdm-input--medium"}),
    )
    is_gp = forms.BooleanField(
        label="Ik werk bij een huisartsenorganisatie",
        help_text="Dan zeggen wij erbij aan welke tafels huisartsen zelf mogen aanmelden.",
        required=False,
    )
