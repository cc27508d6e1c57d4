"""The form of an instroom check: one answer per criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.html import escape

from directory.models import InstroomCriterium
from directory.reading.instroom import Way
from escalation.models import InstroomAnswer, InstroomToets
from escalation.web.forms import Note, buttons
from rdm.lib.forms import OnceForm, ScreenedFormMixin, ScreenedTextField


class InstroomForm(ScreenedFormMixin, OnceForm):
    """One answer per criterion, grouped as the ways in of the tafel.

    A criterion that belongs to more than one way in is asked once, at the first. A first check
    starts with what the wegwijzer `settled` (code → yes or no); a later one with the one before.
    """

    def __init__(
        self,
        *args: Any,
        ways: Sequence[Way],
        latest: InstroomToets | None,
        settled: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.settled = {} if latest else settled
        answers = latest.answers.all() if latest else ()
        before = {answer.criterium_code: answer for answer in answers}
        self.criteria: dict[str, InstroomCriterium] = {}
        sections: list[Any] = []
        several = len(ways) > 1
        for number, way in enumerate(ways, start=1):
            parts: list[Any] = []
            for criterium in way.criteria:
                if criterium.code in self.criteria:
                    parts.append(Note(f"Hierboven al gevraagd: {criterium.text}"))
                else:
                    parts += self._ask(criterium, before.get(criterium.code))
            heading = f"Mogelijkheid {number}: {way.label}" if several else way.label
            sections.append(Fieldset(_plain(heading), *parts))
        self.helper = FormHelper()
        self.helper.layout = Layout(*sections, buttons("Bekijk de uitslag"))

    def _ask(self, criterium: InstroomCriterium, before: InstroomAnswer | None) -> list[str]:
        self.criteria[criterium.code] = criterium
        answer, why = f"answer-{criterium.code}", f"why-{criterium.code}"
        self.fields[answer] = forms.ChoiceField(
            label=criterium.text,
            help_text=criterium.help,
            choices=InstroomAnswer.Value.choices,
            widget=forms.RadioSelect,
            initial=before.value if before else self.settled.get(criterium.code),
            error_messages={"required": f"Kies ja, nee of weet ik niet bij: {criterium.text}"},
        )
        self.fields[why] = ScreenedTextField(
            label="Toelichting",
            required=False,
            initial=before.explanation if before else "",
            widget=forms.Textarea(
                attrs={"rows": 2, "aria-label": f"Toelichting: {criterium.text}"}
            ),
        )
        return [answer, why]

    @property
    def answers(self) -> dict[str, tuple[str, str]]:
        """Code → (ja, nee of onbekend; toelichting), as the action wants it."""
        data = self.cleaned_data
        return {code: (data[f"answer-{code}"], data[f"why-{code}"]) for code in self.criteria}


def _plain(heading: str) -> str:
    """crispy reads the heading of a Fieldset as a template; ours is text from the region file."""
    return escape(heading).replace("{", "&#123;")
