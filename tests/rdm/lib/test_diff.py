"""Two texts side by side, with the words marked that differ."""

from __future__ import annotations

import pytest

from rdm.lib.diff import MOST_WORDS, marked


@pytest.mark.parametrize(
    ("old", "new", "left", "right"),
    [
        ("een twee drie vier", "een zes drie vier",
         "een <del>twee</del> drie vier", "een <ins>zes</ins> drie vier"),
        ("gelijk", "gelijk", "gelijk", "gelijk"),
        ("", "nieuw", "", "<ins>nieuw</ins>"),
        ("oud", "", "<del>oud</del>", ""),
        ("", "", "", ""),
        ("regel een\nregel twee", "regel een\nregel drie",
         "regel een\nregel <del>twee</del>", "regel een\nregel <ins>drie</ins>"),
        # Texts with nothing in common are not cut into pieces.
        ("appels en peren", "totaal iets anders hier",
         "<del>appels en peren</del>", "<ins>totaal iets anders hier</ins>"),
    ],
)  # fmt: skip
def test_words_that_differ_are_marked(old: str, new: str, left: str, right: str) -> None:
    assert marked(old, new) == (left, right)


def test_what_was_typed_stays_text() -> None:
    nasty = "<script>alert(1)</script> & 'x'"
    old, new = marked(nasty, f"{nasty} erbij")
    assert "<script>" not in old + new
    assert "&lt;script&gt;" in old and new.endswith(" <ins>erbij</ins>")


def test_a_very_long_text_is_shown_without_marks() -> None:
    long = "woord " * (MOST_WORDS + 1)
    old, new = marked(long, long + "meer")
    assert "<ins>" not in new and old.startswith("woord")
