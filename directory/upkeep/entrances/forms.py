"""The local entrances of a gemeente, and who offers cliëntondersteuning there."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, Row, Submit
from django import forms

from directory.models import Edition, Entrance, Organisation
from directory.upkeep.page_fields.fields import ENTRANCE_FIELDS, Values
from directory.web.fields import (
    Column,
    PhoneField,
    PublishedCharField,
    PublishedTextField,
    Rows,
    WebField,
)
from rdm.lib.forms import (
    OnceForm,
    PlainEmailField,
    ScreenedFormMixin,
    ScreenedTextField,
    WholeNumberField,
)

SPARE = 2
AWAY = "away"


def _known(field: Any, now: str | None) -> Any:
    field.known = now or ""
    return field


def _kind(now: Any) -> forms.Field:
    choices = [("", "Kies een soort"), *Entrance.Kind.choices]
    return forms.ChoiceField(label="Soort ingang", choices=choices)


_COLUMNS = (
    Column("kind", _kind, "Kies wat voor ingang dit is.", counts=False),
    Column(
        "name",
        lambda now: _known(PublishedCharField(label="Naam", max_length=120), now),
        "Vul de naam van deze ingang in.",
    ),
    Column(
        "email",
        lambda now: PlainEmailField(label="E-mailadres"),
    ),
    Column("phone", lambda now: PhoneField(label="Telefoonnummer")),
    Column("website", lambda now: WebField(label="Website")),
    Column(
        "hours",
        lambda now: _known(
            PublishedCharField(
                label="Wanneer bereikbaar",
                max_length=200,
            ),
            now,
        ),
    ),
    Column(
        "note",
        lambda now: _known(
            PublishedTextField(
                label="Toelichting",
                help_text="Bijvoorbeeld: voor wie, of in welke wijken.",
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
            now,
        ),
    ),
    Column(
        AWAY, lambda now: forms.BooleanField(label="Haal deze ingang van de pagina"), counts=False
    ),
)


class EntrancesForm(ScreenedFormMixin, OnceForm):
    """What the page of a gemeente says about where to begin, filled with one edition.

    Valid: `values` is the page as it becomes, in the form of `directory.upkeep.page_fields.fields`.
    """

    hidden_names = ("request_id", "based_on")

    based_on = WholeNumberField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["based_on"] = edition.number
        now = edition.values
        self.rows = Rows("entrance", _COLUMNS, now["entrances"], SPARE, keeps=True)
        self.rows.add_to(self)
        self.known_rows = len(now["entrances"])
        for row in range(self.known_rows, self.rows.count):
            del self.fields[f"entrance_{row}_{AWAY}"]
        self.fields["client_support"] = forms.MultipleChoiceField(
            label="Welke organisaties geven cliëntondersteuning in uw gemeente?",
            help_text="Staat een organisatie er niet bij? Vraag de functioneel beheerder.",
            choices=_supporters(now["client_support"]),
            initial=now["client_support"],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["reason"] = ScreenedTextField(
            label="Wat is er veranderd?",
            help_text="Uw uitleg blijft bij deze wijziging bewaard.",
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.helper = FormHelper()
        self.helper.layout = Layout(
            *(self._row(row) for row in range(self.rows.count)),
            Fieldset("Cliëntondersteuning", "client_support"),
            "reason",
            Div(Submit("save", "Vergelijk oud en nieuw"), css_class="form-actions"),
        )

    def _row(self, row: int) -> Fieldset:
        # Never what somebody typed: crispy reads a heading as a template.
        name = f"Ingang {row + 1}" if row < self.known_rows else "Nog een ingang"
        field = f"entrance_{row}_"
        away = [field + AWAY] if row < self.known_rows else []
        return Fieldset(
            name,
            Row(field + "kind", field + "name"),
            Row(field + "email", field + "phone"),
            Row(field + "website", field + "hours"),
            field + "note",
            *away,
            css_class="rdm-panel",
        )

    def clean(self) -> dict[str, Any]:
        self.filled = []
        seen: set[str] = set()
        for row, given in self.rows.filled(self):
            if given[AWAY]:
                continue
            name = given["name"] or ""
            if name and name.lower() in seen:
                self.add_error(
                    f"entrance_{row}_name", "Deze naam staat er al bij. Kies een andere."
                )
            seen.add(name.lower())
            self.filled.append({one: given[one] or "" for one in ENTRANCE_FIELDS})
        return self.cleaned_data

    @property
    def values(self) -> Values:
        """The page as it becomes. Only of a valid form."""
        return {
            "entrances": self.filled,
            "client_support": sorted(set(self.cleaned_data["client_support"])),
        }


def _supporters(chosen: list[str]) -> list[tuple[str, str]]:
    """Organisations for cliëntondersteuning, and whatever was chosen before."""
    rows = Organisation.objects.values_list("slug", "name", "kind")
    kind = Organisation.Kind.CLIENT_SUPPORT
    return [(slug, name) for slug, name, what in rows if what == kind or slug in chosen]
