"""The questions of the wegwijzer as fields, and the form that mails its result."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst

from directory.guide.answers import Answers
from directory.guide.questions import NOT_SURE, Question
from directory.web.visitors import VisitorFormMixin
from rdm.lib.forms import HonestForm, OnceForm, PlainEmailField

# More than this is a list to unfold.
MOST_RADIOS = 7


class GuideForm(HonestForm):
    """One step of the wegwijzer, showing the answers so far. Nothing in it is required.

    It is never bound: what is chosen stands in the address, and `directory.guide.answers` reads
    it. Send the answers of the other steps along with `others`.
    """

    def __init__(self, *, questions: list[Question], answers: Answers) -> None:
        super().__init__()
        self.choice_hints: dict[str, dict[str, str]] = {}
        for question in questions:
            self._ask(question, answers.given.get(question.code, ()))
        asked = {one.code for one in questions}
        self.others = [(name, code) for name, code in answers.pairs if name not in asked]

    def _ask(self, question: Question, given: tuple[str, ...]) -> None:
        field: forms.ChoiceField
        kind: dict[str, Any] = {
            "label": question.text,
            "help_text": question.help,
            "required": False,
            "choices": _choices(question),
        }
        if question.several:
            field = forms.MultipleChoiceField(
                widget=forms.CheckboxSelectMultiple, initial=list(given), **kind
            )
        elif len(question.options) > MOST_RADIOS:
            kind["choices"] = [("", "Maak een keuze"), *kind["choices"]]
            field = forms.ChoiceField(initial=given[0] if given else "", **kind)
        else:
            field = forms.ChoiceField(
                widget=forms.RadioSelect, initial=given[0] if given else None, **kind
            )
        # Said once above the questions, instead of "(niet verplicht)" at every one.
        field.depends = True  # type: ignore[attr-defined]
        self.fields[question.code] = field
        self.choice_hints[question.code] = {one.code: one.hint for one in question.options}


def _choices(question: Question) -> list[Any]:
    """The options, under their headings if they have any, with "weet ik niet" as the last."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for option in question.options:
        groups.setdefault(option.group, []).append((option.code, capfirst(option.label)))
    groups[list(groups)[-1] if groups else ""].append((NOT_SURE, question.not_sure))
    flat = groups.pop("", [])
    return [*flat, *groups.items()]


class GuideMailForm(VisitorFormMixin, OnceForm):
    """Where to mail the result to."""

    email = PlainEmailField(
        label="Uw e-mailadres",
        help_text="Wij gebruiken het alleen voor deze e-mail en bewaren het niet.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
