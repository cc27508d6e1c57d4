"""Forms of the overleg itself: its moment, calling it off, and the way back to the region."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime

from directory.models import Tafel
from escalation.models import Overleg
from escalation.overleg.date_poll.rules import Moment
from escalation.web.forms import NO_NAMES, Note, buttons
from rdm.lib import clock
from rdm.lib.forms import (
    DayField,
    OnceForm,
    ScreenedCharField,
    ScreenedFormMixin,
    ScreenedTextField,
    VersionedForm,
    local_moment,
)
from rdm.lib.pickers import ClockPicker


class ClockField(forms.TimeField):
    """A clock time, written as 14:30 or 14.30."""

    widget = ClockPicker
    input_formats = ["%H:%M", "%H:%M:%S", "%H.%M"]

    def to_python(self, value: Any) -> time | None:
        # Python also reads times in Arabic digits; a reader of the dossier may not.
        if isinstance(value, str) and not value.isascii():
            raise ValidationError(
                "Vul een tijd in die bestaat, bijvoorbeeld 14:30.", code="invalid"
            )
        return super().to_python(value)


class MomentForm(OnceForm):
    """A day with begin and end; `moment` gives them as aware datetimes once the form is valid.

    A time that the clock skips or repeats is refused, never guessed.
    """

    day = DayField(label="Dag")
    starts_at = ClockField(label="Begin")
    ends_at = ClockField(label="Einde")

    moment: tuple[datetime, datetime]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        day, begin, end = (data.get(name) for name in ("day", "starts_at", "ends_at"))
        if day and begin and end:
            starts_at = self._local("starts_at", day, begin)
            ends_at = self._local("ends_at", day, end)
            if starts_at and ends_at:
                self.moment = (starts_at, ends_at)
        return data

    def _local(self, name: str, day: date, at: time) -> datetime | None:
        try:
            return local_moment(day, at)
        except ValueError as problem:
            self.add_error(name, str(problem))
            return None


OTHER = "other"


def long_text(
    label: str, hint: str = "", *, rows: int = 4, required: bool = True
) -> ScreenedTextField:
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
    missing_kinds_reason = long_text("Waarom kan het overleg zonder deze deelnemers?")

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
    reason = long_text(
        "Waarom gaat het overleg op deze datum niet door?",
        "Uw uitleg staat op de tijdlijn van de casus. De deelnemers lezen die niet.",
    )


class StopForm(ScreenedFormMixin, VersionedForm):
    reason = long_text(
        "Waarom is het overleg niet meer nodig?",
        f"Dit staat op de tijdlijn. De deelnemers lezen het niet. {NO_NAMES}",
    )


class CasusReturnForm(ScreenedFormMixin, VersionedForm):
    """Back to the region, with advice on how to go on (E-031)."""

    GEMEENTE = "gemeente"

    advice = long_text(
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
