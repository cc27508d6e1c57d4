"""The code of a casus: short, speakable, unguessable, with a check character (O-08, E-244).

`AB-26-7K4Q6` is region, year, four random characters and one check character. Left out are
the characters people mix up: I, L, O, U, S, 0 and 1. That leaves 29, a prime number, so a
weighted sum with different weights finds every single wrong character and every swap of two
neighbours.
"""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXYZ"
RANDOM_LENGTH = 4
_EXAMPLE = "7K4Q"

_SHAPE = re.compile(rf"([A-Z]{{2,4}})-([0-9]{{2}})-([{ALPHABET}]{{{RANDOM_LENGTH + 1}}})")
_LOOSE = re.compile(rf"([A-Z]{{2,4}})([0-9]{{2}})([0-9A-Z]{{{RANDOM_LENGTH + 1}}})")
# What people type, or a text editor makes, between the parts.
_BETWEEN = r"[\s\-_./\u2010-\u2015\u2212\u00ad]"
_SEPARATORS = re.compile(rf"{_BETWEEN}+")
_AMONG_OTHERS = re.compile(
    rf"(?<![A-Z0-9])([A-Z]{{2,4}}){_BETWEEN}*([0-9]{{2}}){_BETWEEN}*"
    rf"([{ALPHABET}]{{{RANDOM_LENGTH + 1}}})(?![A-Z0-9])"
)


def new_code(prefix: str, year: int) -> str:
    """A fresh random code, for example new_code("AB", 2026) -> "AB-26-7K4Q6".

    Random, so not guaranteed to be unused: the caller retries on a unique constraint.
    Raises ValueError when `prefix` is not two to four capitals A-Z.
    """
    if not re.fullmatch(r"[A-Z]{2,4}", prefix):
        raise ValueError(f"not a prefix of two to four capitals: {prefix!r}")
    short_year = f"{year % 100:02}"
    random = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    return f"{prefix}-{short_year}-{random}{_check_character(prefix, short_year, random)}"


def example_of(prefix: str, year: int) -> str:
    """A code for a hint: always the same one, with the right check character."""
    short_year = f"{year % 100:02}"
    return f"{prefix}-{short_year}-{_EXAMPLE}{_check_character(prefix, short_year, _EXAMPLE)}"


def is_valid(code: str) -> bool:
    """True for a code in its exact written form with the right check character."""
    match = _SHAPE.fullmatch(code)
    if match is None:
        return False
    prefix, year, body = match.groups()
    return body[-1] == _check_character(prefix, year, body[:-1])


def normalise(text: str) -> str:
    """What was typed ("ab 26 7k4q6", "AB267K4Q6") in the written form "AB-26-7K4Q6".

    Text that does not look like a code comes back trimmed and in capitals, so that a caller
    can look it up and simply find nothing.
    """
    plain = text.strip().upper()
    match = _LOOSE.fullmatch(_SEPARATORS.sub("", plain))
    return "-".join(match.groups()) if match else plain


def within(text: str) -> str | None:
    """The code in what somebody typed or pasted, in its written form: between quotes or brackets,
    after a word, or in the address of a page. None without one, or with two different ones."""
    written = {"-".join(parts) for parts in _AMONG_OTHERS.findall(text.upper())}
    found = {code for code in written if is_valid(code)}
    return found.pop() if len(found) == 1 else None


def _check_character(prefix: str, year: str, random: str) -> str:
    """The character that brings the weighted sum of all characters to 0 modulo 29."""
    values = [ord(letter) - ord("A") for letter in prefix]
    values += [int(digit) for digit in year]
    values += [ALPHABET.index(character) for character in random]
    # Weight 1 is for the check character itself, then 2, 3, ... from right to left.
    total = sum(weight * value for weight, value in enumerate(reversed(values), start=2))
    return ALPHABET[-total % len(ALPHABET)]
