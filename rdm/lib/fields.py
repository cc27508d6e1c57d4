"""Form fields that refuse unreadable, impossible and dangerous input, in plain Dutch.

No field cuts off, repairs or drops what was typed: a refused value comes back in the form.
"""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from rdm.lib import clock, screening
from rdm.lib.pickers import DayPicker, MomentPicker, NumberBox

MAX_TEXT = 10_000
FIRST_YEAR, LAST_YEAR = 1900, 2100
# The largest number that every database column of the product can hold.
LARGEST_NUMBER = 2_147_483_647


class DutchMaxLength(MaxLengthValidator):
    """The length limit, counted in characters, said as an instruction."""

    def __init__(self, limit: int) -> None:
        shown = f"{limit:,}".replace(",", ".")
        super().__init__(limit, f"Maak de tekst korter. U kunt hier {shown} tekens gebruiken.")


class CleanCharField(forms.CharField):
    """Text of at most `max_length` characters that went through `screening.clean`."""

    def __init__(self, *, max_length: int = MAX_TEXT, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # Not passed on to Django: that would put a maxlength on the HTML element, and then a
        # browser cuts off a long paste without a word.
        self.max_length = None
        self.validators.append(DutchMaxLength(max_length))

    def to_python(self, value: Any) -> str:
        if value in self.empty_values:
            return self.empty_value  # type: ignore[return-value]
        try:
            text = screening.clean(str(value))
        except ValueError as problem:
            raise ValidationError(str(problem), code="characters") from None
        return super().to_python(self.check_text(text))  # type: ignore[return-value]

    def check_text(self, text: str) -> str:
        """A place for a subclass to refuse more, before spaces at the ends are removed."""
        return text


class PlainCharField(CleanCharField):
    """One line of text. Refuses line ends, which could add a header to a mail."""

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def check_text(self, text: str) -> str:
        if "\n" in text:
            raise ValidationError("Zet deze tekst op één regel, zonder Enter.", code="newline")
        return text.replace("\t", " ")


class Screened:
    """What a field needs in which personal data is refused (O-08, E-244).

    In a form with ScreenedFormMixin the user can say that a hit is no personal data; in any
    other form a hit simply blocks.
    """

    # Set to False by ScreenedFormMixin, which then does the screening for the whole form.
    blocks = True

    def text_of(self, value: Any) -> str:
        """The words in a cleaned value."""
        return value or ""

    def find(self, text: str) -> list[screening.Hit]:
        """What looks like personal data in `text`; a subclass may know better."""
        return screening.find(text)

    def messages_for(self, text: str, hits: list[screening.Hit]) -> list[str]:
        return hit_messages(text, hits)

    def clean(self, value: Any, *more: Any) -> Any:
        cleaned = super().clean(value, *more)  # type: ignore[misc]
        text = self.text_of(cleaned)
        if self.blocks and (hits := self.find(text)):
            raise ValidationError(self.messages_for(text, hits), code="personal_data")
        return cleaned


class ScreenedField(Screened, CleanCharField):
    """Text in which personal data is refused."""


class ScreenedTextField(ScreenedField):
    """Several lines of free text, at most 10,000 characters unless told otherwise."""

    widget = forms.Textarea(attrs={"rows": 6})


class ScreenedCharField(ScreenedField, PlainCharField):
    """One line of free text, at most 200 characters unless told otherwise."""


def hit_messages(text: str, hits: list[screening.Hit]) -> list[str]:
    """One sentence per hit that shows the user where it is."""
    return [
        f"In regel {text.count(chr(10), 0, hit.start) + 1} staat “{text[hit.start : hit.end]}”. "
        f"{what_it_is(hit)} Haal dit weg."
        for hit in hits[:5]
    ]


def what_it_is(hit: screening.Hit) -> str:
    """ "Dat lijkt op een telefoonnummer." Of what is certain also that explaining does not help."""
    if hit.certain:
        return (
            f"Dat is {hit.label}: dat woord staat ervoor. Dat mag hier niet, ook niet met uitleg."
        )
    return f"Dat lijkt op {hit.label}."


class PlainEmailField(forms.EmailField):
    """An e-mail address, in small letters, without the quoted forms that mail servers differ on.

    Two spellings of one address must be one account, so capitals do not count.
    """

    default_error_messages = {
        "invalid": "Vul een e-mailadres in zoals naam@organisatie.nl.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for validator in self.validators:
            if getattr(validator, "code", "") == "invalid":
                validator.message = self.error_messages["invalid"]  # type: ignore[attr-defined]

    def to_python(self, value: Any) -> str:
        text = str(value or "")
        if not text.isascii() or '"' in text or not text.strip(" ").isprintable():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text).lower()  # type: ignore[union-attr, return-value]


class DayField(forms.DateField):
    """A day between 1900 and 2100, written as 2026-12-31 or 31-12-2026."""

    widget = DayPicker
    input_formats = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
    default_error_messages = {
        "invalid": "Vul een datum in die bestaat, bijvoorbeeld 31-12-2026.",
        "year": f"Vul een jaar in van {FIRST_YEAR} tot en met {LAST_YEAR}.",
    }

    def to_python(self, value: Any) -> date | None:
        # Python also reads dates in Arabic digits; a reader of the dossier may not.
        if isinstance(value, str) and not value.isascii():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        day = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["year"], code="year")
        return day


