"""Who saw a casus: which casus, and a filter above the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms

from audit.readers import Person, Wanted
from directory.region.names import example_code
from rdm.lib import clock
from rdm.lib.forms import DayField, HonestForm, PlainCharField


class FindAccessLogForm(HonestForm):
    """Which casus, to see who read it."""

    code = PlainCharField(
        label="Code van de casus",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "rdm-input--medium", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = f"Bijvoorbeeld {example_code()}."


KINDS = [("seen", "Bekeken"), ("exported", "Gedownload"), ("refused", "Geweigerd")]


class LaterChoiceField(forms.ChoiceField):
    """A choice from a list that is only known when the rest of the form is read."""

    def valid_value(self, value: Any) -> bool:
        return True


class AccessLogFilter(HonestForm):
    """Who, what and when; what does not validate is reported and left out.

    `find` gives everybody in the log, counted over a choice: one question for the list of names
    and for the totals.
    """

    wie = LaterChoiceField(label="Wie", required=False)
    wat = forms.ChoiceField(label="Wat", required=False, choices=[("", "Alles"), *KINDS])
    van = DayField(label="Van", required=False)
    tot = DayField(label="Tot en met", required=False)

    def __init__(self, *args: Any, find: Callable[[Wanted], list[Person]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.find = find
        self.people: list[Person] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("van"), cleaned.get("tot")
        if first and last and last < first:
            self.add_error("tot", "Kies een dag die niet voor de eerste dag ligt.")
        self.people = self.find(self._period())
        names = [(one.actor_id, one.name) for one in self.people if one.actor_id]
        self.fields["wie"].choices = [("", "Iedereen"), *names]  # type: ignore[attr-defined]
        if cleaned.get("wie") and cleaned["wie"] not in dict(names):
            self.add_error("wie", "Kies bij “Wie” een antwoord uit de lijst.")
        return self.cleaned_data

    @property
    def active(self) -> bool:
        """Whether anything was chosen."""
        return any(self.data.get(name) for name in self.fields)

    @property
    def wanted(self) -> Wanted:
        """The choice, with whole days of Amsterdam."""
        return replace(self._period(), actor_id=self.cleaned_data.get("wie", ""))

    @property
    def totals(self) -> Counter[str]:
        """How many `people` there are in the choice, and how often of each of KINDS."""
        wanted = self.cleaned_data.get("wie", "")
        found: Counter[str] = Counter()
        for one in self.people:
            if any(one.counts.values()) and wanted in ("", one.actor_id):
                found.update({**one.counts, "people": 1})
        return found

    def _period(self) -> Wanted:
        asked = self.cleaned_data
        first, last = asked.get("van"), asked.get("tot")
        return Wanted(
            kind=asked.get("wat", ""),
            since=_midnight(first) if first else None,
            before=_midnight(last + timedelta(days=1)) if last else None,
        )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.AMSTERDAM)
