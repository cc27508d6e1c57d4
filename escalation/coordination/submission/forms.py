"""What the aanmelder fills in for trede 3."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from directory.models import Organisation
from escalation.reading.gate import Gate
from escalation.web.forms import NO_NAMES, RecordChoiceField, buttons
from rdm.lib.forms import ScreenedFormMixin, ScreenedTextField, VersionedForm, only_if

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
