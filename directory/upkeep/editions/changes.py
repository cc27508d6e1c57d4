"""What changed between two versions of a page, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from directory.models import Gemeente, Tafel
from directory.upkeep.page_fields.fields import Kind, Values, parts_of
from directory.upkeep.page_fields.words import Names, entrance_words, in_words

MOST = 500
"""Length of a summary; the list of changes itself is not cut."""


class Change(TypedDict):
    """One changed part: its name, and what it was and became in words (empty: nothing)."""

    field: str
    label: str
    old: str
    new: str


def changes_between(
    subject: Tafel | Gemeente, old: Values, new: Values, names: Names
) -> list[Change]:
    """What a reader of the page sees changed, part by part. Local entrances count one by one."""
    found: list[Change] = []
    for part in parts_of(subject):
        before, after = old.get(part.name), new.get(part.name)
        if before == after:
            continue
        if part.kind is Kind.ENTRANCES:
            found += _entrance_changes(before or [], after or [])
            continue
        was, becomes = in_words(part, before, names), in_words(part, after, names)
        if was != becomes:
            found.append({"field": part.name, "label": part.label, "old": was, "new": becomes})
    return found


def _entrance_changes(old: Sequence[dict[str, str]], new: Sequence[dict[str, str]]) -> list[Change]:
    before = {one["name"]: entrance_words(one) for one in old}
    after = {one["name"]: entrance_words(one) for one in new}
    return [
        {
            "field": "entrances",
            "label": f"Ingang {name}",
            "old": before.get(name, ""),
            "new": after.get(name, ""),
        }
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    ]


def summary_of(changes: Sequence[Change]) -> str:
    """The changes in one or more short sentences, for lists: at most 500 characters."""
    sentences = []
    for verb, chosen in (
        ("Gewijzigd", [one for one in changes if one["old"] and one["new"]]),
        ("Toegevoegd", [one for one in changes if not one["old"]]),
        ("Weggehaald", [one for one in changes if not one["new"]]),
    ):
        if chosen:
            sentences.append(f"{verb}: {_listed([_small(one['label']) for one in chosen])}.")
    text = " ".join(sentences)
    return text if len(text) <= MOST else f"{text[: MOST - 1].rsplit(',', 1)[0]} …"


def _small(label: str) -> str:
    return label[0].lower() + label[1:]


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} en {words[-1]}"
