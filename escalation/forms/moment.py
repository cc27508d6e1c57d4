"""Choosing a day and clock times in Europe/Amsterdam."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from rdm.lib.forms import DayField, OnceForm, local_moment


class ClockField(forms.TimeField):
    """A clock time, written as 14:30 or 14.30."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
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
