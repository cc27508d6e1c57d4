"""Sharing a casus with another organisation: with whom, why, and on which ground (O-09)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from directory.models import Organisation
from escalation.forms.casus import organisation_field
from rdm.lib.forms import (
    OnceForm,
    ScreenedCharField,
    ScreenedFormMixin,
    ScreenedTextField,
    only_if,
)

# No source names the grounds; the words are those of the AVG. The privacy officers settle them.
GROUNDS = {
    "Toestemming van de inwoner": "De inwoner weet met wie u deelt en waarom, en vindt dat goed.",
    "Taak van algemeen belang (Wmo 2015)": "De gemeente moet passende ondersteuning regelen.",
    "Wettelijke plicht (Wvggz)": "De Wet verplichte ggz schrijft voor dat u gegevens deelt.",
    "Vitaal belang": "Het leven of de gezondheid van de inwoner of een ander is in gevaar.",
}
OTHER = "other"
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
        """‘Anders’ asks for words, and words ask for ‘Anders’."""
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


class InvolveForm(ScreenedFormMixin, GroundMixin, OnceForm):
    """Share the casus with one more organisation."""

    field_order = ["organisation", "part", "purpose", "ground", "ground_other"]

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
        self.fields["organisation"] = organisation_field(
            organisations, label="Met welke organisatie deelt u de casus?"
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.check_ground()
        return cleaned
