from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from escalation.overleg.forms import ClockField
from rdm.lib import forms as f
from tests.rdm.lib.bad_input import BAD_INPUT

FIELDS = [
    f.CleanCharField, f.PlainCharField, f.ScreenedTextField, f.ScreenedCharField,
    f.PlainEmailField, f.DayField, f.MomentField, f.WholeNumberField,
]  # fmt: skip


def refusal(field: forms.Field, value: Any) -> str:
    with pytest.raises(ValidationError) as problem:
        field.clean(value)
    return " ".join(problem.value.messages)


@pytest.mark.parametrize("text", BAD_INPUT)
@pytest.mark.parametrize("field", FIELDS)
def test_bad_input_is_taken_or_refused_in_dutch(field: type[forms.Field], text: str) -> None:
    try:
        field().clean(text)
    except ValidationError as problem:
        for message in problem.messages:
            assert message.isprintable()
            assert message.endswith(".")
            assert not {"the", "enter", "valid", "value"} & set(message.lower().split())


@pytest.mark.parametrize("field", [f.PlainCharField, f.ScreenedTextField, f.ScreenedCharField])
@pytest.mark.parametrize("text", ["\x00", "a\x07b", "\u202ea", "a\u200b", "e" + "\u0301" * 300])
def test_every_text_field_refuses_unreadable_characters(
    field: type[forms.Field], text: str
) -> None:
    assert "Haal" in refusal(field(), text)


def test_text_length_is_refused_and_never_cut_off() -> None:
    field = f.ScreenedTextField()
    assert len(field.clean("a" * 10_000)) == 10_000
    assert "10.000 tekens" in refusal(field, "a" * 10_001)
    assert field.clean(("a" * 99 + "\r\n") * 100)
    assert "maxlength" not in field.widget_attrs(field.widget)


def test_only_spaces_is_empty() -> None:
    assert "verplicht" in refusal(f.ScreenedTextField(), " \n\t ")
    assert f.PlainCharField(required=False).clean("   ") == ""


@pytest.mark.parametrize("text", ["a\r\nBcc: x@evil.example", "a\nb", "a\u2028b", "\r\nSet-Cookie"])
def test_one_line_stays_one_line(text: str) -> None:
    assert "één regel" in refusal(f.PlainCharField(), text)
    assert "één regel" in refusal(f.ScreenedCharField(), text)


def test_a_screened_field_blocks_even_outside_a_screened_form() -> None:
    message = refusal(f.ScreenedTextField(), "Hallo\nBel 06-12345678")
    assert message == (
        "In regel 2 staat “06-12345678”. Dat lijkt op een telefoonnummer. Haal dit weg."
    )


def test_e_mail_is_one_spelling() -> None:
    field = f.PlainEmailField()
    assert field.clean(" U.X@Voorbeeld.NL ") == "u.x@voorbeeld.nl"
    for wrong in ('"a b"@x.nl', "a@b", "a@x.nl\r\nBcc: b@x.nl", "é@x.nl", "a@x.nl,b@x.nl"):
        assert "naam@organisatie.nl" in refusal(field, wrong)


def test_days() -> None:
    field = f.DayField()
    assert field.clean("2026-12-31") == field.clean("31-12-2026") == date(2026, 12, 31)
    for wrong in ("31-02-2026", "2026-02-29", "0000-01-01", "gisteren", "٠١-٠٢-٢٠٢٦", "12/13/2026"):
        assert "31-12-2026" in refusal(field, wrong)
    for wrong in ("1899-12-31", "2101-01-01", "9999-12-31", "0001-01-01"):
        assert "1900" in refusal(field, wrong)


def test_moments_are_in_amsterdam() -> None:
    field = f.MomentField()
    assert field.clean("2026-07-01T10:00") == datetime(2026, 7, 1, 8, tzinfo=UTC)
    assert field.clean("01-12-2026 10:00") == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert "bestaat niet" in refusal(field, "2026-03-29T02:30")
    assert "twee keer" in refusal(field, "2026-10-25T02:30")
    assert "1900" in refusal(field, "0001-01-01T00:00")
    assert "31-12-2026 14:30" in refusal(field, "2026-07-01T24:00")


def test_a_moment_is_shown_as_the_browser_wants_it() -> None:
    class Form(f.HonestForm):
        at = f.MomentField(label="Wanneer")

    form = Form(initial={"at": datetime(2026, 7, 1, 8, tzinfo=UTC)})
    assert 'value="2026-07-01T10:00"' in str(form["at"])


def test_whole_numbers() -> None:
    field = f.WholeNumberField(max_value=100)
    assert field.clean("7") == 7
    for wrong in ("٣", "1,5", "1.0", "NaN", "1e3", "0x1F", "9" * 40, "½"):
        assert "alleen cijfers" in refusal(field, wrong)
    assert "0 of hoger" in refusal(field, "-1")
    assert "100 of lager" in refusal(field, "101")
    assert "2147483647 of lager" in refusal(f.WholeNumberField(), str(2**63 - 1))


class Asked(f.HonestForm):
    day = f.DayField(label="Dag")
    moment = f.MomentField(label="Moment")
    number = f.WholeNumberField(label="Aantal")
    at = ClockField(label="Tijd")


@pytest.mark.parametrize(
    ("name", "kind", "good", "bad"),
    [
        ("day", "date", "2026-12-31", ["31-02", "31-12-2026", "2026-02-30", "2026-1-1"]),
        ("moment", "datetime-local", "2026-12-31T14:30", ["2026-12-31 14:30", "gisteren"]),
        ("number", "number", "12", ["duizend", "1,5", "٣"]),
        ("at", "time", "14:30", ["14.30", "25:00", "9:5"]),
    ],
)
def test_what_the_browser_cannot_show_stands_in_a_plain_box(
    name: str, kind: str, good: str, bad: list[str]
) -> None:
    """Otherwise the error would stand above an empty box, and what was typed is gone."""
    for form in (Asked(), Asked({name: ""}), Asked(initial={name: ""})):
        assert f'type="{kind}"' in str(form[name])
    assert f'type="{kind}"' in str(Asked({name: good})[name])
    for text in bad:
        shown = str(Asked({name: text})[name])
        assert f'type="text" name="{name}" value="{text}"' in shown
