"""The number that the own organisation gives a casus."""

from __future__ import annotations

from django import forms

from escalation.web.forms import reference_field
from rdm.lib.forms import OnceForm, ScreenedFormMixin


class ReferenceForm(ScreenedFormMixin, OnceForm):
    """The number that the own organisation gives a casus (O-08)."""

    reference = reference_field("Kenmerk van uw organisatie")
    before = forms.CharField(required=False, widget=forms.HiddenInput)
