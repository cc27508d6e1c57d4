"""Numbers as a Dutch reader writes them, and counts small enough to point at a person."""


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
