"""What is personal data and what only looks like it, both ways: with a corpus, and combined."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rdm.lib import clock, screening
from tests.rdm.lib.screening.ordinary import ORDINARY
from tests.rdm.lib.screening.personal import IBANS, PERSONAL
from tests.rdm.lib.screening.test_screening import NOW

pytestmark = pytest.mark.once

combined = settings(max_examples=100, deadline=None)


def found(text: str) -> list[str]:
    with clock.travel(NOW):
        return [hit.kind for hit in screening.find(text)]


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_sentence_passes(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(("text", "kind"), PERSONAL)
def test_personal_data_is_found_however_it_is_written(text: str, kind: str) -> None:
    assert found(text) == [kind]


def test_what_is_found_is_found_in_any_surroundings() -> None:
    """All of it under each other, as in one long file."""
    wrong = [text for text, kind in PERSONAL if found(f"Verslag.\n\n{text}\n\nEinde.") != [kind]]
    assert not wrong


def test_all_ordinary_sentences_together_pass() -> None:
    assert found("\n".join(ORDINARY)) == found(" ".join(ORDINARY)) == []


# --- Telephone numbers and amounts


@pytest.mark.parametrize("form", ["{}", "{:,}", "€ {}", "€ {:,},-", "zaaknummer {}", "{} euro"])
def test_no_amount_is_the_number_of_a_gemeente(form: str) -> None:
    """All that the library of telephone numbers calls valid: 14 with the code of an area."""
    amounts = [*range(14_000, 14_100), *range(140_000, 140_999)]
    assert found("; ".join(form.format(one).replace(",", ".") for one in amounts)) == []


@given(
    st.integers(1, 999_999_999),
    st.sampled_from(["€ {},00", "{} euro", "€{},50 per jaar", "{},25 euro", "EUR {}", "€ {},-"]),
)
@combined
def test_an_amount_passes(amount: int, form: str) -> None:
    dotted = f"{amount:,}".replace(",", ".")
    assert found(f"Het kost {form.format(dotted)}.") == []


@given(st.integers(1_000, 200_000), st.sampled_from(["inwoners", "mensen", "euro", "uur", "keer"]))
@combined
def test_a_count_passes(number: int, what: str) -> None:
    dotted = f"{number:,}".replace(",", ".")
    assert found(f"Er zijn {dotted} {what}, en vorig jaar {number} {what}.") == []


# --- Addresses

STREETS = ["Dorpsstraat", "Van Heekplein", "Nijenheim", "1e Dwarsweg", "Pastoor Janslaan"]
HOUSES = ["1", "12", "112a", "12-3", "22-20", "12 bis", "12/2", "9 A"]
POSTCODES = ["7511 AB", "7511AB", "7511  AB", "NL-7511 AB", "3704 ZK", "7511\u00a0AB"]
FORMS = [
    "{street} {house}, {postcode} {place}",
    "{street} {house} {postcode} {place}",
    "{street} {house}\n{postcode} {place}",
    "{street} {house} - {postcode} {place}",
    "{street} {house} ({postcode} {place})",
    "Straat: {street} {house}\nPostcode: {postcode}\nPlaats: {place}",
    "Adres\n\n{street} {house}\n\nPostcode en plaats\n\n{postcode} {place}\n\n",
    "{postcode} {place}, {street} {house}",
    "{postcode} {place}\n{street} {house}",
    "Postcode: {postcode}\nHuisnummer: {house}",
    "Postcode\n\n{postcode}\n\nHuisnummer\n\n{house}\n\n",
    "Straat\n{street}\nHuisnummer\n{house}\nPostcode\n{postcode}",
    "{postcode} {house}",
    "{postcode}\n{house}",
]


@given(*map(st.sampled_from, (FORMS, STREETS, HOUSES, POSTCODES)), st.sampled_from(["", "Woont: "]))
@combined
def test_an_address_is_found(
    form: str, street: str, house: str, postcode: str, before: str
) -> None:
    text = form.format(street=street, house=house, postcode=postcode, place="Enschede")
    assert found(before + text) == ["address"]


@given(
    st.sampled_from(["Postbus", "postbus", "POSTBUS", "Antwoordnummer"]),
    st.integers(1, 99_999),
    st.sampled_from([", ", " ", "\n", " - ", ", NL-"]),
    st.sampled_from(["7500 AB Enschede", "7550AA Hengelo", "7500  AB"]),
)
@combined
def test_nobody_lives_in_a_postbus(box: str, number: int, between: str, postcode: str) -> None:
    assert found(f"Stuur het naar {box} {number}{between}{postcode}") == []


@given(
    st.integers(1_000, 9_999),
    st.sampled_from(["en", "of", "om", "op", "in", "km", "kg", "EN", "OM", "IN", "OF", "DE"]),
    st.integers(1, 9_999),
    st.sampled_from(["inwoners", "KEER", "mensen", "uur"]),
)
@combined
def test_two_numbers_with_a_word_between_are_no_address(
    first: int, word: str, second: int, what: str
) -> None:
    assert found(f"Tussen de {first} {word} {second} {what}.") == []


# --- Dates of birth

CALLED = ["geb.", "geb", "geb:", "geboren", "geboren op", "Geboortedatum:", "Geboortedatum", "GEB."]
BETWEEN = [" ", "\n", "\n\n", " | ", ": ", " kind: "]
WRITTEN = [
    "%d-%m-%Y",
    "%d.%m.%y",
    "%d %m %y",
    "%d/%m/%y",
    "%d%m%y",
    "%d%m%Y",
    "%d.%m.%Y",
    "%Y-%m-%d",
]


@given(
    *map(st.sampled_from, (CALLED, BETWEEN, WRITTEN)), st.dates(date(1930, 1, 1), date(2026, 11, 1))
)
@combined
def test_what_is_called_a_date_of_birth_is_one(
    called: str, between: str, written: str, day: date
) -> None:
    """Of a child as well, which by its age alone would be a date in the case."""
    assert found(f"Het kind is {called}{between}{day.strftime(written)}") == ["birth_date"]


MEETINGS = [
    "Het overleg is op {}.",
    "Er is een kind geboren. Op {} was er een gesprek.",
    "Geboortedatum: niet bekend\nDatum overleg: {}",
    "Geboortedatum\n\n\n\nDatum aanmelding\n\n{}\n\n",
    "Geboren: onbekend\nAanmelding {}",
    "Besluit van {} (2-jarig).",
]


@given(st.sampled_from(MEETINGS), st.dates(date(2009, 1, 1), date(2026, 11, 1)))
@combined
def test_the_date_of_something_else_is_none(meeting: str, day: date) -> None:
    assert found(meeting.format(f"{day:%d-%m-%Y}")) == []


# --- BSN

DIGITS = st.integers(1_000_000, 99_999_999).map(lambda n: _bsn(f"{n:08}")).filter(bool)


def _bsn(digits: str) -> str:
    """With the ninth that makes it pass; empty when there is none."""
    last = sum(int(d) * w for d, w in zip(digits, range(9, 1, -1), strict=True)) % 11
    return f"{digits}{last}" if last < 10 else ""


@given(
    DIGITS,
    st.sampled_from(["BSN", "bsn:", "BSN is", "BSN van de inwoner:", "sofi-nummer", "BSN-nummer"]),
    st.sampled_from([(9,), (4, 2, 3), (3, 3, 3), (2, 3, 2, 2), (3, 2, 2, 2), (1,) * 9]),
    st.sampled_from([" ", ".", "-", "/", "_"]),
    st.sampled_from([" ", "\n", "\n\n", "\t", " | "]),
)
@combined
def test_right_after_its_name_a_bsn_is_certain(
    digits: str, called: str, groups: tuple[int, ...], between: str, gap: str
) -> None:
    left, pieces = iter(digits), []
    for length in groups:
        pieces.append("".join(next(left) for _ in range(length)))
    text = f"{called}{gap}{between.join(pieces)}"
    assert [(hit.kind, hit.certain) for hit in screening.find(text)] == [("bsn", True)]


@given(DIGITS, st.sampled_from(["RSIN", "rsin:", "Het RSIN is", "Btw-nummer NL", "KvK/RSIN"]))
@combined
def test_the_number_of_an_organisation_passes(digits: str, called: str) -> None:
    assert found(f"{called} {digits}") == []
    assert found(f"nummer {digits}B01, {digits}L02") == []


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("BSN (burgerservicenummer): 111222333", True),
        ("BSN kind: 111222333", True),
        ("BSN no. 111222333", True),
        ("Het BSN van deze inwoner is 111222333", True),
        ("Dit is geen BSN: 111222333", False),
        ("BSN niet bekend, nummer 111222333", False),
        ("Het BSN is niet gevraagd. Ons nummer is 111222333", False),
        ("Kijk bij BSN of bij het eigen nummer 111222333", False),
        ("BSN van hem: 111222333", True),
        ("B.S.N. nummer: 111222333", True),
        ("BSN van haar is 111222333", True),
        ("Het BSN van de\ninwoner is 111222333", True),
        ("BSN nr. = 111222333", True),
        ("*BSN*: 111222333", True),
        ("BSN “111222333”", True),
        ("BSN • 111222333", True),
        ("BSN [111222333]", True),
        ("Het BSN luidt als volgt: 111222333", True),
        ("BSN …, 123456782", False),
        ("BSN? 123456782", False),
        ("Sofinummer moeder: 111222333", True),
        ("BSN cliënt\n\n111222333", True),
        ("BSN vader onbekend; BSN moeder 111222333", True),
        ("Hij krijgt geen zorg, BSN 111222333", True),
        ("BSN ontbreekt; polisnummer 123456782", False),
        ("BSN volgt. Polisnr 123456782", False),
        ("BSN weggelaten, order 123456782", False),
        ("BSN: zie Suite, 123456782", False),
        ("BSN verwijderd. Besluit 123456782", False),
        ("BSN aangevraagd\nReferentie 123456782", False),
        ("BSN:\nNummer 123456782", False),
        ("BSN. Nummer 123456782", False),
        ("BSN of polis 123456782", False),
        ("BSN/polisnummer 123456782", False),
        ("BSN van de polis 123456782", False),
        ("BSN-aanvraag 123456782", False),
        ("BSN volgt: 123456782", False),
        ("BSN is niet 123456782", False),
        ("Burgerservicenummer later, bestelling 123456782", False),
        ("Sofinummer n.v.t., lidnummer 123456782", False),
    ],
)
def test_how_near_the_name_makes_certain(text: str, certain: bool) -> None:
    assert [(hit.kind, hit.certain) for hit in screening.find(text)] == [("bsn", certain)]


@given(DIGITS)
@combined
def test_without_its_name_a_bsn_is_not_certain(digits: str) -> None:
    (hit,) = screening.find(f"De inwoner heeft nummer {digits} bij ons.")
    assert not hit.certain


# --- Accounts


@given(st.sampled_from(IBANS), st.sampled_from([1, 2, 4, 99]), st.sampled_from(" -."))
@combined
def test_an_account_of_every_country_is_found(iban: str, size: int, between: str) -> None:
    pieces = [iban[at : at + size] for at in range(0, len(iban), size)]
    assert found(f"Rekening {between.join(pieces)} van de instelling") == ["iban"]
