"""Fields for what a public page says, and rows of fields that may stay empty."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from rdm.lib import screening
from rdm.lib.fields import PlainCharField, ScreenedCharField, ScreenedField, ScreenedTextField

_PHONE = re.compile(r"\+?[0-9][0-9 \-]{1,28}")
_WEB = URLValidator(schemes=["https", "http"])


class PublishedMixin(ScreenedField):
    """Screened for what is new: what the page says already was looked at when it came there.

    Functional contact data belongs on these pages, so an address that stands there stays.
    """

    known = ""

    def find(self, text: str) -> list[screening.Hit]:
        return [hit for hit in super().find(text) if text[hit.start : hit.end] not in self.known]


class PublishedCharField(PublishedMixin, ScreenedCharField):
    """One line of a public page."""


class PublishedTextField(PublishedMixin, ScreenedTextField):
    """Several lines of a public page."""


class PhoneField(PlainCharField):
    """A telephone number as people write it: digits, spaces and dashes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)
        self.widget.attrs.update({"inputmode": "tel", "class": "rdm-input--medium"})

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if text and not _PHONE.fullmatch(text):
            raise ValidationError(
                "Vul een telefoonnummer in met alleen cijfers, spaties en streepjes, "
                "zoals 074 123 45 67."
            )
        return text


class WebField(PlainCharField):
    """An address on the web, whole, as it stands in the browser."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)
        self.widget.attrs.update({"inputmode": "url"})

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if "safelinks.protection" in text:
            raise ValidationError("Dit is een omweg van Outlook. Vul het echte webadres in.")
        try:
            if text:
                _WEB(text)
        except ValidationError:
            raise ValidationError(
                "Vul een heel webadres in, zoals https://www.voorbeeld.nl."
            ) from None
        return text


# --- Rows -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """One field in a row; `make` gets what stands there now. `missing` is said when the rest of
    the row is filled in and this is not (empty: it may stay out)."""

    name: str
    make: Callable[[Any], forms.Field]
    missing: str = ""
    counts: bool = True  # whether it makes a row, by itself


class Rows:
    """A list of rows in a plain form, without script: what there is, and some empty ones.

    A row of which nothing is filled in does not count.
    """

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        value: Sequence[Mapping[str, Any]],
        spare: int,
        *,
        keeps: bool = False,
    ) -> None:
        """`keeps`: a row that is there stays complete; there is another way to take it away."""
        self.name, self.columns, self.value, self.keeps = name, columns, value, keeps
        self.count = len(value) + spare

    def field(self, row: int, column: Column) -> str:
        return f"{self.name}_{row}_{column.name}"

    def names(self, row: int) -> list[str]:
        return [self.field(row, column) for column in self.columns]

    def add_to(self, form: forms.BaseForm) -> None:
        for row in range(self.count):
            now = self.value[row] if row < len(self.value) else {}
            for column in self.columns:
                field = column.make(now.get(column.name))
                field.required = self.keeps and row < len(self.value) and bool(column.missing)
                field.initial = now.get(column.name)
                form.fields[self.field(row, column)] = field

    def filled(self, form: Any) -> list[tuple[int, dict[str, Any]]]:
        """Each row that counts, with its number; complains in the form about what is missing."""
        found = []
        for row in range(self.count):
            given = {one.name: form.cleaned_data.get(self.field(row, one)) for one in self.columns}
            names = [self.field(row, one) for one in self.columns]
            wrong = any(name in form.errors for name in names)
            if not wrong and not any(
                given[one.name] not in (None, "") for one in self.columns if one.counts
            ):
                continue
            for one in self.columns:
                if one.missing and given[one.name] in (None, "") and not wrong:
                    form.add_error(self.field(row, one), one.missing)
            found.append((row, given))
        return found
