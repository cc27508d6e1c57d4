"""Forms of a step of the route: which tafel, submitting, and what the tafel did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from directory.models import Tafel
from escalation.models import ClientSupport, InstroomToets, RouteStep
from escalation.reading.supporters import Supporters
from escalation.web.forms import (
    CLIENT_SUPPORT_CHOICES,
    CLIENT_SUPPORT_HINTS,
    IF_LINKED,
    IF_UNAVAILABLE,
    NO_NAMES,
    RecordChoiceField,
    buttons,
    first_sentence,
    supporter_field,
)
from rdm.lib import clock
from rdm.lib.forms import (
    DayField,
    OnceForm,
    ScreenedFormMixin,
    ScreenedTextField,
    VersionedForm,
    only_if,
)

AGAINST_CHECK = "against_check_reason"


class StepForm(ScreenedFormMixin, OnceForm):
    """Which tafel, and what do you ask of it."""

    NAMES = (
        "tafel",
        "question",
        "client_support",
        "client_support_by",
        "client_support_reason",
    )

    question = ScreenedTextField(
        label="Wat vraagt u van deze tafel?",
        help_text=f"Schrijf zo kort mogelijk op welke hulp u zoekt. {NO_NAMES}",
    )
    client_support = forms.ChoiceField(
        label="Hoe staat het met cliëntondersteuning bij deze stap?",
        help_text="Een cliëntondersteuner staat naast de inwoner. Dat is gratis.",
        choices=CLIENT_SUPPORT_CHOICES,
        initial=ClientSupport.NOT_OFFERED,
        widget=forms.RadioSelect,
    )
    client_support_reason = ScreenedTextField(
        label="Toelichting op cliëntondersteuning",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        tafels: Iterable[Tafel],
        supporters: Supporters,
        fits: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client_support_by"] = supporter_field(supporters)
        only_if(self.fields["client_support_by"], IF_LINKED)
        only_if(self.fields["client_support_reason"], IF_UNAVAILABLE)
        tafels = list(tafels)
        tafel = RecordChoiceField(
            label="Aan welke tafel wilt u de casus bespreken?",
            records=tafels,
            key=lambda tafel: tafel.slug,
            group=lambda tafel: tafel.place_on_ladder,
        )
        self.fields = {"tafel": tafel, **self.fields}
        self.choice_hints = {
            "tafel": {
                one.slug: f"{fits.get(one.slug, '')} {first_sentence(one.purpose)}".strip()
                for one in tafels
            },
            "client_support": CLIENT_SUPPORT_HINTS,
        }
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.NAMES, buttons("Zet op de route"))


class StepSubmitForm(ScreenedFormMixin, VersionedForm):
    """The day on which the casus went to the tafel, and what the tafel also wants to know."""

    late_words = (AGAINST_CHECK,)

    submitted_on = DayField(label="Op welke dag hebt u de casus aangemeld?", initial=clock.today)

    def __init__(
        self, *args: Any, step: RouteStep, latest: InstroomToets | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.extra_codes = [extra["code"] for extra in step.tafel.extra_questions]
        for extra in step.tafel.extra_questions:
            self.fields[extra["code"]] = ScreenedTextField(
                label=extra["question"],
                initial=step.extra_answers.get(extra["code"], ""),
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        if latest and latest.result in (InstroomToets.Result.NOT_MET, InstroomToets.Result.UNKNOWN):
            self.fields[AGAINST_CHECK] = ScreenedTextField(
                label="Waarom meldt u de casus toch aan?",
                help_text=f"De instroomtoets zegt ‘{latest.get_result_display()}’. "
                "Uw uitleg staat straks in het overzicht van de route.",
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        self.helper = FormHelper()
        self.helper.layout = Layout(*self._shown(), buttons("Leg de aanmelding vast"))

    def _shown(self) -> list[str]:
        return [name for name, field in self.fields.items() if not field.widget.is_hidden]

    @property
    def extra_answers(self) -> dict[str, str]:
        return {code: self.cleaned_data[code] for code in self.extra_codes}


class StepResultForm(ScreenedFormMixin, VersionedForm):
    """Did the tafel discuss the casus or not take it, when, and what did it say."""

    DISCUSSED, NOT_ADMITTED = "discussed", "not_admitted"

    what = forms.ChoiceField(
        label="Wat deed de tafel?",
        choices=[
            (DISCUSSED, "De tafel besprak de casus"),
            (NOT_ADMITTED, "De tafel liet de casus niet toe"),
        ],
        widget=forms.RadioSelect,
    )
    on = DayField(label="Op welke dag?", initial=clock.today)
    advice = ScreenedTextField(
        label="Welk advies gaf de tafel?",
        required=False,
    )
    reason = ScreenedTextField(
        label="Waarom liet de tafel de casus niet toe?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        only_if(self.fields["advice"], "alleen als de tafel advies gaf")
        only_if(self.fields["reason"], "alleen als de tafel de casus niet toeliet")
        self.helper.layout = Layout("what", "on", "advice", "reason", buttons("Leg vast"))


class StepCloseForm(ScreenedFormMixin, VersionedForm):
    """The outcome of the step, with why. Both are always needed.

    `withdraws`: the tafel has said nothing yet, so the only outcome there is, is to take it back.
    """

    choice_hints = {
        "outcome": {
            RouteStep.Outcome.SOLVED: "Er is passende zorg.",
            RouteStep.Outcome.ADVICE: "De tafel gaf advies, de casus blijft bij u.",
            RouteStep.Outcome.REFERRED: "De tafel verwees naar een andere tafel of organisatie.",
            RouteStep.Outcome.NO_SOLUTION: "De tafel zag geen weg meer.",
            RouteStep.Outcome.WITHDRAWN: "U haalt de casus zelf bij deze tafel weg.",
        }
    }

    outcome = forms.ChoiceField(
        label="Wat is de uitkomst?", choices=RouteStep.Outcome.choices, widget=forms.RadioSelect
    )
    outcome_text = ScreenedTextField(
        label="Leg de uitkomst uit",
        help_text=f"Wat is er afgesproken, en wat lukte niet? {NO_NAMES}",
    )
    closed_on = DayField(label="Op welke dag was dit klaar?", initial=clock.today)

    def __init__(self, *args: Any, withdraws: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names, button = ["outcome", "outcome_text", "closed_on"], "Leg de uitkomst vast"
        if withdraws:
            names, button = ["outcome_text", "closed_on"], "Trek deze stap in"
            del self.fields["outcome"]
            why = self.fields["outcome_text"]
            why.label, why.help_text = "Waarom trekt u deze stap in?", NO_NAMES
            self.fields["closed_on"].label = "Op welke dag stopte u hiermee?"
        self.helper = FormHelper()
        self.helper.layout = Layout(*names, buttons(button))

    @property
    def chosen_outcome(self) -> str:
        chosen: str = self.cleaned_data.get("outcome", RouteStep.Outcome.WITHDRAWN)
        return chosen
