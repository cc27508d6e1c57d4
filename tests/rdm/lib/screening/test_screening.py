import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rdm.lib import clock, screening
from tests.rdm.lib.bad_input import BAD_INPUT

NOW = datetime(2026, 11, 12, 9, tzinfo=UTC)


def kinds(text: str) -> list[str]:
    with clock.travel(NOW):
        return [hit.kind for hit in screening.find(text)]


# --- find: what must be seen


@pytest.mark.parametrize(
    "text",
    ["123456782", "1234.56.782", "123 456 782", "1234 56 782", "123-456-782", "BSN:123456782.",
     "bsn 12345672", "burgerservicenummer is 12345672", "１２３４５６７８２", "١٢٣٤٥٦٧٨٢"],
)  # fmt: skip
def test_bsn(text: str) -> None:
    assert kinds(text) == ["bsn"]


@pytest.mark.parametrize(
    "text",
    ["06-12345678", "06 12 34 56 78", "0612345678", "06.12.34.56.78", "+31612345678",
     "+31 (0)6 12345678", "0031 6 1234 5678", "(053) 123 45 67", "053-1234567", "0541-123456",
     "+49 541 123456", "tel. 06–12345678", "06\u00a012345678", "088 - 123 45 67"],
)  # fmt: skip
def test_phone(text: str) -> None:
    assert kinds(text) == ["phone"]


@pytest.mark.parametrize(
    "text", ["NL91ABNA0417164300", "NL91 ABNA 0417 1643 00 en dan", "nl91 abna 0417 1643 00",
             "DE89370400440532013000", "BE68 5390 0754 7034",
             # In the register of all countries, and Morocco, which is not.
             "RS35 2600 0560 1001 6113 79", "MA64 0115 1900 0001 2050 0053 4921"],
)  # fmt: skip
def test_iban(text: str) -> None:
    assert kinds(text) == ["iban"]


def test_a_sentence_that_passes_the_test_of_an_iban_is_none() -> None:
    """A German one has digits only."""
    assert kinds("Van de 54 om kind group teamleider de meer clientondersteuner het") == []


@pytest.mark.parametrize(
    "text", ["jan@voorbeeld.example", "Mail naar j.de.boer+x@zorg.voorbeeld.example.",
             "JAN@VOORBEELD.NL", "jan (at) voorbeeld.nl", "<jan@voorbeeld.nl>"],
)  # fmt: skip
def test_email(text: str) -> None:
    assert kinds(text) == ["email"]


@pytest.mark.parametrize(
    "text", ["7511 AB 12", "7511AB, nr. 12a", "7511ab 12", "Dorpsstraat 12, 7511 AB Enschede",
             "Dorpsstraat 12a\n7511 AB", "postcode 7511 AB huisnummer 3"],
)  # fmt: skip
def test_address(text: str) -> None:
    assert kinds(text) == ["address"]


@pytest.mark.parametrize(
    "text",
    ["12-03-1984", "12/3/1984", "12.03.1984", "1984-03-12", "12 maart 1984", "12 mrt. 1984",
     "12 maart\n1984", "12 \nmaart 1984",
     "12 Maart '84", "12-03-84", "geboren 12-03-2012", "geb. 3 mei 2015", "geb 1-2-15",
     "Geboortedatum: 12032001", "geboortedatum 20010312", "geboren op 12 maart 2008 in Almelo",
     "03-05-2012 (geboren)", "hij is jarig op 12-03-2010"],
)  # fmt: skip
def test_birth_date(text: str) -> None:
    assert kinds(text) == ["birth_date"]


# --- find: what a form or the end of a line tears apart

BOXES = "111222333"


@pytest.mark.once
@pytest.mark.parametrize(
    "text",
    [" ".join(BOXES), "\n".join(BOXES), "\n\n".join(BOXES), "|".join(BOXES), " | ".join(BOXES),
     "\t".join(BOXES), "1 1 1  2 2 2  3 3 3", f"BSN:{' '.join(BOXES)}.",
     f"Postcode 7511\n{' '.join(BOXES)}\n1 2 0 3 1 9 8 4"],
)  # fmt: skip
def test_bsn_with_one_digit_per_box(text: str) -> None:
    assert kinds(text) == ["bsn"]


