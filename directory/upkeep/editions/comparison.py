"""Old and new of a page side by side: of two editions, or of a proposal and the page now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from directory.models import Edition, Gemeente, Proposal, Tafel
from directory.upkeep.editions.changes import changes_between
from directory.upkeep.page_fields.fields import Part, Values, parts_of
from directory.upkeep.page_fields.words import Names
from rdm.lib.diff import marked


@dataclass(frozen=True)
class Row:
    """One part of the page, for components/compare.html.

    `current` is the old text and `mine` the new one, with the words marked that differ. `base` is
    what stood there when the proposal was made, when that is something else than now; None
    otherwise.
    """

    name: str
    label: str
    current: SafeString
    mine: SafeString
    base: str | None = None
    differs: bool = True


def rows_between(subject: Tafel | Gemeente, old: Values, new: Values, names: Names) -> list[Row]:
    """What differs between two versions of a page."""
    return [
        _row(one["field"], one["label"], one["old"], one["new"])
        for one in changes_between(subject, old, new, names)
    ]


def _row(name: str, label: str, old: str, new: str, base: str | None = None) -> Row:
    current, mine = marked(old, new)
    return Row(name, label, current, mine, base)


@dataclass(frozen=True)
class Comparison:
    """A proposal beside the page. `both` are the parts, with their labels, that somebody else
    changed after the proposal was made: whoever publishes chooses between the two."""

    rows: list[Row]
    both: list[tuple[str, str]]


def compare(
    proposal: Proposal, subject: Tafel | Gemeente, now: Edition, names: Names
) -> Comparison:
    """An open proposal beside the page as it is `now`; three texts where the page moved on."""
    rows: list[Row] = []
    both: list[tuple[str, str]] = []
    for part in parts_of(subject):
        if part.name not in proposal.values:
            continue
        found = list(_of_part(subject, part, proposal, now, names))
        rows += found
        moved = now.values.get(part.name) != proposal.base.get(part.name)
        if moved and found:
            both.append((part.name, part.label))
    return Comparison(rows, both)


def _of_part(
    subject: Tafel | Gemeente,
    part: Part,
    proposal: Proposal,
    now: Edition,
    names: Names,
) -> Iterator[Row]:
    new = {part.name: proposal.values[part.name]}
    current = {part.name: now.values.get(part.name)}
    base = {part.name: proposal.base.get(part.name)}
    others = changes_between(subject, base, current, names)
    stood = {one["label"]: one["old"] or "leeg" for one in others}
    for one in changes_between(subject, current, new, names):
        yield _row(one["field"], one["label"], one["old"], one["new"], stood.get(one["label"]))
