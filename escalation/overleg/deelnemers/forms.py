"""Forms about who sits at the overleg."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from directory.models import DeelnemerKind, Organisation
from escalation.web.forms import RecordChoiceField, buttons, organisation_field
from rdm.lib.forms import (
    DayField,
    OnceForm,
    PlainCharField,
    PlainEmailField,
    ScreenedCharField,
    ScreenedFormMixin,
    ScreenedTextField,
    VersionedForm,
    only_if,
)

MANDATE = {"yes": True, "no": False, "unknown": None}


def mandate_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="Mag deze deelnemer besluiten nemen voor de eigen organisatie?",
        help_text="Dat heet mandaat. Aan het overleg is het nodig om door te kunnen pakken.",
        choices=[("yes", "Ja"), ("no", "Nee"), ("unknown", "Weet ik nog niet")],
        initial="unknown",
        coerce=lambda value: MANDATE[value],
        empty_value=None,
        widget=forms.RadioSelect,
    )


def secrecy_field() -> DayField:
    return DayField(
        label="Wanneer is de verklaring van geheimhouding getekend?",
        help_text="Dit is nodig als de organisatie geen partner is in het convenant. "
        "Zonder verklaring mag iemand niet meepraten over de inhoud.",
        required=False,
    )


class DeelnemerForm(ScreenedFormMixin, OnceForm):
    """Somebody to put on the list."""

    button = "Zet op de lijst"

    organisation_name = ScreenedCharField(
        label="Naam van de organisatie",
        max_length=120,
        required=False,
    )
    name = PlainCharField(label="Naam van de deelnemer", max_length=120)
    function = ScreenedCharField(label="Functie", max_length=120)
    email = PlainEmailField(
        label="E-mailadres",
        help_text="Hierheen gaan de vraag om data en de uitnodiging. "
        "In die mails staat niets over de inhoud van de casus. Delen twee deelnemers een mailbox, "
        "zoals die van een secretariaat? Dan krijgt ieder een eigen mail.",
        max_length=254,
    )
    mandate = mandate_field()
    secrecy_signed_on = secrecy_field()

    def __init__(
        self,
        *args: Any,
        kinds: Iterable[DeelnemerKind],
        organisations: Iterable[Organisation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        kinds = list(kinds)
        self.fields["kind"] = RecordChoiceField(
            label="In welke rol doet deze persoon mee?",
            records=kinds,
            key=lambda kind: kind.code,
            group=lambda kind: "Altijd nodig" if kind.mandatory else "Als de casus erom vraagt",
        )
        self.choice_hints = {"kind": {kind.code: kind.hint for kind in kinds}}
        self.fields["organisation"] = organisation_field(organisations, label="Organisatie")
        only_if(self.fields["organisation"], "of vul hieronder de naam in")
        only_if(
            self.fields["organisation_name"], "alleen als de organisatie niet in de lijst staat"
        )
        self.order_fields(["kind", "organisation"])
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset("Wie", "kind", "organisation", "organisation_name", "name", "function"),
            Fieldset("Bereikbaar", "email"),
            Fieldset("Mandaat en geheimhouding", "mandate", "secrecy_signed_on"),
            buttons(self.button),
        )


class DeelnemerEditForm(DeelnemerForm, VersionedForm):
    """Somebody on the list, of whom something was wrong or is known by now."""

    button = "Sla op"


class RemoveForm(ScreenedFormMixin, OnceForm):
    reason = ScreenedTextField(
        label="Waarom gaat deze deelnemer van de lijst?",
        help_text="Uw uitleg staat op de tijdlijn van de casus. De deelnemer leest die niet.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
