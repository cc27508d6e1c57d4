"""The ways in which people write the same word or number."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rdm.lib.search import plain
from rdm.lib.spelling import any_spelling, number_in, numbers_in


@given(st.text(alphabet=st.characters(codec="latin-1", exclude_categories=["Cc"])))
def test_a_text_finds_itself_in_any_capitals(text: str) -> None:
    """As far as its signs are letters of the languages around us, or stand for themselves."""
    if plain(text) == text.lower():
        for written in (text, text.upper(), text.lower(), text.title()):
            assert re.search(any_spelling(text), written), written


@given(st.text(max_size=60))
def test_any_text_gives_a_pattern_that_can_be_read(text: str) -> None:
    re.compile(any_spelling(text))


@pytest.mark.parametrize(
    ("written", "number"),
    [
        *((one, "z202600123") for one in ("Z2026-00123", "z2026 00123", "Z.2026/00123.")),
        *((one, "z202600123") for one in ("zaak Z2026–00123", "Ons kenmerk: Z202600123")),
        *((one, "z77") for one in ("Zaak-Z77", "Wmo Z77", "wijkteam z77")),
        *((one, "wmo12") for one in ("Wmo 12", "WMO-12", "wmo12", "zaak Wmo 12")),
        ("Wlz 12", "wlz12"),
        ("dossier", "dossier"),
        ("—", "—"),
        ("", ""),
    ],
)
def test_the_number_in_what_people_write(written: str, number: str) -> None:
    assert number_in(written) == number


def test_a_number_is_looked_for_with_and_without_the_words_before_it() -> None:
    assert numbers_in("Wmo 12") == ["wmo12", "12"]
    assert numbers_in("woning") == ["woning"]
    assert "ens2041" in numbers_in("ENS 2041 Verzandum")
    assert "z202600123" in numbers_in("kenmerk Z2026-00123 van 3 mei")
    assert numbers_in("—") == ["—"] and numbers_in(" ") == []
