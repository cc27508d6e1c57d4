"""Sharing a casus with another organisation: with whom, why, and on which ground (O-09)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst

from directory.models import Organisation
from escalation import terms
from escalation.blocks import HINTS, Block
from escalation.grounds import GROUNDS, contradiction
from escalation.models import Involvement
from escalation.web.forms import organisation_field, yes_no
from rdm.lib.dates import long_date
from rdm.lib.forms import (
    DayField,
    OnceForm,
    ScreenedCharField,
    ScreenedFormMixin,
    ScreenedTextField,
    VersionedForm,
    only_if,
)

OTHER = "other"
PARTNER = "partner in het convenant"
IF_OTHER = "alleen als u ‘Anders’ kiest"
GROUND_CHOICES = [*((text, text) for text in GROUNDS), (OTHER, "Anders")]


class GroundMixin(forms.Form):
    """A legal ground from the list, or in own words. `ground_text` is what is kept."""

    choice_hints = {"ground": GROUNDS}

    ground = forms.ChoiceField(
        label="Op welke grondslag deelt u?",
        help_text="Een grondslag is de reden in de wet waarom u mag delen. "
        "Twijfelt u? Vraag het uw functionaris gegevensbescherming.",
        choices=GROUND_CHOICES,
        widget=forms.RadioSelect,
    )
    ground_other = ScreenedCharField(
        label="Welke andere grondslag?",
        required=False,
    )

    @staticmethod
    def ground_initial(kept: str) -> dict[str, str]:
        """The two fields for a ground that was kept before."""
        if not kept or kept in GROUNDS:
            return {"ground": kept, "ground_other": ""}
        return {"ground": OTHER, "ground_other": kept}

    @property
    def ground_text(self) -> str:
        chosen: str = self.cleaned_data.get("ground") or ""
        return self.cleaned_data.get("ground_other") or "" if chosen == OTHER else chosen

    def check_ground(self) -> None:
        """‘Anders’ asks for words, and words ask for ‘Anders’. Who gives consent was told."""
        informed = self.cleaned_data.get("resident_informed")
        if why := contradiction(self.ground_text, informed):
            self.add_error("ground", why)
        chosen, other = (self.cleaned_data.get(name) for name in ("ground", "ground_other"))
        if "ground_other" in self.errors:
            return
        if chosen == OTHER and not other:
            self.add_error("ground_other", "Vul in welke grondslag u bedoelt.")
        elif other and chosen and chosen != OTHER:
            self.add_error(
                "ground_other",
                "Geldt deze grondslag? Kies dan hierboven ‘Anders’. "
                "Zo niet, maak dit veld dan leeg.",
            )


def blocks_field() -> forms.MultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label="Wat mag deze organisatie zien?",
        help_text="Kies alleen wat zij nodig heeft. Wie betrokken is, ziet altijd de code, de "
        "gemeente, de status en met wie de casus is gedeeld.",
        choices=[(one.value, capfirst(one.label)) for one in Block],
        coerce=Block,
        widget=forms.CheckboxSelectMultiple,
    )


def until_field() -> DayField:
    return DayField(label="Tot en met welke dag deelt u de casus?", initial=terms.sharing_until)


def say_latest(form: forms.Form) -> None:
    latest = long_date(terms.sharing_until())
    form.fields["until"].help_text = f"Uiterlijk {latest}. Daarna kunt u het verlengen."


class InvolveForm(ScreenedFormMixin, GroundMixin, OnceForm):
    """Share the casus with one more organisation."""

    field_order = [
        *("organisation", "part", "blocks", "until", "purpose", "ground", "ground_other"),
        *("resident_informed", "resident_informed_on", "not_informed_reason"),
        "secrecy_signed_on",
    ]
    choice_hints = {**GroundMixin.choice_hints, "blocks": HINTS}

    blocks = blocks_field()
    until = until_field()
    resident_informed = yes_no("Weet de inwoner dat u met deze organisatie deelt?")
    resident_informed_on = DayField(label="Wanneer hebt u dit verteld?", required=False)
    not_informed_reason = ScreenedTextField(
        label="Waarom weet de inwoner het niet?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    secrecy_signed_on = DayField(
        label="Wanneer is de verklaring van geheimhouding getekend?",
        required=False,
    )

    part = ScreenedCharField(
        label="Welke rol heeft deze organisatie?",
        help_text="Bijvoorbeeld: behandelaar, woonbegeleiding of cliëntondersteuning.",
        max_length=160,
    )
    purpose = ScreenedTextField(
        label="Waarom moet deze organisatie de casus zien?",
        help_text="Deel alleen wat nodig is om samen een oplossing te vinden.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_if(self.fields["ground_other"], IF_OTHER)
        only_if(self.fields["resident_informed_on"], "alleen als de inwoner het weet")
        only_if(self.fields["not_informed_reason"], "alleen als de inwoner het niet weet")
        say_latest(self)
        organisations = list(organisations)
        self.fields["organisation"] = organisation_field(
            organisations,
            label="Met welke organisatie deelt u de casus?",
            label_of=lambda one: f"{one} ({PARTNER})" if one.covenant_partner else str(one),
        )
        secrecy = self.fields["secrecy_signed_on"]
        secrecy.required = not any(one.covenant_partner for one in organisations)
        secrecy.error_messages["required"] = (
            "Vul in wanneer de verklaring van geheimhouding is getekend."
        )
        if secrecy.required:
            secrecy.help_text = "Altijd nodig: in de lijst staat geen partner in het convenant."
        else:
            only_if(secrecy, f"alleen als er geen ‘{PARTNER}’ achter de organisatie staat")
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        self.check_ground()
        informed, on = (cleaned.get(n) for n in ("resident_informed", "resident_informed_on"))
        why_not = cleaned.get("not_informed_reason")
        if informed is True and not on and "resident_informed_on" not in self.errors:
            self.add_error("resident_informed_on", "Vul in wanneer u het de inwoner hebt verteld.")
        if informed is False and not why_not and "not_informed_reason" not in self.errors:
            self.add_error("not_informed_reason", "Leg uit waarom de inwoner het niet weet.")
        if informed is False and on:
            words = "Weet de inwoner het? Kies dan hierboven ‘Ja’. Zo niet, maak dit veld dan leeg."
            self.add_error("resident_informed_on", words)
        if informed is True and why_not:
            words = "Weet de inwoner het niet? Kies dan hierboven ‘Nee’. Maak anders dit veld leeg."
            self.add_error("not_informed_reason", words)
        return cleaned


class InvolvementForm(ScreenedFormMixin, VersionedForm):
    """What an organisation reads from now on, and until when; to see more asks for a reason."""

    choice_hints = {"blocks": HINTS}

    blocks = blocks_field()
    until = until_field()
    why = ScreenedTextField(
        label="Waarom moet deze organisatie meer zien?",
        help_text="Schrijf er ook bij of de inwoner dit weet, of waarom niet. Dit komt op de "
        "tijdlijn.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, involvement: Involvement, **kwargs: Any) -> None:
        initial = {"blocks": list(involvement.shares), "until": involvement.until}
        super().__init__(*args, version=involvement.version, initial=initial, **kwargs)
        only_if(self.fields["why"], "alleen als u een deel toevoegt")
        say_latest(self)
