"""Inviting somebody, and accepting that."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout, Submit
from django import forms
from django.urls import reverse

from directory.models import Organisation, Role
from rdm.lib.forms import OnceForm, PlainCharField, PlainEmailField

# What each role is for, in the words of who hands it out.
ROLE_HINTS = {
    Role.PROCESMANAGER: "Registreert casussen, legt de route vast en meldt aan voor trede 3.",
    Role.GEMEENTE: "Bereidt het overleg voor en dient de terugkoppeling in.",
    Role.AANMELDER: "Registreert een casus namens een instelling.",
    Role.CLIENT_SUPPORT: "Leest mee bij casussen waar de inwoner dat wil.",
    Role.TAFEL_CONTACT: "Is het aanspreekpunt van een tafel. Ziet geen casussen.",
    Role.COORDINATOR: "Beoordeelt aanmeldingen voor trede 3 en bewaakt de termijnen.",
    Role.PORTEFEUILLEHOUDER: "Leest terugkoppelingen en cijfers. Ziet geen dossiers.",
    Role.THEMAGROEP: "Bereidt de leersessie voor. Ziet geen dossiers.",
    Role.PRIVACY_OFFICER: "Ziet wie een dossier heeft bekeken.",
    Role.ADMIN: "Beheert mensen en rollen. Ziet geen casussen.",
}


class AcceptForm(OnceForm):
    """Choose a password; once for somebody new, not at all for who already has an account."""

    password = forms.CharField(
        label="Kies een wachtwoord",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Minstens 12 tekens. Een zin is makkelijker te onthouden dan losse tekens.",
    )
    again = forms.CharField(
        label="Vul het wachtwoord nog een keer in",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, has_account: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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

    name = PlainCharField(
        label="Naam",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = PlainEmailField(
        label="E-mailadres van het werk",
        help_text="Hierheen gaat de uitnodiging. Daarna is dit de naam om mee in te loggen.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    organisation = forms.ModelChoiceField(
        label="Organisatie", queryset=Organisation.objects.all(), empty_label="Kies een organisatie"
    )
    role = forms.ChoiceField(label="Rol", choices=Role.choices, widget=forms.RadioSelect)

    choice_hints = {"role": {role.value: hint for role, hint in ROLE_HINTS.items()}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.layout = Layout(
            "name",
            "email",
            "organisation",
            "role",
            Div(
                Submit("save", "Uitnodiging versturen"),
                HTML(f'<a class="nl-link" href="{reverse("member_list")}">Annuleren</a>'),
                css_class="form-actions",
            ),
        )
