"""Forms about what a resident asks to see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from escalation.keeping.third_parties.rules import Other
from escalation.models import AccessRequest
from rdm.lib import clock
from rdm.lib.forms import DayField, OnceForm, PlainCharField

YES, NO = "yes", "no"


class AccessRequestForm(OnceForm):
    """On which day the resident asked."""

    received_on = DayField(
        label="Op welke dag vroeg de inwoner om inzage?",
        help_text="Controleer eerst buiten dit programma of het verzoek echt van de inwoner komt.",
        initial=clock.today,
    )


class JudgePeopleForm(OnceForm):
    """Per other person: does the resident get to read who it is? A tick takes them out."""

    withheld = forms.MultipleChoiceField(
        label="Welke namen laat u weg?",
        help_text="Wie een vinkje heeft, leest de inwoner niet: nergens in het overzicht. Haal het "
        "vinkje weg bij wie de inwoner wel mag lezen.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = PlainCharField(
        label="Welke woorden laat u ook weg?",
        help_text="Staat er in een tekst iets over een ander, dat de inwoner niet mag lezen? Zet "
        "die woorden hier, met een puntkomma ertussen.",
        required=False,
        max_length=500,
    )

    # The names that were on the page. One that came in since then was not judged.
    shown = forms.JSONField(widget=forms.HiddenInput, required=False)
    hidden_names = ("request_id", "shown")

    def __init__(
        self, *args: Any, others: Iterable[Other], access_request: AccessRequest, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people = list(others)
        names = [one.name for one in people]
        self.fields["withheld"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        self.choice_hints = {
            "withheld": {one.name: f"Ook: {'; '.join(one.also)}" for one in people if one.also}
        }
        judged, gone = set(access_request.people), set(access_request.withheld)
        self.initial["shown"] = names
        self.initial["withheld"] = [
            one.name for one in people if one.name not in judged or one.words & gone
        ]
        known = judged.union(*(one.words for one in people))
        self.initial["words"] = "; ".join(sorted(gone - known))

    @property
    def judged(self) -> list[str]:
        shown = self.cleaned_data["shown"]
        return [one for one in shown if isinstance(one, str)] if isinstance(shown, list) else []

    @property
    def withheld_words(self) -> list[str]:
        return [*self.cleaned_data["withheld"], *self.cleaned_data["words"].split(";")]
