"""When the overleg is, in words."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime

from escalation.models import Overleg
from rdm.lib import clock


def words(starts_at: datetime, ends_at: datetime) -> str:
    """ "dinsdag 1 december 2026, 10:00 tot 11:30 uur", on the clock of Amsterdam."""
    begin, end = localtime(starts_at, clock.AMSTERDAM), localtime(ends_at, clock.AMSTERDAM)
    until = date_format(end, "H:i" if end.date() == begin.date() else "l j F, H:i")
    return f"{date_format(begin, 'l j F Y, H:i')} tot {until} uur"


def planned_words(overleg: Overleg) -> str:
    """The fixed date in words; empty while there is none."""
    if overleg.starts_at is None or overleg.ends_at is None:
        return ""
    return words(overleg.starts_at, overleg.ends_at)