def local_moment(day: date, at: time) -> datetime:
    """That day and clock time in Europe/Amsterdam, as an aware datetime.

    Raises ValueError with a Dutch sentence for the two hours a year that the clock skips or
    repeats: guessing there would send people to a meeting an hour early or late.
    """
    moment = datetime.combine(day, at, tzinfo=clock.AMSTERDAM)
    if moment.replace(fold=1).utcoffset() == moment.utcoffset():
        return moment
    if moment.utcoffset() < moment.replace(fold=1).utcoffset():  # type: ignore[operator]
        raise ValueError(
            "Deze tijd bestaat niet: in deze nacht gaat de klok vooruit. Kies een ander uur."
        )
    raise ValueError("Deze tijd komt in deze nacht twee keer voor. Kies een ander uur.")


class MomentField(forms.DateTimeField):
    """A day and clock time in Europe/Amsterdam; comes out as an aware datetime."""

    widget = MomentPicker
    default_error_messages = {
        "invalid": "Vul een datum en tijd in die bestaan, bijvoorbeeld 31-12-2026 14:30.",
        "year": DayField.default_error_messages["year"],
    }
    _SHAPES = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M")

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime) and value.tzinfo:
            return value
        moment = self._parse(str(value).strip())
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["year"], code="year")
        try:
            return local_moment(moment.date(), moment.time())
        except ValueError as problem:
            raise ValidationError(str(problem), code="clock_change") from None

    def _parse(self, text: str) -> datetime:
        for shape in self._SHAPES if text.isascii() else ():
            try:
                return datetime.strptime(text, shape)
            except ValueError:
                continue
        raise ValidationError(self.error_messages["invalid"], code="invalid")


class WholeNumberField(forms.IntegerField):
    """A whole number in plain digits; 0 or more unless told otherwise."""

    widget = NumberBox
    default_error_messages = {"invalid": "Vul een heel getal in, met alleen cijfers."}

    def __init__(
        self, *, min_value: int = 0, max_value: int = LARGEST_NUMBER, **kwargs: Any
    ) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)
        limits = {
            "min_value": f"Vul een getal in van {min_value} of hoger.",
            "max_value": f"Vul een getal in van {max_value} of lager.",
        }
        for validator in self.validators:
            validator.message = limits.get(validator.code, validator.message)  # type: ignore[attr-defined]

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str) and not re.fullmatch(r"\s*(-?[0-9]{1,19})?\s*", value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)
