"""What the coördinatiepunt fills in with each decision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from directory.models import Tafel
from escalation.coordination.submission.forms import SHORT
from escalation.models import Submission
from escalation.web.forms import RecordChoiceField, buttons, first_sentence
from rdm.lib.forms import ScreenedCharField, ScreenedFormMixin, ScreenedTextField, VersionedForm


class AcceptForm(ScreenedFormMixin, VersionedForm):
    """Taking the casus in: the assignment to the gemeente and who takes the initiative."""

    late_words = ("gate_reason",)

    assignment = ScreenedTextField(
        label="Opdracht aan de gemeente",
        help_text="Deze tekst staat klaar. Pas de tekst aan waar dat nodig is.",
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    initiator = ScreenedCharField(
        label="Welke bestuurder neemt het initiatief?",
        help_text="Vul een functie in, geen naam. Bijvoorbeeld: wethouder zorg.",
        max_length=160,
    )

    def __init__(self, *args: Any, submission: Submission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ["assignment", "initiator"]
        if submission.gate_gaps:
            self.fields["gate_reason"] = ScreenedTextField(
                label="Waarom laat u de casus toe?",
                help_text="Niet alle voorwaarden voor trede 3 zijn vervuld. "
                "Uw uitleg blijft zichtbaar bij de casus.",
                widget=forms.Textarea(attrs=SHORT),
            )
            names.insert(0, "gate_reason")
        self.helper = FormHelper()
        self.helper.layout = Layout(*names, buttons("Neem de casus aan"))


class AskCompletionForm(ScreenedFormMixin, VersionedForm):
    what = ScreenedTextField(
        label="Welke aanvulling hebt u nodig?",
        help_text="De aanmelder leest deze tekst. Zet elke vraag op een eigen regel.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("what", buttons("Vraag de aanvulling"))


class ReturnForm(ScreenedFormMixin, VersionedForm):
    reason = ScreenedTextField(
        label="Waarom geeft u de casus terug?",
        help_text="De aanmelder leest deze tekst. Schrijf ook op wat de volgende stap is.",
    )

    def __init__(self, *args: Any, tafels: Iterable[Tafel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tafels = list(tafels)
        self.fields["advised_tafel"] = RecordChoiceField(
            label="Welke tafel adviseert u?",
            records=tafels,
            key=lambda tafel: tafel.slug,
            group=lambda tafel: tafel.place_on_ladder,
        )
        self.choice_hints = {
            "advised_tafel": {tafel.slug: first_sentence(tafel.purpose) for tafel in tafels}
        }
        self.helper = FormHelper()
        self.helper.layout = Layout("advised_tafel", "reason", buttons("Geef terug met advies"))


class SpoedForm(ScreenedFormMixin, VersionedForm):
    reason = ScreenedTextField(
        label="Waarom is dit spoed?",
        help_text="Uw motivatie staat op de tijdlijn van de casus.",
        widget=forms.Textarea(attrs=SHORT),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("reason", buttons("Ken spoed toe"))
