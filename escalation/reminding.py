"""On which days somebody is reminded of a term, as the region agreed."""

from __future__ import annotations

from datetime import date

from directory.models import Procesafspraak
from rdm.lib import clock
from rdm.lib.workdays import add_workdays, workdays_between


class Rounds:
    """Ahead of a term on the `herinnering_vooraf` working days before it, and from then on every
    `herinnering_achteraf` working days for as long as it is overdue. Made once per sweep: it asks
    the database twice. Terms that end on `ahead` or earlier are due for a reminder."""

    def __init__(self) -> None:
        self._today = clock.today()
        self._every = max(1, Procesafspraak.number_of("herinnering_achteraf"))
        self.ahead = add_workdays(self._today, Procesafspraak.number_of("herinnering_vooraf"))

    def moment(self, due: date) -> str:
        """Part of the key of a reminder: the same for one round, and another one for the next."""
        if due >= self._today:
            return "before"
        return f"after-{(workdays_between(due, self._today) - 1) // self._every}"
