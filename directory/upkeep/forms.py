"""The whole page of a tafel as a form, for who proposes a change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout, Row, Submit
from django import forms
from django.db.models import CharField
from django.utils.text import slugify

from directory.models import Domain, Edition, Organisation, SubmitterKind, Tafel
from directory.upkeep.page_fields.fields import TAFEL_PARTS, Kind, Part, Values
from directory.web.fields import (
    Column,
    PhoneField,
    PublishedCharField,
    PublishedTextField,
    Rows,
    WebField,
)
from rdm.lib.forms import (
    DayField,
    OnceForm,
    PlainEmailField,
    ScreenedFormMixin,
    ScreenedTextField,
    WholeNumberField,
)

# Who answers without an account; shown in public, so a choice and not a text.
FUNCTIONS = (
    "voorzitter van de tafel",
    "coördinator of secretaris van de tafel",
    "contactpersoon van de tafel",
    "deelnemer aan de tafel",
)
SPARE = 2
"""Empty rows in a list; who has more to add proposes again."""
MOST_TEXT = 5000
MOST_NUMBER = {"duration_minutes": 600}
MOST_WEEKS = 104


@dataclass(frozen=True)
class Choices:
    """Everything that can be chosen in the form, in three queries."""

    organisations: list[tuple[str, str]]
    gemeenten: list[tuple[str, str]]
    submitters: list[tuple[str, str]]
    domains: list[tuple[str, str]]

    @classmethod
    def read(cls) -> Choices:
        rows = list(Organisation.objects.values_list("slug", "name", "kind"))
        is_gemeente = Organisation.Kind.GEMEENTE
        return cls(
            [(slug, name) for slug, name, kind in rows if kind != is_gemeente],
            [(slug, name) for slug, name, kind in rows if kind == is_gemeente],
            list(SubmitterKind.objects.values_list("code", "label")),
            list(Domain.objects.values_list("code", "label")),
        )


class FunctionField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        choices = [(one, one.capitalize()) for one in FUNCTIONS]
        super().__init__(choices=choices, widget=forms.RadioSelect, **kwargs)


FOR_WORDS = {Kind.TEXT, Kind.LINE, Kind.EMAIL, Kind.PHONE, Kind.URL}


class TafelForm(ScreenedFormMixin, OnceForm):
    """The whole page of a tafel as a form, filled with one edition, and the reason for a change.

    `based_on` is the number of that edition. Only what differs from it is proposed, so nothing
    is lost when the page changes while somebody types. Valid: `values` is the page as it becomes.
    """

    hidden_names = ("request_id", "based_on")
    late_words = tuple(part.name for part in TAFEL_PARTS if part.kind in FOR_WORDS)

    based_on = WholeNumberField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, edition: Edition, choices: Choices, by_link: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.edition, self.choices = edition, choices
        self.initial["based_on"] = edition.number
        self.rows: dict[str, Rows] = {}
        for part in TAFEL_PARTS:
            if part.can_be_proposed:
                self._add(part, edition.values.get(part.name))
        self.fields["reason"] = ScreenedTextField(
            label="Waarom moet dit worden gewijzigd?",
            help_text="Wie het voorstel nakijkt, leest dit.",
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        if by_link:
            self.fields["function"] = FunctionField(label="Wat is uw functie?")
        else:
            self.fields["confirms"] = forms.BooleanField(
                label="Ik heb de hele pagina bekeken. De rest klopt.",
                help_text="Dan telt dit voorstel, als het is gepubliceerd, ook als de jaarlijkse "
                "bevestiging.",
                required=False,
            )
        self.helper = FormHelper()
        self.helper.layout = self._layout("function" if by_link else "confirms")

    def _add(self, part: Part, value: Any) -> None:
        if part.kind is Kind.INSTROOM:
            self._add_criteria(value)
        elif part.kind in _ROWS:
            rows = Rows(part.name, _ROWS[part.kind], value or [], SPARE)
            rows.add_to(self)
            self.rows[part.name] = rows
        else:
            field = self._field(part, value)
            field.label, field.help_text = part.label, part.help
            field.required = part.name == "name"
            field.initial = value
            self.fields[part.name] = field

    def _field(self, part: Part, value: Any) -> forms.Field:
        if part.kind is Kind.TEXT:
            lines = max(3, min(12, len(value or "") // 70 + (value or "").count("\n") + 1))
            text: forms.Field = _known(
                PublishedTextField(
                    max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": lines})
                ),
                value,
            )
            return text
        if part.kind is Kind.LINE:
            line: forms.Field = _known(PublishedCharField(max_length=_room(part.name)), value)
            return line
        if part.kind is Kind.NUMBER:
            short = forms.TextInput(attrs={"inputmode": "numeric", "class": "rdm-input--short"})
            most = MOST_NUMBER.get(part.name, MOST_WEEKS)
            return WholeNumberField(min_value=1, max_value=most, widget=short)
        if part.kind is Kind.ORGANISATION:
            none = [("", "Niet vermeld")]
            return forms.ChoiceField(choices=[*none, *self.choices.organisations])
        if part.kind in (Kind.ORGANISATIONS, Kind.SUBMITTERS, Kind.DOMAINS):
            several = {
                Kind.ORGANISATIONS: self.choices.gemeenten,
                Kind.SUBMITTERS: self.choices.submitters,
                Kind.DOMAINS: self.choices.domains,
            }[part.kind]
            return forms.MultipleChoiceField(choices=several, widget=forms.CheckboxSelectMultiple)
        simple: dict[Kind, type[forms.Field]] = {
            Kind.EMAIL: PlainEmailField,
            Kind.PHONE: PhoneField,
            Kind.URL: WebField,
            Kind.DAY: DayField,
        }
        return simple[part.kind]()

    def _add_criteria(self, value: Values) -> None:
        for place, one in enumerate(value["criteria"], start=1):
            text = _known(PublishedCharField(max_length=500), one["text"])
            text.label, text.initial = f"Criterium {place}", one["text"]
            text.widget = forms.Textarea(attrs={"rows": 2})
            counts = forms.BooleanField(
                label=f"Criterium {place} telt mee", required=False, initial=one["active"]
            )
            self.fields[f"criterium_{place}_text"] = text
            self.fields[f"criterium_{place}_counts"] = counts

    # --- how it looks

    def _layout(self, last: str) -> Layout:
        grouped = groupby(TAFEL_PARTS, lambda part: part.section)
        sections = [
            Fieldset(section, *self._of_section(parts), css_id=slugify(section))
            for section, parts in grouped
        ]
        self.sections = [(one.legend, one.css_id) for one in sections]
        return Layout(
            *sections,
            Fieldset("Uw voorstel", "reason", last),
            Div(Submit("save", "Verstuur het voorstel"), css_class="form-actions"),
        )

    def _of_section(self, parts: Iterable[Part]) -> list[Any]:
        found: list[Any] = []
        for part in parts:
            if part.kind is Kind.INSTROOM:
                found += self._criteria_layout()
            elif part.name in self.rows:
                rows = self.rows[part.name]
                heading = f'<h3 class="nl-heading nl-heading--level-3">{part.label}</h3>'
                if part.label == part.section:
                    heading = ""
                lines = [Row(*rows.names(number)) for number in range(rows.count)]
                found += [HTML(heading), *lines]
            elif part.can_be_proposed:
                found.append(part.name)
        return found

    def _criteria_layout(self) -> list[Any]:
        names = [name for name in self.fields if name.startswith("criterium_")]
        if not names:
            return []
        note = (
            '<p class="nl-paragraph rdm-muted">U kunt de tekst van een criterium wijzigen, en '
            "zeggen of het meetelt. Moet er een criterium bij of weg? Schrijf dat dan bij de "
            "reden.</p>"
        )
        return [HTML(note), *names]

    # --- what was filled in

    def clean(self) -> dict[str, Any]:
        self.filled = {name: rows.filled(self) for name, rows in self.rows.items()}
        return self.cleaned_data

    @property
    def values(self) -> Values:
        """The page as it becomes, as `page_fields.values` says it. Only of a valid form."""
        return {part.name: self._value(part) for part in TAFEL_PARTS if part.can_be_proposed}

    def _value(self, part: Part) -> Any:
        if part.kind is Kind.INSTROOM:
            return self._criteria()
        if part.kind is Kind.QUESTIONS:
            return self._questions()
        if part.name in self.filled:
            return [given for _, given in self.filled[part.name]]
        value = self.cleaned_data[part.name]
        if part.kind is Kind.DAY:
            return value.isoformat() if value else ""
        return sorted(set(value)) if isinstance(value, list) else value

    def _criteria(self) -> Values:
        now = self.edition.values["instroom"]
        changed = [
            {
                **one,
                "text": self.cleaned_data[f"criterium_{place}_text"],
                "active": self.cleaned_data[f"criterium_{place}_counts"],
            }
            for place, one in enumerate(now["criteria"], start=1)
        ]
        return {**now, "criteria": changed}

    def _questions(self) -> list[dict[str, str]]:
        """A question keeps its code, because answers of casussen point at it."""
        now = self.edition.values["extra_questions"]
        found: list[dict[str, str]] = []
        for row, given in self.filled["extra_questions"]:
            code = now[row]["code"] if row < len(now) else _new_code(given["question"], found, now)
            found.append({"code": code, "question": given["question"]})
        return found


def _room(name: str) -> int:
    column = Tafel._meta.get_field(name)
    assert isinstance(column, CharField) and column.max_length
    return column.max_length


def _new_code(question: str, *taken: list[dict[str, str]]) -> str:
    used = {one["code"] for some in taken for one in some}
    base = slugify(question)[:40] or "vraag"
    tries = (base, *(f"{base}-{number}" for number in range(2, 100)))
    return next(one for one in tries if one not in used)


def _known(field: Any, value: str | None) -> Any:
    field.known = value or ""
    return field


_ROWS = {
    Kind.LINKS: (
        Column(
            "label",
            lambda now: _known(PublishedCharField(label="Tekst van de link", max_length=160), now),
            "Vul in wat er op de pagina staat bij deze link.",
        ),
        Column("url", lambda now: WebField(label="Webadres"), "Vul het webadres in."),
    ),
    Kind.HOURS: (
        Column(
            "hours",
            lambda now: WholeNumberField(
                label="Binnen hoeveel uur",
                min_value=1,
                max_value=720,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            ),
            "Vul het aantal uren in.",
        ),
        Column(
            "for",
            lambda now: _known(PublishedCharField(label="Voor wie of wat", max_length=200), now),
            "Vul in voor wie dit geldt.",
        ),
    ),
    Kind.QUESTIONS: (
        Column(
            "question",
            lambda now: _known(PublishedCharField(label="Vraag", max_length=500), now),
        ),
    ),
}
