"""Small counts, and what could be worked out from the counts around them.

Outside the coördinatiepunt a count under the agreed threshold is not shown (decisions.md,
Terugkoppeling and learning). Hiding one cell is not enough: a total, or another table about the
same casussen, gives it away by subtraction. So these functions look at everything that is shown
about one population together. With `threshold` None nothing is hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rdm.lib.numbers import suppress, whole

NOT_SHOWN = "niet getoond"


@dataclass(frozen=True)
class Cell:
    """A count as it may be shown; `value` is None when it is hidden. `at_least` is what the text
    gives away anyway ("12 of meer"), so a bar may show it too."""

    text: str
    value: int | None
    at_least: int = 0

    @property
    def drawn(self) -> int | None:
        """For a bar: the count or what it is at least; None when neither may be seen."""
        return self.value if self.value is not None else self.at_least or None

    @property
    def words(self) -> str:
        """After a colon, as the end of a sentence: "12", "minder dan 5" or "dat tonen wij niet"."""
        if self.text.startswith("<"):
            return f"minder dan {self.text[1:]}"
        return "dat tonen wij niet" if self.text == NOT_SHOWN else self.text


HIDDEN = Cell(NOT_SHOWN, None)


def cell(count: int, threshold: int | None) -> Cell:
    if threshold is not None and count < threshold:
        return Cell(suppress(count, threshold), None)
    return Cell(whole(count), count)


def parts_of_known_total(counts: Sequence[int], threshold: int | None) -> list[Cell]:
    """Parts of a total that is shown elsewhere.

    With a part hidden, more parts (the smallest first) are hidden as well, until what is left
    after subtraction fits every count that a hidden part can have.
    """
    cells = [cell(count, threshold) for count in counts]
    if threshold is None or all(one.value is not None for one in cells):
        return cells
    small = sum(one.value is None for one in cells)
    hidden_sum = sum(count for count in counts if count < threshold)
    safe = threshold + small * (threshold - 1)
    for count, index in sorted((count, i) for i, count in enumerate(counts)):
        if hidden_sum >= safe:
            break
        if cells[index].value is not None:
            cells[index] = HIDDEN
            hidden_sum += count
    return cells


def population(
    partitions: Sequence[Sequence[int]], threshold: int | None
) -> tuple[list[list[Cell]], Cell]:
    """Several ways to divide the same rows, and their number.

    When any part of any division is hidden, the number itself is only a lower bound ("12 of
    meer"), and every other division loses its smallest part, or adding it up would give the
    number after all.
    """
    shown = [[cell(count, threshold) for count in counts] for counts in partitions]
    number = sum(partitions[0]) if partitions else 0
    if all(one.value is not None for cells in shown for one in cells):
        return shown, cell(number, threshold)
    for counts, cells in zip(partitions, shown, strict=True):
        if cells and all(one.value is not None for one in cells):
            cells[min(range(len(counts)), key=counts.__getitem__)] = HIDDEN
    bound = max(sum(one.value or 0 for one in cells) for cells in shown)
    if bound:
        return shown, Cell(f"{whole(bound)} of meer", None, bound)
    if threshold is not None and number < threshold:
        return shown, cell(number, threshold)
    return shown, HIDDEN


def stages(counts: Sequence[int], threshold: int | None) -> list[Cell]:
    """A funnel: each count is a part of those before it.

    A stage is hidden as well when it differs from a visible stage before it by less than the
    threshold: the few that did not get there could be counted.
    """
    shown: list[Cell] = []
    visible: list[int] = []
    for count in counts:
        one = cell(count, threshold)
        if (
            threshold is not None
            and one.value is not None
            and any(0 < before - count < threshold for before in visible)
        ):
            one = HIDDEN
        if one.value is not None:
            visible.append(count)
        shown.append(one)
    return shown
