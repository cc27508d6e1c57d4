"""The form of the decision of a college."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms

from directory.models import Gemeente
from directory.models.places import CollegeDecisionState
from rdm.lib.forms import DayField, ScreenedCharField, ScreenedFormMixin, VersionedForm, only_if


class CollegeForm(ScreenedFormMixin, VersionedForm):
    """Whether and when the college of a gemeente decided about trede 3 (E-243)."""

    college_state = forms.ChoiceField(
        label="Heeft het college besloten over trede 3?",
        choices=[(value, label.capitalize()) for value, label in CollegeDecisionState.choices],
        widget=forms.RadioSelect,
    )
    college_decided_on = DayField(
        label="Datum van het besluit",
        required=False,
    )
    college_note = ScreenedCharField(label="Toelichting", max_length=300, required=False)

    def __init__(self, *args: Any, gemeente: Gemeente, **kwargs: Any) -> None:
        names = ("college_state", "college_decided_on", "college_note")
        kwargs.setdefault("initial", {}).update({name: getattr(gemeente, name) for name in names})
        super().__init__(*args, **kwargs)
        only_if(self.fields["college_decided_on"], "alleen als het college heeft besloten")
        self.helper = FormHelper()
        self.helper.layout = Layout(
            *names, Div(Submit("save", "Bewaar het besluit"), css_class="form-actions")
        )
