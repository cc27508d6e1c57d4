"""Search that forgives: plurals, synonyms, typing errors, and words that are written together."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rdm.lib.search import Index, Synonyms, document, plain, stem

SYNONYMS = [
    ["ggz", "psychiatrie", "psychisch", "geestelijke gezondheidszorg"],
    ["lvb", "vb", "verstandelijke beperking"],
]
DOCUMENTS = {
    "keten": [(6.0, "Ketenoverleg"), (1.0, "veiligheid in de buurt, met politie en gemeenten")],
    "triage": [(6.0, "Triage- en transfertafel"), (3.0, "psychische problemen (ggz)")],
    "loop": [(6.0, "Levensloopaanpak")],
    "lang": [(6.0, "Regiotafel"), (3.0, "verstandelijke beperking"), (1.0, "de wachtlijst")],
}


@pytest.fixture(scope="module")
def index() -> Index[str]:
    return index_of(DOCUMENTS)


def index_of(documents: dict[Any, list[tuple[float, str]]]) -> Index[Any]:
    synonyms = Synonyms(SYNONYMS)
    return Index({key: document(texts, synonyms) for key, texts in documents.items()}, synonyms)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("triage", ["triage"]),
        ("TRIAGE", ["triage"]),
        ("gemeente", ["keten"]),
        ("wachtlijsten", ["lang"]),
        ("psychiatrie", ["triage"]),
        ("geestelijke gezondheidszorg", ["triage"]),
        ("LVB", ["lang"]),
        ("vb", ["lang"]),
        ("veilig", ["keten"]),
        ("levensloop", ["loop"]),
        ("Levensloop aanpak", ["loop"]),
        ("keten overleg", ["keten"]),
        ("geen plek op de wachtlijst", []),
        ("de wachtlijst", ["lang"]),
    ],
)
def test_what_people_type(index: Index[str], query: str, found: list[str]) -> None:
    answer = index.find(query)
    assert answer.keys == found
    assert not answer.guessed


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("wachtlyst", ["lang"]),
        ("politei", ["keten"]),
        ("psichiatrie", ["triage"]),
        ("buurtveiligheid", ["keten"]),
    ],
)
def test_what_people_mean(index: Index[str], query: str, found: list[str]) -> None:
    """A word that nothing has is read as one that is nearly the same, and that is said."""
    answer = index.find(query)
    assert answer.keys == found
    assert answer.guessed == bool(found)


def test_a_short_word_is_not_guessed(index: Index[str]) -> None:
    assert index.find("gzg").keys == []


def test_every_word_must_be_there(index: Index[str]) -> None:
    assert index.find("politie ggz").keys == []
    assert index.find("politie buurt").keys == ["keten"]


def test_a_hit_in_the_name_comes_first() -> None:
    index = index_of({1: [(1.0, "over crisis")], 2: [(6.0, "Crisis"), (1.0, "iets")]})
    assert index.find("crisis").keys == [2, 1]


@pytest.mark.parametrize("query", ["", "   ", "de het een", "!?"])
def test_nothing_to_look_for_finds_everything(index: Index[str], query: str) -> None:
    assert index.find(query).keys == list(DOCUMENTS)


@given(st.text(max_size=200))
def test_no_query_breaks_it(index: Index[str], query: str) -> None:
    assert set(index.find(query).keys) <= set(DOCUMENTS)


@given(st.sampled_from(sorted(DOCUMENTS)), st.data())
def test_every_word_of_a_document_finds_it(
    index: Index[str], key: str, data: st.DataObject
) -> None:
    text = " ".join(text for _, text in DOCUMENTS[key])
    assert key in index.find(data.draw(st.sampled_from(text.split()))).keys


def test_accents_and_plurals() -> None:
    assert plain("Cliëntondersteuning") == "clientondersteuning"
    assert stem("tafels") == stem("tafel")
    assert stem("gemeenten") == stem("gemeente")
