import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rdm.lib import codes
from tests.rdm.lib.bad_input import BAD_INPUT

CODES = st.builds(
    codes.new_code,
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=4),
    st.integers(2000, 2099),
)


def test_shape() -> None:
    assert re.fullmatch(rf"TW-26-[{codes.ALPHABET}]{{5}}", codes.new_code("TW", 2026))


def test_no_character_that_is_mixed_up() -> None:
    assert not set("ILOUS01") & set(codes.ALPHABET)
    assert len(set(codes.ALPHABET)) == len(codes.ALPHABET) == 29


def test_codes_are_not_guessable_from_each_other() -> None:
    assert len({codes.new_code("TW", 2026) for _ in range(300)}) > 290


@given(CODES)
def test_a_new_code_is_valid_and_survives_typing(code: str) -> None:
    assert codes.is_valid(code)
    for typed in (code.lower(), code.replace("-", ""), code.replace("-", " "), f"  {code}\n"):
        assert codes.normalise(typed) == code
    assert codes.normalise(code.replace("-", "\u2013")) == code


@given(CODES, st.data())
def test_every_single_wrong_character_is_found(code: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(
        st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-").filter(lambda c: c != code[at])
    )
    assert not codes.is_valid(code[:at] + other + code[at + 1 :])


@given(CODES, st.data())
def test_every_swap_of_neighbours_is_found(code: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(code) - 2))
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert swapped == code or not codes.is_valid(swapped)


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert codes.normalise(codes.normalise(text)) == codes.normalise(text)
    codes.is_valid(text)


@pytest.mark.parametrize("text", BAD_INPUT)
def test_bad_input_is_no_code(text: str) -> None:
    assert not codes.is_valid(codes.normalise(text))


@pytest.mark.parametrize("prefix", ["", "T", "tw", "TWENTE", "T1", "T-"])
def test_a_wrong_prefix_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="prefix"):
        codes.new_code(prefix, 2026)


@given(CODES)
def test_a_code_is_found_in_what_stands_around_it(code: str) -> None:
    pasted = f"https://rdm.voorbeeld.example/casussen/{code}/tijdlijn/?blad=2"
    for typed in (code, f"‘{code}’", f"[{code}].", f"casus {code.lower()}", f"nr.{code}", pasted):
        assert codes.within(typed) == code
    assert codes.within(f"{code} en nog eens {code}") == code
    assert codes.within(f"X{code}") is None and codes.within(f"{code}9") is None


@given(st.text(max_size=40))
def test_nothing_else_is_a_code(text: str) -> None:
    assert codes.within(text) in (None, codes.normalise(text), codes.within(text.upper()))
