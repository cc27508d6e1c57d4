"""What an alarm about the log was."""

from __future__ import annotations

from django import forms

from rdm.lib.forms import OnceForm, ScreenedFormMixin, ScreenedTextField


class ExplainForm(ScreenedFormMixin, OnceForm):
    """What it was: with that the alarm is over."""

    explanation = ScreenedTextField(
        label="Wat was er aan de hand?",
        help_text="Bijvoorbeeld: wij zetten een reservekopie terug. Met wie hebt u dit bekeken?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
