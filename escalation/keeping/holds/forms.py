"""Keeping a casus longer."""

from __future__ import annotations

from django import forms

from escalation.web.forms import NO_NAMES
from rdm.lib.forms import DayField, ScreenedFormMixin, ScreenedTextField, VersionedForm


class HoldForm(ScreenedFormMixin, VersionedForm):
    """Why a casus is kept longer, and until when."""

    until = DayField(label="Tot en met welke dag bewaart u de casus?")
    reason = ScreenedTextField(
        label="Waarom bewaart u de casus langer?",
        help_text=f"Bijvoorbeeld: er loopt een klacht of een rechtszaak. {NO_NAMES}",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
