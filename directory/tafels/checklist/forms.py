"""The criteria of one tafel as questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.text import capfirst

from directory.models import InstroomCriterium
from directory.tafels.checklist.rules import WORDS
from rdm.lib.forms import HonestForm


class ChecklistForm(HonestForm):
    """The criteria of one tafel as questions. Never bound, as the form of the wegwijzer."""

    def __init__(
        self, *, criteria: Sequence[InstroomCriterium], answers: Mapping[str, str]
    ) -> None:
        super().__init__()
        words = {said: word for word, said in WORDS.items()}
        for one in criteria:
            field = forms.ChoiceField(
                label=one.text,
                help_text=one.help,
                required=False,
                choices=[(word, capfirst(word.replace("-", " "))) for word in WORDS],
                widget=forms.RadioSelect,
                initial=words.get(answers.get(one.code, "")),
            )
            # Said once above the questions, instead of "(niet verplicht)" at every one.
            field.depends = True  # type: ignore[attr-defined]
            self.fields[one.code] = field
