"""Forms of trede 3: submitting, completing, withdrawing and what the coördinatiepunt decides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from directory.models import Organisation, Tafel
from escalation.models import Submission
from escalation.reading.gate import Gate
from escalation.web.forms import NO_NAMES, RecordChoiceField, buttons, first_sentence
from rdm.lib.forms import (
    ScreenedCharField,
    ScreenedFormMixin,
    ScreenedTextField,
    VersionedForm,
    only_if,
)

SHORT = {"rows": 4}


class SubmitForm(ScreenedFormMixin, VersionedForm):
    """Asking for a bestuurlijk escalatieoverleg. What the gate misses is asked with a reason, and
    only that: a field that is there is needed."""

    question = ScreenedTextField(
        label="Wat vraagt u van het escalatieoverleg?",
        help_text=f"Welk besluit of welke doorbraak is nodig? {NO_NAMES}",
    )
    plan_of_approach = ScreenedTextField(
        label="Plan van aanpak",
        help_text="Het plan van uw organisatie: wat is volgens u nodig, en wie kan dat doen?",
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    skipped_reason = ScreenedTextField(label="", widget=forms.Textarea(attrs=SHORT))
    exception_reason = ScreenedTextField(
        label="Waarom is trede 3 toch nodig?",
        help_text="U vraagt hiermee een uitzondering. De coördinator beslist daarover.",
        widget=forms.Textarea(attrs=SHORT),
    )
    spoed_asked = forms.BooleanField(label="Ik vraag om spoed", required=False)
    spoed_asked_reason = ScreenedTextField(
        label="Waarom heeft het spoed?",
        help_text="De coördinator beslist over spoed.",
        required=False,
        widget=forms.Textarea(attrs=SHORT),
    )

    def __init__(
        self, *args: Any, organisations: Iterable[Organisation], gate: Gate, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        organisations = list(organisations)
        self.fields["organisation"] = RecordChoiceField(
            label="Namens welke organisatie meldt u aan?",
            records=organisations,
            key=lambda organisation: organisation.slug,
            initial=organisations[0].slug if len(organisations) == 1 else None,
        )
        only_if(self.fields["spoed_asked_reason"], "alleen als u om spoed vraagt")
        names = self._ask_what_the_gate_misses(gate)
        exception = [Fieldset("Voorwaarden die nog niet zijn vervuld", *names)] if names else []
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset("Uw vraag", "organisation", "question", "plan_of_approach"),
            *exception,
            Fieldset("Spoed", "spoed_asked", "spoed_asked_reason"),
            buttons("Controleer uw aanmelding"),
        )

    def _ask_what_the_gate_misses(self, gate: Gate) -> list[str]:
        """Which of the two reasons are needed; the other fields leave the form."""
        asked = {
            "skipped_reason": bool(gate.untried),
            "exception_reason": gate.needs_exception,
        }
        for name in [name for name, needed in asked.items() if not needed]:
            del self.fields[name]
        if gate.untried:
            numbers = " en ".join(map(str, gate.untried))
            verb = "is" if len(gate.untried) == 1 else "zijn"
            self.fields["skipped_reason"].label = f"Waarom {verb} trede {numbers} niet geprobeerd?"
        return [name for name, needed in asked.items() if needed]


class CompleteForm(ScreenedFormMixin, VersionedForm):
    text = ScreenedTextField(label="Uw aanvulling", help_text=NO_NAMES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("text", buttons("Verstuur de aanvulling"))


class WithdrawForm(ScreenedFormMixin, VersionedForm):
    reason = ScreenedTextField(
        label="Waarom trekt u de aanmelding in?", widget=forms.Textarea(attrs=SHORT)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("reason", buttons("Trek de aanmelding in"))


class AcceptForm(ScreenedFormMixin, VersionedForm):
    """Taking the casus in: the assignment to the gemeente and who takes the initiative."""

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