@pytest.mark.once
@given(st.integers(10_000_000, 999_999_999))
def test_every_bsn_in_boxes_is_found_and_no_other_number(number: int) -> None:
    digits = f"{number:09}"
    assert (kinds(" ".join(digits)) == ["bsn"]) is screening.passes_eleven_test(digits)


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "kind"),
    [("Bel 06 12 34 56 \n78 of later", "phone"), ("Bel 06-\n12345678.", "phone"),
     ("+31 6\n12345678", "phone"), ("(053) 123 \n45 67", "phone"), ("0541\n123456", "phone"),
     ("06 12 34 56\n78 3 keer per week", "phone"), ("+49 541\n123456", "phone"),
     ("jan@\nvoorbeeld.nl", "email"), ("jan \n@voorbeeld.nl", "email"),
     ("jan@voor-\nbeeld.nl", "email"), ("jan@zorg.voor-\nbeeld.nl", "email"),
     ("jan@voorbeeld. \nnl", "email"), ("jan@zorg.\nvoorbeeld.nl", "email"),
     ("jan.de-\nboer@voorbeeld.nl", "email"),
     ("Dorpsstraat\n12 7511 AB Enschede", "address"), ("Dorpsstraat \n12a, 7511AB", "address"),
     ("Dorpsstraat 12 7511\nAB", "address"), ("Dorpsstraat 12\n7511 \nAB", "address"),
     ("NL91 ABNA 0417\n1643 00", "iban")],
)  # fmt: skip
def test_what_is_broken_over_two_lines(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.once
def test_what_is_shown_of_an_address_is_the_address() -> None:
    text = "Woont Dorpsstraat\n12 7511 AB in Enschede"
    assert [text[h.start : h.end] for h in screening.find(text)] == ["12 7511 AB"]


# --- find: what must be left alone


@pytest.mark.once
@pytest.mark.parametrize(
    "text",
    ["1 2 3 4 5 6 7 8 9", "\n".join("123456789"), "0 1 2 3 4 5 6 7 8 9", "5 5 5 5 5 5 5 5 5",
     # More or fewer than nine, also with a BSN in it.
     f"{' '.join(BOXES)} 4", f"4 {' '.join(BOXES)}", "1 1 1 2 2 2 3 3", "1 1 1\n2 2 2\n3 3 3",
     # Not digits alone.
     "1,1 1 2 2 2 3 3 3 3", "1 1 1 2 2 2 3 3 3,5", "1 1 1 2 2 2 3 3 3e",
     "1. 1. 1. 2. 2. 2. 3. 3. 3",
     "1. a\n2. b\n3. c\n4. d\n5. e\n6. f\n7. g\n8. h\n9. i",
     "1\ta\n2\tb\n3\tc\n4\td\n5\te\n6\tf\n7\tg\n8\th\n9\ti"],
)  # fmt: skip
def test_single_digits_that_are_no_bsn(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.once
@pytest.mark.parametrize(
    "text",
    ["in 2026\n12 keer", "Bel 0900-8844\n12345", "op 01-02-2026\n12 uur", "€ 1.250\n€ 3.400",
     "1250\n3400\n5600\n12345678", "van 08.30\n12345678", "0,50\n12345678", "TW-26-0\n12345678",
     "Wij werken @home.\nDe collega ook", "kantoor@home.\nDe rest volgt", "Volg ons @\ntwente",
     "e-mail met een streep-\nje.nl", "a@b", "in 2025\nZorg 12", "trede 2\n2026 en 12 keer",
     "NL91 ABNA 0417\n1643 01", "Kosten\n12 7511 mensen",
     "in 2026\nEU 12", "in 2026\nTW-26-7K4QX", "de casus van 2026 TW-26-7K4QX",
     "trede 2 2026\nTW-26-7K4QX"],
)  # fmt: skip
def test_a_line_end_makes_nothing_suspect(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.once
@given(st.lists(st.sampled_from(["0", "2026", "12,50", "3", "TW-26-7K4QX", "12-03-2026", "een"])))
@settings(max_examples=100, deadline=None)
def test_a_column_of_ordinary_values_is_not_blocked(column: list[str]) -> None:
    assert kinds("\n".join(column)) == []


@pytest.mark.parametrize(
    "text",
    ["123456789", "12-03-2026", "Sinds 12 maart 2019 in behandeling", "op 01-02-2026 12 uur",
     "08-02-2026 14:30", "12-03-2026 5 keer", "31-02-1984", "in 2026 en 12 keer", "TW-26-7K4QX",
     "Tafel 3, trede 2, 15 werkdagen", "€ 1.234.567", "2024-2026", "7511 AB", "NL91ABNA0417164301",
     "112", "0900-8844", "gebouw B op 12-03-2020", "kvk 12345678", "versie 1.2.3", "24/7",
     "1 op de 5", "artikel 2.3.5 Wmo 2015", "van 9 tot 17 november 2026", "geen", "",
     "In 2025 waren er 12 meldingen en in 2026 EPA 3", "Op 3 mei\n84 stoelen"],
)  # fmt: skip
def test_ordinary_text_is_not_blocked(text: str) -> None:
    assert kinds(text) == []


def test_a_date_of_exactly_eighteen_years_ago_counts() -> None:
    assert kinds("12-11-2008") == ["birth_date"]
    assert kinds("13-11-2008") == []


def test_hits_say_where_and_do_not_overlap() -> None:
    text = "Bel 06-12345678 of mail a@b.nl.\nRekening NL91 ABNA 0417 1643 00"
    found = screening.find(text)
    assert [text[h.start : h.end] for h in found] == [
        "06-12345678", "a@b.nl", "NL91 ABNA 0417 1643 00",
    ]  # fmt: skip
    assert all(h.label == screening.LABELS[h.kind] for h in found)


@given(st.integers(10_000_000, 999_999_999))
def test_eleven_test_against_its_definition(number: int) -> None:
    digits = f"{number:09}"
    total = sum(int(d) * w for d, w in zip(digits[:8], range(9, 1, -1), strict=True))
    right = (total - int(digits[8])) % 11 == 0
    assert screening.passes_eleven_test(digits) is right
    assert (kinds(f"nummer {digits} in de brief") == ["bsn"]) is right


@given(st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=50, deadline=None)
def test_a_phone_number_is_found_between_any_words(before: str, after: str) -> None:
    text = f"{before}. 06-12345678 .{after}"
    start = text.index("06-12345678")
    assert any(h.start <= start + 10 and h.end > start for h in screening.find(text))


@given(st.dates(date(1930, 1, 1), date(2008, 11, 1)))
@settings(max_examples=50, deadline=None)
def test_every_adult_birth_date_is_found(day: date) -> None:
    assert kinds(f"De inwoner ({day.day}-{day.month}-{day.year}) woont thuis") == ["birth_date"]


@given(st.dates(date(2012, 1, 1), date(2026, 11, 12)))
@settings(max_examples=50, deadline=None)
def test_no_recent_date_is_blocked(day: date) -> None:
    assert kinds(f"Op {day:%d-%m-%Y} is overlegd; zie ook {day.isoformat()}.") == []


@pytest.mark.parametrize(
    "text", ["1 2 3 " * 1_700, "a" * 10_000, "1" * 10_000, "geb " * 2_500, "NL12 " * 2_000,
             "a@" * 5_000, "7511 AB " * 1_250, "12-03-2026, " * 800, "(0" * 5_000, "a." * 5_000,
     "1\n" * 5_000, "1 | " * 2_500, "06 \n1" * 2_000, "(0)1\n2 3 4 " * 900, "0" * 15 + "\n1 1 1 1",
     "a@b.c.d.e-\n" * 900, "a@\n" * 3_300, "a@" + "a-" * 5_000, "a\n12 7511\n" * 900,
     "+1 \n1" * 2_000, " \n" * 5_000, "NL91 \n" * 1_600, "geb\n\n" * 2_000, "geb 1 | " * 1_250,
     "geb 12 03 " * 1_000, "bsn 1 2 3 4 " * 800, "bsn_1_1" * 1_400, "7511AB Aa\n" * 1_000,
     "7511 AB Aa Aa Aa Aa Aa Aa " * 380, "a 12 " * 2_000 + "7511 AB", "maart " * 1_600,
     "xx-xx-" * 1_600, "wet van " * 1_200 + "12-03-1984", "rsin " * 2_000, "12 maart 1984 " * 700,
     "0612345678 " * 900, "NL91ABNA0417164300 " * 520, "14.053 " * 1_400, "N L 9 1 " * 1_250,
             "bsn van de inwoner is 12345678 " * 320, "BSN" + " " * 9_990, "geb maart '" * 900,
             "geb. 3. " * 1_250, "born April 3 " * 750,
             "a 12 / 7511 AB " * 660, "a 12 Aa-op-Aa op Aa-op-Aa in Aa 7511 AB " * 250,
             "tel 6 1 2 3 4 " * 700, "tel op is " * 1_000, "tel 612345678 " * 700, "1_" * 5_000],
)  # fmt: skip
def test_long_text_does_not_hold_up_a_request(text: str) -> None:
    started = time.process_time()
    screening.find(text)
    assert time.process_time() - started < 1


# --- clean


@pytest.mark.parametrize(
    ("text", "about"),
    [("a\x00b", "stuurteken"), ("\x1b[31m", "stuurteken"), ("\x7f", "stuurteken"),
     ("a\u202eb", "leesrichting"), ("\u2066a", "leesrichting"), ("a\u200bb", "onzichtbaar"),
     ("\ufeffa", "onzichtbaar"), ("\U000e0041", "onzichtbaar"), ("\ud800", "half teken"),
     ("e" + "\u0301" * 300, "accenten"), ("\ufffe", "niet bestaat"), ("\ue000", "lettertype"),
     ("\u3164", "onzichtbaar")],
)  # fmt: skip
def test_clean_refuses_with_a_dutch_sentence(text: str, about: str) -> None:
    with pytest.raises(ValueError, match=about) as refusal:
        screening.clean("Eerste regel\nde buurman " + text)
    assert "regel 2" in str(refusal.value)
    assert "na “de buurman" in str(refusal.value)
    assert str(refusal.value).isprintable()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a\r\nb\rc", "a\nb\nc"), ("a\u2028b", "a\nb"), ("e\u0301", "é"), ("👩‍👧", "👩👧"),
     ("☎️", "☎"), ("woord\u00adafbreking", "woordafbreking"), ("\uf0b7 punt", "• punt"),
     (" a\tb ", " a\tb "), ("“ja” – €5 ½ ß İ", "“ja” – €5 ½ ß İ"), ("{{7*7}} <b>", "{{7*7}} <b>")],
)  # fmt: skip
def test_clean_keeps_ordinary_text(typed: str, kept: str) -> None:
    assert screening.clean(typed) == kept


@given(st.text())
def test_clean_text_stays_clean(text: str) -> None:
    try:
        cleaned = screening.clean(text)
    except ValueError as refusal:
        assert str(refusal).endswith(".")
        return
    assert screening.clean(cleaned) == cleaned
    assert "\x00" not in cleaned
    cleaned.encode("utf-8")


@pytest.mark.parametrize("text", BAD_INPUT)
def test_bad_input_never_breaks_screening(text: str) -> None:
    screening.find(text)
    try:
        screening.find(screening.clean(text))
    except ValueError as refusal:
        assert "Haal" in str(refusal)
