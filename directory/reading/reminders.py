"""How often somebody is reminded of what is late."""

from __future__ import annotations

from datetime import date

from rdm.lib.workdays import workdays_between


def rounds(due: date, today: date, every: int) -> int:
    """How often a reminder is due by now, when each waits twice as long as the one before."""
    return max(1, workdays_between(due, today) // every).bit_length()
