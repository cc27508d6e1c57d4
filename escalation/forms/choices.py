"""Choosing among records that the view already loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class RecordChoiceField(forms.ChoiceField):
    """A choice among `records`; comes out as the record.

    It never asks the database, so a made-up value is just not one of the choices. `key` gives the
    value of a record, `group` (optional) the heading above it.
    """

    def __init__(
        self,
        *,
        records: Iterable[Any],
        key: Callable[[Any], str],
        label_of: Callable[[Any], str] = str,
        group: Callable[[Any], str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.records = {key(record): record for record in records}
        kwargs.setdefault("widget", forms.RadioSelect)
        super().__init__(**kwargs)
        self.choices = self._choices_of(label_of, group)

    def _choices_of(
        self, label_of: Callable[[Any], str], group: Callable[[Any], str] | None
    ) -> list[Any]:
        if group is None:
            return [(value, label_of(record)) for value, record in self.records.items()]
        groups: dict[str, list[tuple[str, str]]] = {}
        for value, record in self.records.items():
            groups.setdefault(group(record), []).append((value, label_of(record)))
        return list(groups.items())

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        if not chosen:
            return None
        if chosen not in self.records:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return self.records[chosen]
