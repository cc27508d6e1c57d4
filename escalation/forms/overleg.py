"""Forms of the overleg itself: its date, its record, and how the casus goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.utils.timezone import localtime

from directory.models import Tafel
from escalation.forms.moment import MomentForm
from escalation.models import Afspraak, Deelnemer, Overleg
from escalation.planning import Moment
from escalation.record import LABELS
from escalation.web.forms import NO_NAMES, Note, buttons
from rdm.lib import clock
from rdm.lib.forms import (
    DayField,
    HonestForm,
    OnceForm,
    ScreenedCharField,
    ScreenedFormMixin,
    ScreenedTextField,
    VersionedForm,
    only_if,
)

OTHER = "other"
AFSPRAAK_FIELDS = ("text", "organisation_name", "function", "due")
MOST_ROWS = 40


def _text(label: str, hint: str = "", *, rows: int = 4, required: bool = True) -> ScreenedTextField:
    return ScreenedTextField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class FixDateForm(ScreenedFormMixin, MomentForm, VersionedForm):
    """Choose a proposed moment or an own one, the place, and why a kind of deelnemer misses."""

    place = ScreenedCharField(
        label="Waar is het overleg?",
        help_text="Dit staat in de uitnodiging. Bijvoorbeeld: gemeentehuis, zaal 2.",
    )
    missing_kinds_reason = _text("Waarom kan het overleg zonder deze deelnemers?")

    def __init__(
        self,
        *args: Any,
        moments: Iterable[Moment],
        overleg: Overleg,
        missing: bool,
        chosen: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.moments = {str(one.pk): one for one in moments if not one.is_past}
        self._fill_in(overleg, chosen)
        names = ["day", "starts_at", "ends_at"]
        first: list[Any] = [Fieldset("Wanneer", Row(*names))]
        if self.moments:
            for name in names:
                self.fields[name].required = False
                self.fields[name].depends = True  # type: ignore[attr-defined]
            self.fields["option"] = forms.ChoiceField(
                label="Welk moment wordt het?",
                choices=[(pk, one.words) for pk, one in self.moments.items()]
                + [(OTHER, "Een ander moment")],
                widget=forms.RadioSelect,
            )
            self.choice_hints = {
                "option": {pk: one.tally for pk, one in self.moments.items()}
                | {OTHER: "Vul hieronder de dag en de tijden in."}
            }
            self.order_fields(["option", *names])
            note = Note("Vul dit alleen in als u ‘Een ander moment’ kiest.")
            first = [
                Fieldset("Wanneer", "option"),
                Fieldset("Een ander moment", note, Row(*names)),
            ]
        if not missing:
            del self.fields["missing_kinds_reason"]
        why = [Fieldset("Wie er mist", "missing_kinds_reason")] if missing else []
        label = "Wijzig het overleg" if overleg.starts_at else "Leg de datum vast"
        self.helper = FormHelper()
        self.helper.layout = Layout(*first, Fieldset("Waar", "place"), *why, buttons(label))

    def _fill_in(self, overleg: Overleg, chosen: str) -> None:
        self.initial["place"] = overleg.place
        self.initial["missing_kinds_reason"] = overleg.missing_kinds_reason
        self.initial["option"] = chosen
        if overleg.starts_at is None or overleg.ends_at is None:
            return
        same = (one.pk for one in self.moments.values() if one.starts_at == overleg.starts_at)
        self.initial["option"] = chosen or str(next(same, OTHER))
        begin = localtime(overleg.starts_at, clock.AMSTERDAM)
        self.initial["day"], self.initial["starts_at"] = begin.date(), begin.time()
        self.initial["ends_at"] = localtime(overleg.ends_at, clock.AMSTERDAM).time()

    def clean(self) -> dict[str, Any]:
        option = self.cleaned_data.get("option")
        if option in self.moments:
            # What stands in the fields of "een ander moment" is then of no account.
            for name in ("day", "starts_at", "ends_at"):
                self.errors.pop(name, None)
                self.cleaned_data.pop(name, None)
            self.moment = (self.moments[option].starts_at, self.moments[option].ends_at)
        elif option == OTHER:
            for name in ("day", "starts_at", "ends_at"):
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, "Vul dit in, of kies hierboven een voorgesteld moment.")
        return super().clean()


class CancelForm(ScreenedFormMixin, VersionedForm):
    reason = _text(
        "Waarom gaat het overleg op deze datum niet door?",
        "Uw uitleg staat op de tijdlijn van de casus. De deelnemers lezen die niet.",
    )


class StopForm(ScreenedFormMixin, VersionedForm):
    reason = _text(
        "Waarom is het overleg niet meer nodig?",
        f"Dit staat op de tijdlijn. De deelnemers lezen het niet. {NO_NAMES}",
    )


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
    missed_steps = _text(
        LABELS["missed_steps"],
        "Denk aan een tafel die is overgeslagen of een afspraak die niet is nagekomen.",
        required=False,
    )
    supply_missing = _text(
        LABELS["supply_missing"],
        "Of is het aanbod er wel, maar lukte het niet om er te komen?",
        required=False,
    )
    capacity_use = _text(LABELS["capacity_use"], required=False)
    closing_the_gap = _text(LABELS["closing_the_gap"], required=False)
    solution = forms.ChoiceField(
        label=LABELS["solution"], choices=Overleg.Solution.choices, widget=forms.RadioSelect
    )
    solution_text = _text(
        LABELS["solution_text"], f"Wat is er besloten, en waarom? {NO_NAMES}", rows=6
    )
    way = _text(LABELS["way"], required=False)
    pace = _text(LABELS["pace"], required=False)

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

    text = _text("Wat is er afgesproken?", rows=2)
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
    note = _text("Toelichting", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_if(self.fields["note"], "alleen verplicht als de afspraak vervalt")
        self.helper = FormHelper()
        self.helper.layout = Layout("state", "note", buttons("Sla op"))


class CasusReturnForm(ScreenedFormMixin, VersionedForm):
    """Back to the region, with advice on how to go on (E-031)."""

    GEMEENTE = "gemeente"

    advice = _text(
        "Uitvoeringsadvies",
        f"Wat is de volgende stap, en waar moet die aan voldoen? {NO_NAMES}",
        rows=6,
    )

    def __init__(
        self, *args: Any, tafels: Iterable[Tafel], gemeente: object, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.tafels = {tafel.slug: tafel for tafel in tafels}
        groups: dict[str, list[tuple[str, str]]] = {}
        for tafel in self.tafels.values():
            groups.setdefault(tafel.place_on_ladder, []).append((tafel.slug, tafel.name))
        self.fields["tafel"] = forms.ChoiceField(
            label="Waar gaat de casus naartoe?",
            choices=[(self.GEMEENTE, f"De gemeente {gemeente}"), *groups.items()],
            widget=forms.RadioSelect,
        )
        self.order_fields(["tafel"])
        self.helper = FormHelper()
        self.helper.layout = Layout("tafel", "advice", buttons("Geef de casus terug"))

    @property
    def tafel(self) -> Tafel | None:
        return self.tafels.get(self.cleaned_data["tafel"])


class NominationForm(ScreenedFormMixin, VersionedForm):
    """The checklist of the region and why only a bewindspersoon can decide (O-04)."""

    checklist = forms.MultipleChoiceField(
        label="Zijn alle voorwaarden vervuld?",
        help_text="De regio heeft deze voorwaarden afgesproken. Zet bij elke een vinkje.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Zet bij elke voorwaarde een vinkje."},
    )
    motivation = _text(
        "Waarom is trede 4 nodig?",
        f"Waarom lukt het niet zonder een bindend besluit? {NO_NAMES}",
        rows=8,
    )

    def __init__(self, *args: Any, conditions: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conditions = conditions
        self.fields["checklist"].choices = list(conditions.items())  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "checklist", "motivation", buttons("Vraag om een besluit op trede 4")
        )

    @property
    def ticked(self) -> list[str]:
        return [self.conditions[number] for number in self.cleaned_data["checklist"]]


class NominationAnswerForm(ScreenedFormMixin, VersionedForm):
    answered_on = DayField(label="Op welke dag kwam het antwoord?", initial=clock.today)
    answer = _text("Wat is het antwoord?", NO_NAMES, rows=8)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("answered_on", "answer", buttons("Leg het antwoord vast"))
