"""Fields and small forms that several rooms use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from crispy_forms.layout import Div, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import dateformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from directory.models import Organisation
from escalation.models import ClientSupport
from escalation.reading.supporters import Supporters
from rdm.lib.forms import (
    DayField,
    OnceForm,
    ScreenedCharField,
    ScreenedFormMixin,
    ScreenedTextField,
    VersionedForm,
)

NO_NAMES = "Zet er geen naam, adres of geboortedatum in."
CLIENT_SUPPORT_HINTS = {
    ClientSupport.NOT_OFFERED: "Dit blijft als taak bij de casus staan.",
    ClientSupport.WANTED: "De inwoner wil het, maar heeft nog geen ondersteuner.",
    ClientSupport.LINKED: "Kies hieronder de organisatie.",
    ClientSupport.UNAVAILABLE: "Leg hieronder uit waarom niet.",
}
IF_LINKED = "alleen als de inwoner gekoppeld is"
IF_UNAVAILABLE = "alleen verplicht als ondersteuning niet beschikbaar is"
CLIENT_SUPPORT_CHOICES = [(value, capfirst(label)) for value, label in ClientSupport.choices]


def organisation_field(
    organisations: Iterable[Organisation], *, empty: str = "Kies een organisatie", **kwargs: Any
) -> RecordChoiceField:
    """A list of organisations that starts `empty`: from A to Z, under their kinds from A to Z."""
    in_order = sorted(
        organisations,
        key=lambda one: (one.get_kind_display().casefold(), one.name.casefold()),
    )
    several = len({one.kind for one in in_order}) > 1
    field = RecordChoiceField(
        records=in_order,
        key=lambda one: one.slug,
        group=(lambda one: capfirst(one.get_kind_display())) if several else None,
        widget=forms.Select,
        **kwargs,
    )
    start_empty(field, empty)
    return field


def supporter_field(supporters: Supporters, **kwargs: Any) -> RecordChoiceField:
    """Who supports the resident; those that the gemeente names come first (E-128)."""
    ours = {one.pk for one in supporters.of_gemeente}
    field = RecordChoiceField(
        label="Welke organisatie ondersteunt de inwoner?",
        records=supporters.all,
        key=lambda one: one.slug,
        group=(
            (lambda one: f"Van {supporters.gemeente}" if one.pk in ours else "Andere organisaties")
            if ours and supporters.others
            else None
        ),
        widget=forms.Select,
        **kwargs,
    )
    start_empty(field, "Kies een organisatie")
    return field


def start_empty(field: RecordChoiceField, text: str) -> None:
    """Put a first choice in a list that is no answer yet."""
    field.choices = [("", text), *list(field.choices)]  # type: ignore[arg-type]


class ConfirmForm(VersionedForm):
    """Nothing to fill in: are you sure?"""


def reference_field(label: str) -> ScreenedCharField:
    return ScreenedCharField(
        label=label,
        help_text="Het nummer van deze casus in uw eigen systeem. Alleen uw organisatie ziet dit.",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "rdm-input--medium"}),
    )


class ConfirmOnceForm(OnceForm):
    """Nothing to fill in, and no version: are you sure?"""


NO_NAMES = "Zet er geen naam, adres of geboortedatum in."


class Note:
    """A line of text between the fields of a form."""

    def __init__(self, text: str) -> None:
        self.text = text

    def render(self, form: Any, context: Any, **kwargs: Any) -> SafeString:
        return format_html('<p class="nl-paragraph rdm-field">{}</p>', self.text)


def buttons(label: str) -> Div:
    return Div(Submit("save", label), css_class="form-actions")


def first_sentence(text: str) -> str:
    """The first sentence of a text of the region file, as a short hint."""
    return re.split(r"(?<=[.!?])\s", " ".join(text.split()), maxsplit=1)[0]


YES, NO = "yes", "no"
YES_NO = [(YES, "Ja"), (NO, "Nee")]


def yes_no(label: str, help_text: str = "") -> forms.TypedChoiceField:
    """A question with ja or nee; comes out as True, False or None."""
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=YES_NO,
        coerce=lambda value: value == YES,
        empty_value=None,
        widget=forms.RadioSelect,
    )


def in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.MultipleChoiceField):
        labels = dict(field.choices)  # type: ignore[arg-type]
        return ", ".join(str(labels.get(one, one)) for one in value or [])
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        found = next((label for key, label in _flat(choices) if key == value), "")
        return str(found) if value not in (None, "") else ""
    if isinstance(field, DayField):
        try:
            value = field.to_python(value)
        except forms.ValidationError:
            return str(value)
    if isinstance(value, date | datetime):
        return dateformat.format(value, "j F Y")
    return str(value or "").replace("\r\n", "\n")


def _flat(choices: Iterable[Any]) -> Iterable[tuple[str, str]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


class ReasonForm(ScreenedFormMixin, OnceForm):
    """One reason."""

    reason = ScreenedTextField(
        label="Waarom?", help_text=NO_NAMES, widget=forms.Textarea(attrs={"rows": 4})
    )


class RecordChoiceField(forms.ChoiceField):
    """A choice among `records`; comes out as the record.

    It never asks the database, so a made-up value is just not one of the choices. `key` gives the
    value of a record, `group` (optional) the heading above it.
    """

    def __init__(
        self,
        *,
        records: Iterable[Any],
        key: Callable[[Any], str],
        label_of: Callable[[Any], str] = str,
        group: Callable[[Any], str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.records = {key(record): record for record in records}
        kwargs.setdefault("widget", forms.RadioSelect)
        super().__init__(**kwargs)
        self.choices = self._choices_of(label_of, group)

    def _choices_of(
        self, label_of: Callable[[Any], str], group: Callable[[Any], str] | None
    ) -> list[Any]:
        if group is None:
            return [(value, label_of(record)) for value, record in self.records.items()]
        groups: dict[str, list[tuple[str, str]]] = {}
        for value, record in self.records.items():
            groups.setdefault(group(record), []).append((value, label_of(record)))
        return list(groups.items())

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        if not chosen:
            return None
        if chosen not in self.records:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return self.records[chosen]
