"""Keeping personal data and unreadable characters out of free text (O-08, E-244).

Two functions, used by every text field of every form: `clean` refuses characters that break
documents, mail headers or the reader's trust; `find` points at text that looks like personal
data. Neither changes what the user sees on the screen without saying so.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache

import phonenumbers
from stdnum import iban, numdb
from stdnum.iso7064 import mod_97_10
from stdnum.nl import bsn

from rdm.lib import clock

MAX_COMBINING_RUN = 8

LABELS = {
    "iban": "een rekeningnummer (IBAN)",
    "email": "een e-mailadres",
    "birth_date": "een geboortedatum",
    "bsn": "een burgerservicenummer (BSN)",
    "phone": "een telefoonnummer",
    "address": "een adres (postcode met huisnummer)",
}


@dataclass(frozen=True, order=True)
class Hit:
    """One place in a text, `text[start:end]`, that looks like personal data."""

    start: int
    end: int
    kind: str
    label: str


# --- clean -----------------------------------------------------------------------------------

# Invisible, but part of ordinary text that is pasted: emoji joiners and variation selectors,
# soft hyphens and the grapheme joiner. Taken out quietly; what is left reads the same.
_DROPPED = dict.fromkeys(
    [0x00AD, 0x034F, 0x200C, 0x200D, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]
)
# Word pastes its bullets as private-use characters of the Symbol and Wingdings fonts.
_BULLETS = dict.fromkeys(range(0xF020, 0xF100), "•")
_NEWLINES = re.compile("\r\n|\r|\u2028|\u2029")
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co"})
_NAMES = {
    "Cc": "een stuurteken",
    "Cf": "een onzichtbaar teken",
    "Cs": "een half teken",
    "Co": "een teken dat alleen in een eigen lettertype bestaat",
}
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """The text with line ends as "\\n" and in Unicode form NFC; the rest stays as typed.

    Quietly removed: the invisible parts of emoji, soft hyphens. Raises ValueError with a
    Dutch sentence, fit to show to the user, for NUL and other control characters, characters
    that turn the reading direction, zero-width characters, half characters (lone surrogates)
    and more than 8 accents on one letter.
    """
    text = _NEWLINES.sub("\n", text).translate(_DROPPED).translate(_BULLETS)
    marks = 0
    for position, character in enumerate(text):
        if character < "\x7f" and (character >= " " or character in "\n\t"):
            marks = 0
            continue
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > MAX_COMBINING_RUN:
            raise ValueError(
                f"{_where(text, position)} staan te veel accenten op één letter. "
                "Haal die accenten weg."
            )
        if name := _refused(character, category):
            raise ValueError(
                f"{_where(text, position)} staat {name} (U+{ord(character):04X}). "
                "Haal dat teken weg, of typ dit stuk tekst opnieuw."
            )
    return unicodedata.normalize("NFC", text)


def _refused(character: str, category: str) -> str | None:
    """What is wrong with this character, in Dutch; None when nothing is."""
    if character in _DIRECTION:
        return "een onzichtbaar teken dat de leesrichting omdraait"
    if character in _BLANK_LETTERS:
        return "een onzichtbaar teken"
    if category in _REFUSED_CATEGORIES:
        return _NAMES[category]
    if ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef":
        return "een teken dat niet bestaat"
    return None


def _where(text: str, position: int) -> str:
    """ "In regel 2, na “de buurman”," as the start of a sentence."""
    line = text.count("\n", 0, position) + 1
    before = text[max(0, position - 20) : position].split("\n")[-1]
    words = "".join(c for c in before if c.isprintable()).strip()
    after = f", na “{words}”," if words else ""
    return f"In regel {line}{after}" if line > 1 or after else "Aan het begin van de tekst"


# --- find ------------------------------------------------------------------------------------


def find(text: str) -> list[Hit]:
    """Every place that looks like personal data, in order, without overlap.

    Looks for BSN (eleven-test), date of birth, e-mail, phone, IBAN (mod 97) and postcode
    with house number. A date counts as a date of birth when a word like "geboren" stands
    beside it, or when it is 18 years ago or more: the scheme is for adults (E-003), so a
    younger date is a date in the case. Expects text that went through `clean`.

    A document breaks its lines anywhere, and a form has one box for each digit of a BSN: those are
    found too, where that makes nothing suspect that is ordinary.
    """
    plain = _plain(text)
    dates = list(_dates(plain))
    # In this order: a phone number inside an IBAN, or a date inside a phone number, is part
    # of the larger thing.
    candidates = [
        *_ibans(plain),
        *((*match.span(), "email") for match in _EMAIL.finditer(plain)),
        *((*match.span(), "email") for match in _BROKEN_EMAIL.finditer(plain)),
        *_birth_dates(plain, dates),
        *_phones(_without_dates(plain, dates)),
        *_addresses(plain),
        *_bsns(plain),
    ]
    hits: list[Hit] = []
    taken = bytearray(len(plain))
    for start, end, kind in candidates:
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            hits.append(Hit(start, end, kind, LABELS[kind]))
    return sorted(hits)


Span = tuple[int, int, str]


def _plain(text: str) -> str:
    """Same length, with every kind of digit, dash and space in its ASCII form."""
    return "".join(c if c < "\x7f" else _plain_character(c) for c in text).replace("\t", " ")


def _plain_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Pd" or character == "\u2212":
        return "-"
    if category == "Zs":
        return " "
    if "\uff01" <= character <= "\uff5e":
        return chr(ord(character) - 0xFEE0)
    return character


# Where a line was broken; a PDF often has a space before it.
_BREAK = r"[ ]?\n[ ]?"
_MAILBOX = r"""[^\s@<>()\[\]{},;:"'“”‘’]{1,64}"""
_DOMAIN = r"(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}\b"
_EMAIL = re.compile(
    rf"{_MAILBOX}[ ]?(?:@|[(\[]at[)\]])[ ]?{_DOMAIN}",
    re.IGNORECASE,
)
# Broken beside the @, after a hyphen, or after a dot. After a dot what follows must be a domain or
# an ending that is no Dutch word: "werken op kantoor@home.\nDe collega" is two sentences.
_BROKEN_EMAIL = re.compile(
    rf"{_MAILBOX}(?:{_BREAK}@{_DOMAIN}|@(?:{_BREAK}{_DOMAIN}"
    rf"|(?:[\w-]{{1,63}}\.){{0,4}}[\w-]{{0,62}}-{_BREAK}{_DOMAIN}"
    rf"|(?:[\w-]{{1,63}}\.){{1,5}}{_BREAK}(?:{_DOMAIN}|(?:nl|com|org|eu)\b)))",
    re.IGNORECASE,
)

_IBAN_START = re.compile(r"(?<![A-Z0-9])[A-Z]{2}[ .-]?\d{2}", re.IGNORECASE | re.ASCII)
# Morocco writes them too, though it is not in the register.
_IBANS_BESIDE_THE_REGISTER = {"MA": 28}


def _ibans(text: str) -> list[Span]:
    found = []
    for match in _IBAN_START.finditer(text):
        length = _iban_length(match.group()[:2].upper())
        if not length:
            continue
        # Also over a line: what passes the test by chance is one in 97.
        tail = re.compile(rf"[A-Z0-9](?:(?:[ .-]|{_BREAK})?[A-Z0-9]){{{length - 1}}}", re.I | re.A)
        whole = tail.match(text, match.start())
        if whole and _is_iban(re.sub(r"[ .\n-]", "", whole.group()).upper()):
            found.append((*whole.span(), "iban"))
    return found


@cache
def _iban_length(country: str) -> int:
    """How many letters and digits an IBAN of that country has; 0 when it has none."""
    form = numdb.get("iban").info(country)[0][1].get("bban")
    if form is None:
        return _IBANS_BESIDE_THE_REGISTER.get(country, 0)
    return 4 + sum(map(int, re.findall(r"\d+", form)))


def _is_iban(number: str) -> bool:
    if number[:2] in _IBANS_BESIDE_THE_REGISTER:
        return mod_97_10.is_valid(number[4:] + number[:4])
    # Without what three countries check on their own: doubt is a reason to ask.
    return iban.is_valid(number, check_country=False)


_BSN = re.compile(r"(?<!\d)(?:\d{9}|\d{2,4}([ .-])\d{2,3}\1\d{2,4})(?!\d)")
# One digit per box, as on a form, or in spaced letters: digits alone, with the same kind of gap
# between all of them. A cell of a table in a document gives two line ends. Only a row of exactly
# nine counts, and the test lets one in eleven of those through that is a row of scores: that is
# rare enough to ask about.
_ONE = r"(?<!\w)(?<!\d[.,/:-])\d(?!\w|[.,/:-]\d)"
_GAPS = (r"[ ]{1,3}", r"[ ]?\n{1,2}[ ]?", r"[ ]?\|[ ]?")
_BOXES = re.compile("|".join(rf"{_ONE}(?:{gap}{_ONE})+" for gap in _GAPS))
# Old numbers are written with eight digits. Only beside the word: any eight digits pass one
# time in eleven, and a chamber of commerce number is no personal data.
_BSN_NAMED = re.compile(
    r"\b(?:bsn|burgerservice ?(?:nummer|nr)|sofi ?-?(?:nummer|nr))\D{0,15}(\d{8})(?!\d)",
    re.IGNORECASE,
)


def _bsns(text: str) -> list[Span]:
    found = [
        (*m.span(), "bsn")
        for pattern in (_BSN, _BOXES)
        for m in pattern.finditer(text)
        if passes_eleven_test(m.group())
    ]
    found += [
        (*m.span(1), "bsn") for m in _BSN_NAMED.finditer(text) if passes_eleven_test("0" + m[1])
    ]
    return found


def passes_eleven_test(text: str) -> bool:
    """True when the digits in `text` form a BSN: nine digits that pass the eleven-test."""
    digits = "".join(c for c in text if c in "0123456789")
    # Of fewer digits python-stdnum thinks zeros before them.
    return len(digits) == 9 and bsn.is_valid(digits)


# Public information numbers belong to nobody.
_PUBLIC_NUMBER = re.compile(r"0(?:800|90[069])")


# Only a number with a 0 or a + in front, and broken once: two columns of numbers are no phone.
_BROKEN_PHONE = re.compile(
    rf"(?<![\w.,/+-])(?:\+[1-9]|\(?0)[\d ().-]{{1,14}}{_BREAK}(\d+(?:[ -]\d+){{0,3}})(?![\d,])"
)


def _without_dates(text: str, dates: list[tuple[int, int, date]]) -> str:
    """The text with crosses for dates, or "01-02-2026 12 uur" would be a number in the province."""
    for start, end, moment in dates:
        if 1900 <= moment.year <= 2100:
            text = text[:start] + "x" * (end - start) + text[end:]
    return text


def _phones(text: str) -> list[Span]:
    """Phone numbers that exist, Dutch or with a country number."""
    found: list[Span] = [
        (match.start, match.end, "phone")
        for match in phonenumbers.PhoneNumberMatcher(text, "NL")
        if not _PUBLIC_NUMBER.match(match.raw_string)
    ]
    for match in _BROKEN_PHONE.finditer(text):
        # What follows on the second line may be another number: "78 3 keer per week".
        for group in re.finditer(r"\d+", match[1]):
            end = match.start(1) + group.end()
            if _is_phone(text[match.start() : end]):
                found.append((match.start(), end, "phone"))
                break
    return found


def _is_phone(text: str) -> bool:
    # Fewer than nine digits are a number of a company or of another country, and mostly neither.
    if _PUBLIC_NUMBER.match(text) or sum(c.isdigit() for c in text) < 9:
        return False
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text.replace("\n", " "), "NL"))
    except phonenumbers.NumberParseException:
        return False


