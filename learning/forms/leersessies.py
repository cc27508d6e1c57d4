"""Forms of the leersessie and of the lessons that come out of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, Submit
from django import forms
from django.db.models import F, QuerySet

from directory.models import Theme
from learning.models import Lesson, Terugkoppeling
from learning.workflow import LESSON_ONGOING, LessonStatus
from rdm.lib.dates import long_date
from rdm.lib.forms import (
    DayField,
    HonestForm,
    OnceForm,
    ScreenedCharField,
    ScreenedFormMixin,
    ScreenedTextField,
    VersionedForm,
)

# The choice in the filter, and in its address, that is more than one status.
ONGOING = "niet-klaar"
SUGGESTED = "Voorgesteld: deze casus ging na het overleg terug naar de tafels."


def _save(label: str) -> Div:
    return Div(Submit("save", label), css_class="form-actions")


class PlanForm(ScreenedFormMixin, VersionedForm):
    """A leersessie: what, when, where, and which terugkoppelingen are its input."""

    title = ScreenedCharField(label="Naam van de leersessie", max_length=120)
    held_on = DayField(label="Datum")
    place = ScreenedCharField(label="Plaats", max_length=120, required=False)
    agenda = ScreenedTextField(
        label="Agenda",
        required=False,
        help_text="Zet er geen persoonsgegevens in. Noem een casus alleen bij de code.",
    )

    def __init__(self, *args: Any, candidates: Iterable[Any], **kwargs: Any) -> None:
        """`candidates`: submitted terugkoppelingen with `returned`, suggested ones first."""
        super().__init__(*args, **kwargs)
        self.candidates = {str(one.pk): one for one in candidates}
        self.fields["terugkoppelingen"] = forms.MultipleChoiceField(
            label="Welke terugkoppelingen bespreekt u?",
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(key, _label(one)) for key, one in self.candidates.items()],
            help_text=""
            if self.candidates
            else "Er is nog geen terugkoppeling ingediend die u kunt kiezen.",
        )
        self.choice_hints = {
            "terugkoppelingen": {
                key: SUGGESTED for key, one in self.candidates.items() if one.returned
            }
        }
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset("De leersessie", "title", "held_on", "place", "agenda"),
            Fieldset("Wat u bespreekt", "terugkoppelingen"),
            _save("Sla de leersessie op"),
        )

    @property
    def chosen(self) -> list[Terugkoppeling]:
        """The terugkoppelingen that were ticked."""
        return [self.candidates[key] for key in self.cleaned_data["terugkoppelingen"]]


def _label(one: Terugkoppeling) -> str:
    overleg = one.overleg
    held_on = long_date(overleg.held_on) if overleg.held_on else ""
    return f"{overleg.casus.code}, {overleg.casus.gemeente}, overleg van {held_on}"


class HoldForm(ScreenedFormMixin, VersionedForm):
    attendees = ScreenedTextField(
        label="Wie waren er?",
        help_text="Vul functies en organisaties in, geen namen. Zet elke functie op een regel.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    conclusions = ScreenedTextField(
        label="Wat leverde de leersessie op?",
        help_text="De leerpunten zelf voegt u daarna apart toe.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("attendees", "conclusions", _save("Rond de leersessie af"))


class CancelForm(ScreenedFormMixin, VersionedForm):
    reason = ScreenedTextField(
        label="Waarom gaat de leersessie niet door?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class LessonForm(ScreenedFormMixin, OnceForm):
    """A leerpunt: about what, on which level, what must change, who picks it up, before when."""

    button = "Voeg het leerpunt toe"

    text = ScreenedTextField(
        label="Wat is het leerpunt?",
        help_text="Schrijf op wat er anders moet. Zet er niets in waaraan iemand een inwoner "
        "herkent.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    theme = forms.ModelChoiceField(
        label="Thema",
        queryset=Theme.objects.all(),
        empty_label="Kies een thema",
        to_field_name="code",
    )
    level = forms.ChoiceField(
        label="Wie kan hier iets aan doen?", choices=Lesson.Level.choices, widget=forms.RadioSelect
    )
    owner = ScreenedCharField(
        label="Wie pakt dit op?",
        max_length=160,
        help_text="Vul een functie en organisatie in, geen naam.",
    )
    due = DayField(label="Klaar voor", required=False)

    choice_hints = {
        "level": {
            Lesson.Level.NATIONAL: "Een punt voor de lobby: alleen het Rijk kan dit veranderen."
        }
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("text", "theme", "level", "owner", "due", _save(self.button))


class CorrectLessonForm(LessonForm, VersionedForm):
    """A leerpunt of which something was written down wrongly."""

    button = "Sla op"


class MoveLessonForm(ScreenedFormMixin, VersionedForm):
    """A lesson goes on, or ends with what came of it."""

    result = ScreenedTextField(
        label="Wat heeft dit leerpunt opgeleverd?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, ends: bool, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ends:
            self.fields["result"].required = False
            self.fields["result"].label = "Wat is er tot nu toe gebeurd?"
        self.helper = FormHelper()
        self.helper.layout = Layout("result", _save(button))


class LessonFilter(HonestForm):
    thema = forms.ChoiceField(label="Thema", required=False)
    niveau = forms.ChoiceField(
        label="Niveau", required=False, choices=[("", "Alle niveaus"), *Lesson.Level.choices]
    )
    stand = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[("", "Alles"), (ONGOING, "nog niet klaar"), *LessonStatus.choices],
    )

    def __init__(self, *args: Any, themes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thema"].choices = [("", "Alle thema's"), *themes]  # type: ignore[attr-defined]

    @property
    def active(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def narrow(self, lessons: QuerySet[Lesson]) -> QuerySet[Lesson]:
        """Of these, what was asked for; what is not ready yet comes oldest term first."""
        asked = self.cleaned_data
        if theme := asked["thema"]:
            lessons = lessons.filter(theme__code=theme)
        if level := asked["niveau"]:
            lessons = lessons.filter(level=level)
        if asked["stand"] == ONGOING:
            in_order = (F("due").asc(nulls_last=True), "pk")
            return lessons.filter(status__in=LESSON_ONGOING).order_by(*in_order)
        return lessons.filter(status=asked["stand"]) if asked["stand"] else lessons
