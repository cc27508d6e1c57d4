"""Correcting a text on request of the resident."""

from __future__ import annotations

from typing import Any

from django import forms

from escalation.keeping.export.forms import NO, YES
from escalation.models import Casus
from escalation.models.rights import CORRECTABLE
from escalation.web.forms import NO_NAMES
from rdm.lib.forms import ScreenedFormMixin, ScreenedTextField, VersionedForm, only_if


class CorrectionForm(ScreenedFormMixin, VersionedForm):
    """What the resident wants changed, and what the gemeente does with it."""

    field = forms.ChoiceField(
        label="Welke tekst wil de inwoner veranderen?",
        choices=list(CORRECTABLE.items()),
        widget=forms.Select,
    )
    asked = ScreenedTextField(
        label="Wat wil de inwoner veranderen?",
        help_text=f"Schrijf het op in de woorden van de inwoner. {NO_NAMES}",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    granted = forms.ChoiceField(
        label="Past u de tekst aan?",
        choices=[(YES, "Ja"), (NO, "Nee")],
        widget=forms.RadioSelect,
    )
    new_text = ScreenedTextField(
        label="De nieuwe tekst",
        help_text="Deze tekst komt in de plaats van de oude. De oude blijft bij de correcties "
        "staan.",
    )
    reason = ScreenedTextField(
        label="Waarom past u de tekst niet aan?", widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, casus: Casus, **kwargs: Any) -> None:
        super().__init__(*args, version=casus.version, **kwargs)
        only_if(self.fields["new_text"], "alleen bij ja")
        only_if(self.fields["reason"], "alleen bij nee")
