"""Numbers as a Dutch reader writes them, and counts small enough to point at a person."""

from collections.abc import Sequence
from dataclasses import dataclass


def whole(value: int) -> str:
    """12345 -> "12.345"."""
    return f"{value:,}".replace(",", ".")


def decimal(value: float, places: int = 1) -> str:
    """7.25 -> "7,3" (rounded to `places`)."""
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


def share(part: int, total: int) -> str:
    """The share in whole percents, "38%"; a dash when there is no total."""
    return f"{round(100 * part / total)}%" if total else "–"


def suppress(count: int, threshold: int = 5) -> str:
    """The count, or "<5" when it is under the threshold.

    Zero is suppressed too: "0 in this gemeente" also tells something about people.
    """
    return f"<{threshold}" if count < threshold else whole(count)


@dataclass(frozen=True)
class Suppressed:
    """A column of counts that can leave the coördinatiepunt."""

    cells: list[str]
    total: str


def suppress_all(counts: Sequence[int], threshold: int = 5) -> Suppressed:
    """The counts of one column with their total, safe against subtraction.

    With any count suppressed the total is only what the visible counts already show ("20 of
    meer"), so that total minus visible gives nothing away. Never show the exact total, or a
    share of it, beside these cells.
    """
    cells = [suppress(count, threshold) for count in counts]
    visible = [count for count in counts if count >= threshold]
    if len(visible) == len(counts):
        return Suppressed(cells, whole(sum(counts)))
    if not visible:
        return Suppressed(cells, "niet getoond")
    return Suppressed(cells, f"{whole(sum(visible))} of meer")
