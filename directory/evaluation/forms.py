"""The yearly survey as a form (E-174)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst

from directory.evaluation.rules import Question
from directory.web.visitors import VisitorFormMixin
from rdm.lib.forms import OnceForm, ScreenedFormMixin, ScreenedTextField, VersionedForm

MOST_TEXT = 2000


class EvaluationForm(VisitorFormMixin, ScreenedFormMixin, OnceForm):
    """The questions of one evaluation; each may be left open."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            field: forms.Field
            if question.is_choice:
                field = forms.ChoiceField(
                    label=question.text,
                    required=False,
                    choices=[(code, capfirst(label)) for code, label in question.options],
                    widget=forms.RadioSelect,
                )
            else:
                field = ScreenedTextField(
                    label=question.text,
                    help_text="Zet er niets in over een inwoner of een collega.",
                    required=False,
                    max_length=MOST_TEXT,
                    widget=forms.Textarea(attrs={"rows": 4}),
                )
            # Said once above the questions, instead of "(niet verplicht)" at every one.
            field.depends = True  # type: ignore[union-attr]
            self.fields[question.code] = field
        self.order_fields([one.code for one in questions])

    @property
    def answers(self) -> dict[str, str]:
        """By question what was chosen or typed."""
        return {one.code: self.cleaned_data.get(one.code, "") for one in self.questions}


class CloseForm(VersionedForm):
    """Closing the survey before its last day: only sure or not."""
