"""Forms about accounts and roles."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts

from directory.models import Organisation, Role
from rdm.lib.forms import OnceForm, PlainCharField, PlainEmailField


class AcceptForm(OnceForm):
    """Choose a password; once for somebody new, not at all for who already has an account."""

    password = forms.CharField(
        label="Kies een wachtwoord",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Vul het wachtwoord nog een keer in",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, has_account: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(map(str, password_validators_help_texts()))
        if has_account:
            del self.fields["password"], self.fields["again"]
        self.helper = FormHelper(self)
        self.helper.layout = Layout(
            *[name for name in ("password", "again") if name in self.fields],
            Div(Submit("save", "Uitnodiging aannemen"), css_class="form-actions"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, second = cleaned.get("password"), cleaned.get("again")
        if first and second and first != second:
            self.add_error("again", "De twee wachtwoorden zijn niet gelijk.")
        return cleaned


class InviteForm(OnceForm):
    """Who may come in, in which role and for which organisation."""

    name = PlainCharField(label="Naam", max_length=120)
    email = PlainEmailField(label="E-mailadres van het werk")
    organisation = forms.ModelChoiceField(
        label="Organisatie", queryset=Organisation.objects.all(), empty_label="Kies een organisatie"
    )
    role = forms.ChoiceField(label="Rol", choices=[("", "Kies een rol"), *Role.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.layout = Layout(
            "name",
            "email",
            "organisation",
            "role",
            Div(Submit("save", "Uitnodiging versturen"), css_class="form-actions"),
        )
