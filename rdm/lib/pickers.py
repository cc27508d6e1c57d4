"""Inputs of the browser for a day, a time and a number, that do not swallow what was typed.

Such an input is blank when its value is not written as HTML asks ("31-02", "duizend"): the error
would stand above an empty box. What it cannot show stands in a plain box.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django import forms
from django.forms.widgets import DateTimeBaseInput, Input


class _Honest(Input):
    """`shows` says whether the input of the browser has a way to show this text."""

    def shows(self, text: str) -> bool:
        raise NotImplementedError

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and not self.shows(shown):
            context["widget"]["type"] = "text"
        return context


class _Moment(_Honest, DateTimeBaseInput):
    html_format: str

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, self.html_format)

    def shows(self, text: str) -> bool:
        try:
            return datetime.strptime(text, self.html_format).strftime(self.html_format) == text
        except ValueError:
            return False


class DayPicker(_Moment, forms.DateInput):
    input_type = "date"
    html_format = "%Y-%m-%d"


class ClockPicker(_Moment, forms.TimeInput):
    input_type = "time"
    html_format = "%H:%M"


class MomentPicker(_Moment, forms.DateTimeInput):
    input_type = "datetime-local"
    html_format = "%Y-%m-%dT%H:%M"


class NumberBox(_Honest, forms.NumberInput):
    def shows(self, text: str) -> bool:
        return re.fullmatch(r"-?[0-9]+", text) is not None