# Letters with a space between must be capitals, or "in 2026 en 12 keer" would be an address.
# After a year may come the code of a casus, such as "2026 AB-26-7K4QX".
_POSTCODE = r"(?<![\w-])[1-9]\d{3}(?:[A-Za-z]{2}|[ ][A-Z]{2})\b(?!-\d\d-)"
# Only behind a number: "in 2026\nEU 12" is no address.
_BROKEN_POSTCODE = rf"[1-9]\d{{3}}{_BREAK}[A-Z]{{2}}\b(?!-\d\d-)"
# The last letter of a street, which is no part of the hit.
_AFTER_STREET = r"(?:(?<=[A-Za-z.][ \n])|(?<=[A-Za-z.][ ]\n))"
_NUMBER = r"\d{1,5}[ -]?[A-Za-z]{0,3}\b"
_ADDRESS = re.compile(
    rf"{_POSTCODE}(?:[ ,;:\n]|-){{1,3}}(?:(?:huis)?(?:nummer|nr)\.?[ :]*)?{_NUMBER}"
    rf"|{_AFTER_STREET}{_NUMBER}[ ,;\n]{{1,4}}(?:{_POSTCODE}|{_BROKEN_POSTCODE})"
)


def _addresses(text: str) -> list[Span]:
    return [(*match.span(), "address") for match in _ADDRESS.finditer(text)]


