"""Addresses in a text: a postcode with the number of a house, in every way that people write it.

A postcode is found first. Then what stands around it says whether somebody can live there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdm.lib.screening.hits import Hit
from rdm.lib.screening.plain import BREAK

# After a year may come the code of a casus, such as "2026 AB-26-7K4QX".
_POSTCODE = re.compile(
    rf"(?<![\w-])(?:NL[ -]?)?(?P<digits>[1-9]\d{{3}})(?P<gap>[ ]{{0,2}}|{BREAK})"
    r"(?P<letters>[A-Z]{2}|(?<=\d)[a-z]{2}|(?<=\d)[A-Z][a-z]|(?<=\d )[a-z]{2})"
    # Or glued to the number: 7511AB12.
    r"(?:\b(?!-\d\d-)|(?<=[A-Z]{2})(?=\d{1,5}[A-Za-z]?\b))"
)
# Words, units and abbreviations that are written after a number: "tussen 1000 EN 2000".
_ALSO_A_WORD = re.compile(
    "A[FLMNU]|BV|C[MV]|D[EMR]|E[NRTU]|G[ABR]|H[AE]|I[EKNS]|J[AE]|K[BGMW]|LA|M[BGLMO]|N[AUV]|O[FMNP]|"
    "P[KMOX]|R[AE]|S[OT]|T[BEV]|U[PRSW]|V[NOS]|W[CE]|Z[EO]",
    re.IGNORECASE,
)
# A time, when the word before it says so: "om 1400 MT 2".
_TIME = re.compile(r"(?:1\d|2[0-3])[0-5]\d")
_BEFORE_A_TIME = re.compile(r"\b(?:om|rond|vanaf|tot|tegen|tussen|na|voor)[ ]\Z", re.IGNORECASE)
# Also the digits of places in the west; after them two letters are more often a word.
_YEAR = re.compile(r"19[5-9]\d|20\d\d")

_NUMBER = (
    # Not of another postcode.
    r"(?![1-9]\d{3}[ ]{0,2}(?-i:[A-Z]{2})\b)"
    r"\d{1,5}(?:[ ]?[-/][ ]?\d{1,4}[A-Za-z]?|[ -]?[A-Za-z]{1,3}(?:[ ]?[-/][ ]?\d{1,4})?)?"
    r"(?![\w%]|[.,:]\d)"
)
# Which of the doors behind it.
_MORE_OF_THE_NUMBER = (
    r"(?:[ ](?:rood|zwart|links|rechts|boven|beneden|hoog))?"
    r"(?:[ ,:|\n]{1,3}(?:huis)?(?:letter|toevoeging)[ :|\n]{1,3}[A-Z0-9]{0,4})?"
)
_OF_POSTCODE = r"(?:post ?code|pc)(?:[ ]?(?:en|/|\+|&)[ ]?(?:woon)?plaats)?"
_NAME = r"(?-i:[A-Z][a-z]|[A-Z]{4})[\w'’-]{0,30}"
_PLACE_NAME = (
    rf"(?:(?:te|in|wijk|gem(?:eente|\.))[ ])?{_NAME}"
    # As in "Dorp aan den Berg".
    rf"(?:(?:[ -](?:aan|bij|den?|der|het|in|op|van)){{1,2}}[ -]{_NAME})?"
)
# A word, a number, and perhaps the place or a label; then the postcode.
_BEFORE = re.compile(
    rf"(?P<word>[^\s,;:|()]{{1,40}})[ :.|#=\n]{{1,3}}(?P<number>{_NUMBER})"
    rf"{_MORE_OF_THE_NUMBER}"
    rf"(?:(?:[ ,(\n]{{1,3}}|[ ][-/][ ])(?!{_OF_POSTCODE}){_PLACE_NAME}){{0,2}}"
    rf"[ ,;.|()\[/\n-]{{1,6}}(?P<label>{_OF_POSTCODE}[ :;.|=\n]{{1,6}})?\Z",
    re.IGNORECASE,
)
_LABELLED = re.compile(rf"\b{_OF_POSTCODE}[ :;.|=\n]{{1,6}}\Z", re.IGNORECASE)
# The postcode, a few words (of the place and the street), and a number.
_SIGN = r"[ ,;:|()\[\]\n-]"
_AFTER = re.compile(
    rf"(?P<words>(?:{_SIGN}{{1,6}}(?:\d\d?e[ ])?[^\W\d_][\w'’.]{{0,30}}){{0,8}}?)"
    rf"(?:[ ,;:|/()\[\]#=\n.-]{{1,6}}|(?=\d))(?P<number>{_NUMBER})(?P<more>[ ]?[a-z]{{2}})?"
)
_WORDS = re.compile(r"[^\W\d_][\w'’.]*")
_HOUSE = frozenset({"huisnummer", "huisnr", "hnr", "nummer", "nr", "no"})
_BOX = re.compile(
    r"(?:postbus|(?:p\.?o\.?)?box)(?:nummer|nr)?|p\.?b|antwoord(?:nummer|nr)", re.IGNORECASE
)
# What stands between the parts of an address without a capital.
_BETWEEN = re.compile(
    r"van|den?|der|het|'t|te[nr]?|op|aan|bij|(?:woon)?plaats|straat(?:naam)?|adres", re.IGNORECASE
)
_STREET = re.compile(
    r"\w*(?:straat|str|weg|laan|plein|dijk|hof|kade|gracht|singel|pad|steeg|dreef|ring|markt|"
    r"park|plantsoen|brink|esch|haven|wal|kamp)\Z",
    re.IGNORECASE,
)
# The name of a place, or nothing more on this line.
_PLACE = re.compile(r"[ ,)]*(?:\Z|[\n|]|[A-Z][\w'’-]{2})")
_AROUND = 120


def addresses(undated: str) -> Iterator[Hit]:
    """Every postcode with the number of a house, in a text without dates: the date of a letter
    stands behind the place, where a number may stand too."""
    for postcode in _POSTCODE.finditer(undated):
        start, end = postcode.span()
        before = undated[max(0, start - _AROUND) : start]
        after = undated[end : end + _AROUND]
        if found := _BEFORE.search(before):
            if _BOX.fullmatch(found["word"].rstrip(".")):
                continue
            sure = not _in_doubt(postcode) or found["label"]
            if sure or _is_street(found["word"], postcode["letters"], after):
                yield Hit(start - len(before) + found.start("number"), end, "address")
                continue
        labelled = bool(_LABELLED.search(before))
        if number_end := _number_after(after, in_doubt=_in_doubt(postcode), labelled=labelled):
            yield Hit(start, end + number_end, "address")


def _in_doubt(postcode: re.Match[str]) -> bool:
    """Whether it is as likely a number and a word."""
    if _ALSO_A_WORD.fullmatch(postcode["letters"]) or "\n" in postcode["gap"]:
        return True
    if postcode["gap"] and postcode["letters"].islower():
        return True
    text, start = postcode.string, postcode.start()
    is_time = _TIME.fullmatch(postcode["digits"])
    if is_time and _BEFORE_A_TIME.search(text, max(0, start - 8), start):
        return True
    # "2024 OM", and the number of a case as "2026ZK123".
    glued = text[postcode.end() : postcode.end() + 1].isdecimal()
    return bool(postcode["gap"] or glued) and bool(_YEAR.fullmatch(postcode["digits"]))


def _is_street(word: str, letters: str, after: str) -> bool:
    """Whether this word before a number is a street, so that what follows is a postcode after all.
    All in small letters only when it can be nothing else."""
    if letters.islower() and not _ALSO_A_WORD.fullmatch(letters):
        return bool(_STREET.match(word))
    return bool(word[:1].isupper() or _STREET.match(word)) and bool(_PLACE.match(after))


def _number_after(after: str, *, in_doubt: bool, labelled: bool) -> int:
    """Where the number of a house ends in what follows on a postcode; 0 when there is none."""
    found = _AFTER.match(after)
    if found is None:
        return 0
    words = [word.rstrip(".") for word in _WORDS.findall(found["words"])]
    if len(words) > 1 and words[-1].lower() == "is":
        words.pop()
    last = words[-1].lower() if words else ""
    if _BOX.fullmatch(last) or (in_doubt and not labelled and last not in _HOUSE):
        return 0
    if words and not _lead_to_a_house(words, followed=bool(found["more"])):
        return 0
    return found.end("number")


def _lead_to_a_house(words: list[str], *, followed: bool) -> bool:
    """Whether these words are of a place and a street; `followed`: by a word behind the number,
    as in "Verzonnendorp 12 mensen"."""
    if not all(_in_an_address(word) for word in words[:-1]):
        return bool(_STREET.match(words[-1])) and len(words) <= 3
    if words[-1].lower() in _HOUSE or _STREET.match(words[-1]):
        return True
    is_name = words[-1][0].isupper() and not (words[-1].isupper() and len(words[-1]) <= 3)
    return is_name and (len(words) > 1 or not followed)


def _in_an_address(word: str) -> bool:
    return word[0].isupper() or word.lower() in _HOUSE or bool(_BETWEEN.fullmatch(word))
