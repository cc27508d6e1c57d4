"""A note on the timeline, and putting it right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst

from escalation.blocks import HINTS, Block, Blocks
from escalation.web.forms import NO_NAMES
from rdm.lib.forms import OnceForm, ScreenedFormMixin, ScreenedTextField


class CorrectNoteForm(ScreenedFormMixin, OnceForm):
    """The note as it should have been."""

    text = ScreenedTextField(
        label="Hoe is het wel?",
        help_text=f"Schrijf de hele notitie opnieuw. {NO_NAMES}",
    )


class NoteForm(ScreenedFormMixin, OnceForm):
    """A line on the timeline, about one or more blocks of those that the writer sees."""

    choice_hints = {"about": HINTS}

    text = ScreenedTextField(label="Wat wilt u vastleggen?", help_text=NO_NAMES)
    about = forms.TypedMultipleChoiceField(
        label="Waar gaat de notitie over?",
        help_text="Alleen wie alles mag zien wat u hier kiest, leest de notitie. Kiest u niets, "
        "dan leest alleen wie minstens hetzelfde ziet als u.",
        required=False,
        coerce=Block,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, seen: Blocks, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            (one.value, capfirst(one.label)) for one in Block if one in seen
        ]
        if len(seen) == 1:
            # There is nothing to choose.
            del self.fields["about"]
