"""Small forms on the dossier: a note, cliëntondersteuning, closing and reopening."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst

from escalation.blocks import HINTS, Block, Blocks
from escalation.models import Casus
from escalation.web.forms import NO_NAMES
from rdm.lib.forms import OnceForm, ScreenedFormMixin, ScreenedTextField, VersionedForm


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


class CloseForm(ScreenedFormMixin, VersionedForm):
    """How and why the casus ends."""

    choice_hints = {
        "closing": {
            Casus.Closing.SOLVED: "Er is een passende oplossing voor de inwoner.",
            Casus.Closing.WITHDRAWN: "De inwoner of de aanmelder wil niet verder.",
        }
    }

    closing = forms.ChoiceField(
        label="Hoe eindigt de casus?",
        choices=[(value, capfirst(label)) for value, label in Casus.Closing.choices],
        widget=forms.RadioSelect,
    )
    reason = ScreenedTextField(
        label="Waarom sluit u de casus af?",
        help_text=f"Schrijf op wat de oplossing is, of waarom het stopt. {NO_NAMES}",
    )


class ReopenForm(ScreenedFormMixin, VersionedForm):
    """Why the search for a solution starts again."""

    reason = ScreenedTextField(
        label="Waarom heropent u de casus?",
        help_text=f"Schrijf op wat er veranderd is. {NO_NAMES}",
    )
