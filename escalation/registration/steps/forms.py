"""The registration in four steps; each can be kept half-way and finished later.

A step shows and takes in a part of the casus. Whether the casus is complete is decided by the
workflow (`registration_complete`); `needed` names the same answers per step, to show where they
are missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst

from directory.models import BasicNeed, Gemeente
from escalation.models import Casus, ClientSupport
from escalation.reading.supporters import supporters_for
from escalation.registration.forms import RegistrationStep, as_answer, text
from escalation.sharing.forms import IF_OTHER, GroundMixin
from escalation.web.forms import (
    CLIENT_SUPPORT_CHOICES,
    CLIENT_SUPPORT_HINTS,
    IF_LINKED,
    IF_UNAVAILABLE,
    NO,
    NO_NAMES,
    YES,
    RecordChoiceField,
    reference_field,
    start_empty,
    supporter_field,
    yes_no,
)
from rdm.lib import clock
from rdm.lib.forms import DayField, ScreenedCharField

BASIC_CHOICES = [("", "Nog niet gevraagd"), (YES, "Ja"), (NO, "Nee"), ("unknown", "Weet ik niet")]
# Before the code of a basisvoorziening, in the names of the fields.
BASIC = "basic-"
NOT_LINKED = (
    "Is de inwoner gekoppeld? Kies dan hierboven ‘Gekoppeld’. Zo niet, laat deze lijst dan leeg."
)


class SituationStep(RegistrationStep):
    key = "situatie"
    title = "De situatie"
    intro = "Beschrijf de situatie zo kort als kan. U kunt later alles nog aanvullen."
    needed = ("gemeente", "situation", "safety")
    from_guide = ("gemeente", "domains", "frameworks", "safety")
    dependent = {"safety_text": "alleen als er een risico is"}

    situation = text(
        "Wat is er aan de hand?",
        f"Wat is het probleem, en wat is er nodig? {NO_NAMES} Schrijf bijvoorbeeld ‘de inwoner’.",
        rows=8,
    )
    domains = forms.MultipleChoiceField(
        label="Wat speelt er?",
        help_text="Kies alles wat past. Hiermee vindt u straks de goede tafel.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    frameworks = forms.MultipleChoiceField(
        label="Welke wetten spelen een rol?",
        help_text="Weet u het niet? Laat dit dan leeg.",
        choices=Casus.Framework.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    safety = forms.ChoiceField(
        label="Is er een risico voor de veiligheid?",
        help_text="Voor de inwoner, naasten, de buurt of hulpverleners.",
        choices=[(value, capfirst(label)) for value, label in Casus.Safety.choices],
        widget=forms.RadioSelect,
    )
    safety_text = text("Wat is dat risico?", required=False, rows=3)

    def build(self) -> None:
        self.domain_records = {one.code: one for one in self.region.domains}
        self.fields["domains"].choices = [  # type: ignore[attr-defined]
            (code, capfirst(one.label)) for code, one in self.domain_records.items()
        ]
        if not self.casus.is_draft:
            # The gemeente changes by a transfer, not by an edit (O-18).
            return
        self.fields["gemeente"] = field = RecordChoiceField(
            label="In welke gemeente woont de inwoner?",
            help_text="Deze gemeente is verantwoordelijk en houdt de regie.",
            records=Gemeente.objects.select_related("organisation"),
            key=lambda one: one.slug,
            widget=forms.Select,
        )
        start_empty(field, "Kies een gemeente")
        self.order_fields([*self.hidden_names, "gemeente"])

    def answers_of(self, casus: Casus) -> dict[str, Any]:
        return {
            **super().answers_of(casus),
            "gemeente": casus.gemeente.slug if casus.gemeente else "",
            "domains": [one.code for one in casus.domains.all()],
        }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        # At the choice, so that a draft keeps the earlier one, which goes with the text.
        if cleaned.get("safety") == Casus.Safety.NO and cleaned.get("safety_text"):
            self.add_error(
                "safety", "U schreef hieronder een risico op. Kies ‘ja’, of haal die tekst weg."
            )
        return cleaned

    def to_keep(self) -> dict[str, Any]:
        kept = super().to_keep()
        if "domains" in kept:
            kept["domains"] = [self.domain_records[code] for code in kept["domains"]]
        return kept


class TriedStep(RegistrationStep):
    key = "geprobeerd"
    title = "Wat is er geprobeerd"
    intro = "Een tafel vraagt altijd wat er al gedaan is. Hier legt u dat één keer vast."
    needed = ("tried_regular", "stagnation")
    from_guide = ("tried_regular", "waiting_list_only", "stagnations")
    choice_hints = {
        "waiting_list_only": {
            YES: "Dan is de triagetafel de weg. U kunt wel verder met registreren.",
        }
    }

    tried_regular = text(
        "Wat hebt u via de gewone weg geprobeerd?",
        "Bijvoorbeeld een verwijzing, zorgbemiddeling of een aanmelding bij een instelling. "
        "Schrijf ook op wat het antwoord was.",
    )
    waiting_list_only = yes_no("Gaat het alleen om een wachttijd?")
    stagnations = forms.MultipleChoiceField(
        label="Waar loopt het op vast?",
        help_text="Kies alles wat past. Zo leert de regio waar het vaak misgaat.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    stagnation = text(
        "Waarom loopt het vast?", "Wat houdt een oplossing tegen? Wie zegt nee, en waarom?"
    )
    local_phase = ScreenedCharField(
        label="In welke fase van opschalen zit de casus in de gemeente?",
        help_text="Gebruik de naam of het nummer van de fase in het model van de gemeente zelf.",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"class": "rdm-input--medium"}),
    )
    local_escalation = text(
        "Wat is er in de gemeente al opgeschaald?",
        "Bijvoorbeeld een overleg met een leidinggevende of de wethouder.",
        required=False,
        rows=3,
    )
    plan_of_approach = text(
        "Is er een plan van aanpak?",
        "Schrijf de kern op. Voor trede 3 is een plan van aanpak verplicht; nu nog niet.",
        required=False,
    )

    def build(self) -> None:
        self.fields["stagnations"].choices = [  # type: ignore[attr-defined]
            (one.code, capfirst(one.label)) for one in self.region.stagnations
        ]
        gemeente = self.casus.gemeente
        if gemeente is not None and gemeente.phases:
            self.fields["local_phase"] = self._phase_of(gemeente)
            self.order_fields([*self.base_fields])

    def _phase_of(self, gemeente: Gemeente) -> forms.ChoiceField:
        """The model of the gemeente leads (E-121). A phase that it no longer has can stay."""
        phases = gemeente.phases
        if (kept := self.casus.local_phase) and kept not in phases:
            phases = [*phases, kept]
        model = gemeente.scaling_model or "het opschalingsmodel"
        return forms.ChoiceField(
            label=f"In welke fase van {model} zit de casus?",
            help_text=f"Dit is het opschalingsmodel van de gemeente {gemeente}.",
            choices=[("", "Nog niet bekend"), *((one, one) for one in phases)],
            required=False,
        )

    def answers_of(self, casus: Casus) -> dict[str, Any]:
        answer = as_answer(casus.waiting_list_only)
        return {**super().answers_of(casus), "waiting_list_only": answer}


class ResidentStep(RegistrationStep):
    key = "inwoner"
    title = "De inwoner"
    intro = (
        "Het belang van de inwoner staat voorop. Leg hier vast wat de inwoner zelf wil, en of de "
        "basis op orde is."
    )
    dependent = {"client_support_by": IF_LINKED, "client_support_reason": IF_UNAVAILABLE}
    choice_hints = {"client_support": CLIENT_SUPPORT_HINTS}

    resident_view = text(
        "Wat vindt en wil de inwoner zelf?",
        "Gebruik zo veel mogelijk de woorden van de inwoner. "
        "Weet u het nog niet? Schrijf dan op waarom niet.",
        required=False,
    )
    client_support = forms.ChoiceField(
        label="Hoe staat het met cliëntondersteuning?",
        help_text="Een cliëntondersteuner staat naast de inwoner. Dat is gratis en onafhankelijk.",
        choices=CLIENT_SUPPORT_CHOICES,
        widget=forms.RadioSelect,
    )
    client_support_reason = text("Toelichting op cliëntondersteuning", required=False, rows=3)

    def build(self) -> None:
        basics = [f"{BASIC}{one.code}" for one in self.basics]
        for name, one in zip(basics, self.basics, strict=True):
            self.fields[name] = forms.ChoiceField(
                label=f"Heeft de inwoner {one.label}?",
                choices=BASIC_CHOICES,
                required=False,
                widget=forms.Select(attrs={"class": "rdm-input--medium"}),
            )
        if not self.casus.is_draft:
            # A page of its own, so that the timeline tells about it.
            for name in ("client_support", "client_support_reason"):
                del self.fields[name]
            return
        self.supporters = supporters_for(self.casus)
        self.fields["client_support_by"] = supporter_field(self.supporters, required=False)
        first = ["resident_view", *basics, "client_support", "client_support_by"]
        self.order_fields([*self.hidden_names, *first])

    @property
    def basics(self) -> Sequence[BasicNeed]:
        return self.region.basic_needs

    def answers_of(self, casus: Casus) -> dict[str, Any]:
        by = casus.client_support_by
        return {
            **super().answers_of(casus),
            "client_support_by": by.slug if by else "",
            **{f"{BASIC}{one.code}": casus.basic_needs.get(one.code, "") for one in self.basics},
        }

    def to_keep(self) -> dict[str, Any]:
        kept = super().to_keep()
        names = {one.code: f"{BASIC}{one.code}" for one in self.basics}
        given = {code: kept.pop(name) for code, name in names.items() if name in kept}
        # An answer about a line that the list no longer has stays.
        others = {code: said for code, said in self.casus.basic_needs.items() if code not in given}
        kept["basic_needs"] = {**others, **{code: said for code, said in given.items() if said}}
        return kept

    @property
    def is_touched(self) -> bool:
        offered = self.initial["client_support"] != ClientSupport.NOT_OFFERED
        return bool(self.initial["resident_view"] or self.casus.basic_needs) or offered

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        state = cleaned.get("client_support")
        if self.later and state == "":
            # Not chosen yet is what the casus starts with.
            cleaned["client_support"] = ClientSupport.NOT_OFFERED
        if "client_support_by" not in self.fields:
            return cleaned
        linked = state == ClientSupport.LINKED
        if cleaned.get("client_support_by") and not linked:
            self.add_error("client_support_by", NOT_LINKED)
        if linked and not cleaned.get("client_support_by") and not self.later:
            self.add_error("client_support_by", "Kies de organisatie van de cliëntondersteuner.")
        reason = cleaned.get("client_support_reason")
        if state == ClientSupport.UNAVAILABLE and not reason and not self.later:
            self.add_error(
                "client_support_reason",
                "Leg uit waarom cliëntondersteuning niet beschikbaar is.",
            )
        return cleaned


class SharingStep(GroundMixin, RegistrationStep):
    key = "delen"
    title = "Delen met anderen"
    intro = (
        "Na het registreren ziet de gemeente de casus. Later deelt u hem misschien met een tafel. "
        "Leg vast waarom dat mag."
    )
    needed = ("sharing_purpose", "ground", "resident_informed")
    dependent = {
        "ground_other": IF_OTHER,
        "resident_informed_on": "alleen als de inwoner het weet",
        "not_informed_reason": "alleen als de inwoner het niet weet",
    }
    field_order = [
        "sharing_purpose",
        "ground",
        "ground_other",
        "resident_informed",
        "resident_informed_on",
        "not_informed_reason",
        "own_reference",
    ]

    sharing_purpose = text(
        "Met welk doel deelt u deze casus?",
        "Bijvoorbeeld: samen passende zorg vinden voor de inwoner.",
        rows=3,
    )
    resident_informed = yes_no("Weet de inwoner dat u de casus deelt?")
    resident_informed_on = DayField(
        label="Wanneer hebt u dit verteld?",
        required=False,
    )
    not_informed_reason = text("Waarom weet de inwoner het niet?", required=False, rows=3)
    own_reference = reference_field("Eigen kenmerk")

    def build(self) -> None:
        if self.reference is None:
            del self.fields["own_reference"]
        self.order_fields(self.field_order)

    def answers_of(self, casus: Casus) -> dict[str, Any]:
        return {
            **super().answers_of(casus),
            **self.ground_initial(casus.sharing_ground),
            "resident_informed": as_answer(casus.resident_informed),
            "own_reference": self.reference or "",
        }

    def is_missing(self, name: str) -> bool:
        """Yes asks for the day, no asks why not (O-09)."""
        informed = self.initial["resident_informed"]
        if name == "resident_informed_on":
            return informed == YES and not self.initial[name]
        if name == "not_informed_reason":
            return informed == NO and not self.initial[name]
        return super().is_missing(name)

    def to_keep(self) -> dict[str, Any]:
        kept = super().to_keep()
        good = not {"ground", "ground_other"} & set(self.errors)
        for name in ("ground", "ground_other"):
            kept.pop(name, None)
        return {**kept, "sharing_ground": self.ground_text} if good else kept

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        self.check_ground()
        informed, on = cleaned.get("resident_informed"), cleaned.get("resident_informed_on")
        if on and informed is not True:
            self.add_error(
                "resident_informed_on",
                "Weet de inwoner het? Kies dan hierboven ‘Ja’. Zo niet, maak dit veld dan leeg.",
            )
        elif on and on > clock.today():
            self.add_error("resident_informed_on", "Deze datum ligt in de toekomst.")
        if self.later:
            return cleaned
        if informed is True and not on and "resident_informed_on" not in self.errors:
            self.add_error("resident_informed_on", "Vul in wanneer u het de inwoner hebt verteld.")
        if informed is False and not cleaned.get("not_informed_reason"):
            self.add_error("not_informed_reason", "Leg uit waarom de inwoner het niet weet.")
        return cleaned


STEPS: dict[str, type[RegistrationStep]] = {
    step.key: step for step in (SituationStep, TriedStep, ResidentStep, SharingStep)
}
