"""Inviting somebody, and accepting that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout, Submit
from django import forms
from django.urls import reverse
from django.utils.text import capfirst

from directory.models import Organisation, Role
from directory.roles import HEAVY
from rdm.lib.forms import (
    HonestForm,
    OnceForm,
    PlainCharField,
    PlainEmailField,
    ScreenedFormMixin,
    ScreenedTextField,
)

SECOND_PERSON = "Een tweede persoon moet eerst akkoord gaan."
# What each role is for, in the words of who hands it out.
ROLE_HINTS = {
    Role.PROCESMANAGER: "Registreert casussen, legt de route vast en meldt aan voor trede 3.",
    Role.GEMEENTE: "Bereidt het overleg voor en dient de terugkoppeling in.",
    Role.AANMELDER: "Registreert een casus namens een instelling.",
    Role.CLIENT_SUPPORT: "Leest mee bij casussen waar de inwoner dat wil.",
    Role.TAFEL_CONTACT: "Is het aanspreekpunt van een tafel. Ziet geen casussen.",
    Role.COORDINATOR: "Beoordeelt aanmeldingen voor trede 3, bewaakt de termijnen en ziet die "
    "dossiers.",
    Role.PORTEFEUILLEHOUDER: "Leest terugkoppelingen en cijfers. Ziet geen dossiers.",
    Role.THEMAGROEP: "Bereidt de leersessie voor. Ziet geen dossiers.",
    Role.PRIVACY_OFFICER: "Ziet wie een dossier heeft bekeken.",
    Role.ADMIN: "Beheert mensen en rollen. Ziet geen casussen.",
}


def hint_of(role: Role) -> str:
    """What a role is for, and that a heavy one asks for a second person."""
    return f"{ROLE_HINTS[role]} {SECOND_PERSON}" if role in HEAVY else ROLE_HINTS[role]


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


class WhereForm(HonestForm):
    """For which organisation somebody is invited: that says which roles there are."""

    organisatie = forms.ModelChoiceField(
        label="Organisatie",
        queryset=Organisation.objects.all(),
        to_field_name="slug",
        empty_label="Kies een organisatie",
    )


class PersonForm(OnceForm):
    """Who may come in; `button` sends it, `back` is where somebody goes who does not."""

    button, back = "Uitnodiging opnieuw versturen", "invitation_list"

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.layout = Layout(
            *[name for name in self.fields if name not in self.hidden_names],
            Div(
                Submit("save", self.button),
                HTML(f'<a class="nl-link" href="{reverse(self.back)}">Annuleren</a>'),
                css_class="form-actions",
            ),
        )


class InviteForm(PersonForm):
    """The same, and in which of the roles of the organisation."""

    button, back = "Uitnodiging versturen", "member_list"

    role = forms.ChoiceField(label="Rol", widget=forms.RadioSelect)

    choice_hints = {"role": {role.value: hint_of(role) for role in Role}}

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, capfirst(role.label)) for role in roles]  # type: ignore[attr-defined]


class DeclineForm(ScreenedFormMixin, OnceForm):
    """Why somebody does not get a heavy role."""

    reason = ScreenedTextField(
        label="Waarom gaat u niet akkoord?",
        help_text="Wie deze persoon uitnodigde, leest dit.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