_MONTH_NAMES = (
    ("januari", "jan"),
    ("februari", "febr", "feb"),
    ("maart", "mrt"),
    ("april", "apr"),
    ("mei",),
    ("juni", "jun"),
    ("juli", "jul"),
    ("augustus", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "okt"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names}
# A document breaks its lines anywhere, so also before or after the name of a month.
_DATE = re.compile(
    r"(?<![\d-])(?:"
    r"(?P<y1>\d{4})(?P<s1>[-/.])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})"
    r"|(?P<d2>\d{1,2})[ ]?(?P<s2>[-/. ])[ ]?(?P<m2>\d{1,2})[ ]?(?P=s2)[ ]?"
    r"(?P<y2>\d{4}|(?<=[-/])\d{2})"
    rf"|(?P<d3>\d{{1,2}})(?:e|ste|de)?(?:[ .-]?[ ]?|[ ]?\n)"
    rf"(?P<m3>{'|'.join(_MONTHS)})\.?"
    r"(?:[ .,'’-]{0,2}|[ ]?\n(?=\d{4}))(?P<y3>\d{4}|\d{2})"
    r")(?![\d]|[-/]\d)",
    re.IGNORECASE,
)
_BIRTH_WORD = r"(?:\bgeb(?:\.|oren|oorte\w*|dat\w*)?(?!\w)|\bverjaardag\b|\bjarig\b)"
_BIRTH_BEFORE = re.compile(_BIRTH_WORD + r"[^\n]{0,30}\Z", re.IGNORECASE)
_BIRTH_AFTER = re.compile(r"\A[^\n.;]{0,12}" + _BIRTH_WORD, re.IGNORECASE)
# Without separators only beside the word: eight digits are too often something else.
_BIRTH_COMPACT = re.compile(_BIRTH_WORD + r"[^\n\d]{0,20}(\d{8})(?!\d)", re.IGNORECASE)


def _dates(text: str) -> list[tuple[int, int, date]]:
    """Every date of the calendar, written with digits or a Dutch month name."""
    found = []
    for match in _DATE.finditer(text):
        groups = match.groupdict()
        year, month, day = next(
            (groups[f"y{n}"], groups[f"m{n}"], groups[f"d{n}"])
            for n in "123"
            if groups[f"d{n}"] is not None
        )
        number = _MONTHS.get(month.lower()) or int(month)
        if moment := _date(_full_year(year), number, int(day)):
            found.append((*match.span(), moment))
    return found


def _full_year(year: str) -> int:
    """A year of two digits is the last year that ends so: 84 is 1984, 24 is 2024."""
    if len(year) == 4:
        return int(year)
    this_year = clock.today().year
    full = this_year - this_year % 100 + int(year)
    return full if full <= this_year else full - 100


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _birth_dates(text: str, dates: list[tuple[int, int, date]]) -> list[Span]:
    today = clock.today()
    found = []
    for start, end, moment in dates:
        years = today.year - moment.year - ((today.month, today.day) < (moment.month, moment.day))
        named = _BIRTH_BEFORE.search(text[max(0, start - 50) : start]) or _BIRTH_AFTER.search(
            text[end : end + 40]
        )
        if moment <= today and years <= 120 and (named or years >= 18):
            found.append((start, end, "birth_date"))
    for match in _BIRTH_COMPACT.finditer(text):
        digits = match[1]
        forms = ((digits[4:], digits[2:4], digits[:2]), (digits[:4], digits[4:6], digits[6:]))
        if any((d := _date(*map(int, form))) and 1900 <= d.year <= today.year for form in forms):
            found.append((*match.span(1), "birth_date"))
    return found
