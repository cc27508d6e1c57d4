"""The form of what the overleg decided, and of its afspraken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms

from escalation.models import Afspraak, Deelnemer, Overleg
from escalation.overleg.forms import long_text
from escalation.overleg.outcome.rules import LABELS
from escalation.web.forms import NO_NAMES, buttons
from rdm.lib import clock
from rdm.lib.forms import (
    DayField,
    HonestForm,
    OnceForm,
    ScreenedCharField,
    ScreenedFormMixin,
    VersionedForm,
    only_if,
)

AFSPRAAK_FIELDS = ("text", "organisation_name", "function", "due")
MOST_ROWS = 40


class OutcomeForm(ScreenedFormMixin, VersionedForm):
    """The record of the overleg (E-148..E-152)."""

    choice_hints = {
        "plan_verdict": {
            Overleg.PlanVerdict.ADOPTED: "De deelnemers gaan verder met dit plan.",
            Overleg.PlanVerdict.RETURNED: "Het plan moet eerst anders of beter.",
        },
        "solution": {
            Overleg.Solution.FOUND: "De deelnemers vonden samen een oplossing.",
            Overleg.Solution.FORCED: "Een bestuurder gebruikte doorzettingsmacht.",
            Overleg.Solution.APPROVED: "Het advies van een eerdere tafel gaat nu door.",
            Overleg.Solution.NONE: "Er is geen oplossing. Trede 4 kan dan een volgende stap zijn.",
        },
    }

    held_on = DayField(label="Op welke dag was het overleg?")
    present = forms.MultipleChoiceField(
        label="Wie was erbij?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kruis aan wie er bij het overleg was."},
    )
    plan_verdict = forms.ChoiceField(
        label=LABELS["plan_verdict"],
        choices=Overleg.PlanVerdict.choices,
        widget=forms.RadioSelect,
    )
    missed_steps = long_text(
        LABELS["missed_steps"],
        "Denk aan een tafel die is overgeslagen of een afspraak die niet is nagekomen.",
        required=False,
    )
    supply_missing = long_text(
        LABELS["supply_missing"],
        "Of is het aanbod er wel, maar lukte het niet om er te komen?",
        required=False,
    )
    capacity_use = long_text(LABELS["capacity_use"], required=False)
    closing_the_gap = long_text(LABELS["closing_the_gap"], required=False)
    solution = forms.ChoiceField(
        label=LABELS["solution"], choices=Overleg.Solution.choices, widget=forms.RadioSelect
    )
    solution_text = long_text(
        LABELS["solution_text"], f"Wat is er besloten, en waarom? {NO_NAMES}", rows=6
    )
    way = long_text(LABELS["way"], required=False)
    pace = long_text(LABELS["pace"], required=False)

    def __init__(self, *args: Any, deelnemers: Sequence[Deelnemer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Who said to come was probably there.
        coming = [one.pk for one in deelnemers if one.attendance == Deelnemer.Attendance.YES]
        self.fields["present"].initial = coming
        self.fields["present"].choices = [  # type: ignore[attr-defined]
            (one.pk, f"{one.name}, {one.function} ({one.party})") for one in deelnemers
        ]
        there: list[str] = ["present"]
        if not deelnemers:
            del self.fields["present"]
            there = []
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset("Het overleg", "held_on", *there, "plan_verdict", "missed_steps"),
            Fieldset("Aanbod en capaciteit", "supply_missing", "capacity_use", "closing_the_gap"),
            Fieldset("De uitkomst", "solution", "solution_text", "way", "pace"),
        )


class AfspraakForm(ScreenedFormMixin, HonestForm):
    """One row of promises. An untouched row does not count."""

    text = long_text("Wat is er afgesproken?", rows=2)
    organisation_name = ScreenedCharField(label="Welke organisatie doet dit?", max_length=120)
    function = ScreenedCharField(
        label="Wie binnen die organisatie?", help_text="Een functie, geen naam.", max_length=120
    )
    due = DayField(label="Uiterlijk op")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("text", Row("organisation_name", "function"), "due")


class AfspraakCorrectForm(AfspraakForm, VersionedForm):
    """One promise that was written down wrongly."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(*AFSPRAAK_FIELDS, buttons("Sla op"))


class AfspraakRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows of promises that can grow without JavaScript."""

    default_error_messages = {
        "missing_management_form": OnceForm.stale_message,
        "too_many_forms": f"U kunt hier {MOST_ROWS} afspraken vastleggen.",
    }

    def add_fields(self, form: forms.BaseForm, index: int | None) -> None:
        """Every row says in its messages which one it is."""
        super().add_fields(form, index)
        form.summary_name = f"Afspraak {(index or 0) + 1}"  # type: ignore[attr-defined]
        for field in form.fields.values():
            field.error_messages["required"] = (
                f"Vul bij afspraak {(index or 0) + 1} iets in: “{field.label}”."
            )

    @property
    def filled(self) -> list[dict[str, Any]]:
        return [form.cleaned_data for form in self.forms if form.has_changed()]

    @property
    def can_grow(self) -> bool:
        return self.total_form_count() < MOST_ROWS

    def hide_errors(self) -> None:
        """Show the rows as typed, without a word about what still misses."""
        self._errors: Any = [{} for _ in self.forms]
        self._non_form_errors = self.error_class()
        for form in self.forms:
            _hide_errors(form)


def _hide_errors(form: Any) -> None:
    form._errors = forms.utils.ErrorDict()
    form.cleaned_data = {}


_ROW = re.compile(r"afspraken-([0-9]{1,3})-")
AfspraakFormSet = forms.formset_factory(
    AfspraakForm,
    formset=AfspraakRows,
    extra=3,
    max_num=MOST_ROWS,
    absolute_max=MOST_ROWS + 1,
    validate_max=True,
)


def record_forms(
    data: Any, *, version: int, planned_on: date | None, deelnemers: Sequence[Deelnemer]
) -> tuple[OutcomeForm, AfspraakRows]:
    """The record and its promises. With "nog een rij" in `data`: one row more, all text kept."""
    more = data is not None and "more" in data
    if data is not None:
        data = data.copy()
        rows_sent = {int(row[1]) for name in data if (row := _ROW.match(name))}
        if rows_sent:
            # Counted, not believed: with a wrong number in the hidden field no text is lost.
            total = max(rows_sent) + 1
            data["afspraken-TOTAL_FORMS"] = str(total + 1 if more and total < MOST_ROWS else total)
            data["afspraken-INITIAL_FORMS"] = "0"
    past = planned_on is not None and planned_on <= clock.today()
    initial = {"held_on": planned_on if past else None}
    form = OutcomeForm(data, version=version, initial=initial, deelnemers=deelnemers)
    rows = cast(AfspraakRows, AfspraakFormSet(data, prefix="afspraken"))
    if more:
        _hide_errors(form)
        rows.hide_errors()
    return form, rows


class AfspraakStateForm(ScreenedFormMixin, OnceForm):
    """Whether a promise was kept."""

    state = forms.ChoiceField(
        label="Hoe staat het met deze afspraak?",
        choices=Afspraak.State.choices,
        widget=forms.RadioSelect,
    )
    note = long_text("Toelichting", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_if(self.fields["note"], "alleen verplicht als de afspraak vervalt")
        self.helper = FormHelper()
        self.helper.layout = Layout("state", "note", buttons("Sla op"))
