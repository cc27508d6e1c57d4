"""Who was told what (E-129)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst

from escalation.dossier.communication.actions import WHY, Told
from escalation.models import Communication
from escalation.web.forms import NO_NAMES
from rdm.lib import clock
from rdm.lib.forms import (
    DayField,
    OnceForm,
    ScreenedCharField,
    ScreenedFormMixin,
    ScreenedTextField,
    only_if,
)

OTHERWISE, NEVER = "otherwise", "never"
IF_OTHERWISE = "alleen als het contact er wel was"
Party = Communication.Party


class ToldForm(ScreenedFormMixin, OnceForm):
    """Who was told what, how and on which day."""

    choice_hints: dict[str, dict[str, str]] = {
        "party": {Party.REFERRER: "Bijvoorbeeld de huisarts of de behandelaar."}
    }
    field_order = ["party", "who", "way", "on", "text"]

    party = forms.ChoiceField(
        label="Wie hebt u geïnformeerd?",
        choices=[(value, capfirst(label)) for value, label in Party.choices],
        widget=forms.RadioSelect,
    )
    who = ScreenedCharField(
        label="Welke functie of organisatie?",
        help_text="Bijvoorbeeld: huisarts, of de woningcorporatie. Geen naam van een persoon.",
        max_length=120,
        required=False,
    )
    way = forms.ChoiceField(
        label="Hoe?",
        choices=[(value, capfirst(label)) for value, label in Communication.Way.choices],
        widget=forms.RadioSelect,
    )
    on = DayField(label="Op welke dag?")
    text = ScreenedTextField(
        label="Wat hebt u verteld?",
        help_text=f"Schrijf ook op wat het antwoord was. {NO_NAMES}",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_if(self.fields["who"], "alleen verplicht bij iemand anders")

    @property
    def told(self) -> Told:
        return Told(**{name: self.cleaned_data[name] for name in ToldForm.field_order})

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        is_other = cleaned.get("party") == Party.OTHER
        if is_other and not cleaned.get("who") and "who" not in self.errors:
            self.add_error("who", "Vul in wie u hebt geïnformeerd.")
        if (on := cleaned.get("on")) and on > clock.today():
            self.add_error("on", "Deze datum ligt in de toekomst.")
        return cleaned


class CorrectToldForm(ToldForm):
    """What was wrong with a line of the log, and how it really was."""

    choice_hints = {
        **ToldForm.choice_hints,
        "happened": {NEVER: "De andere antwoorden tellen dan niet."},
    }
    field_order = ["happened", "reason", *ToldForm.field_order]

    happened = forms.ChoiceField(
        label="Was dit contact er?",
        choices=[(OTHERWISE, "Ja, maar anders dan er stond"), (NEVER, "Nee")],
        widget=forms.RadioSelect,
    )
    reason = ScreenedTextField(
        label="Wat klopte er niet?",
        help_text=NO_NAMES,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, communication: Communication, **kwargs: Any) -> None:
        initial = {
            "party": communication.party,
            "who": communication.who,
            "way": communication.way,
            "on": communication.on,
            "text": communication.event.text.partition(WHY)[0],
        }
        super().__init__(*args, initial=initial, **kwargs)
        for name in ("party", "way", "on", "text"):
            only_if(self.fields[name], IF_OTHERWISE)
        self.order_fields([*self.hidden_names, *self.field_order])

    @property
    def happened_at_all(self) -> bool:
        return bool(self.cleaned_data["happened"] == OTHERWISE)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if cleaned.get("happened") == OTHERWISE:
            for name in ("party", "way", "on", "text"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, f"Vul ook in: {self[name].label}")
        return cleaned
