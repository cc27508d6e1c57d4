"""The filter above the people."""

from __future__ import annotations

from django import forms

from directory.models import Organisation, Role
from rdm.lib.forms import HonestForm, PlainCharField


class MemberFilterForm(HonestForm):
    """The filter above the people; wrong values are reported and left out."""

    q = PlainCharField(
        label="Zoek op naam of e-mail",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    organisatie = forms.ModelChoiceField(
        label="Organisatie",
        required=False,
        queryset=Organisation.objects.all(),
        to_field_name="slug",
        empty_label="Alle organisaties",
    )
    rol = forms.ChoiceField(
        label="Rol", required=False, choices=[("", "Alle rollen"), *Role.choices]
    )
