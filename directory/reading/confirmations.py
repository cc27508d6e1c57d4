"""Does the page of a tafel still hold? Once a year somebody of the tafel says so (O-13, E-174).

The term is the procesafspraak `tafel_bevestigen`, in years, counted from the last confirmation, or
from the first edition when nobody confirmed yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, OuterRef, QuerySet, Subquery

from directory.models import Procesafspraak, Tafel
from rdm.lib import clock
from rdm.lib.dates import long_date, years_later

TERM = "tafel_bevestigen"


@dataclass(frozen=True)
class State:
    """Where one tafel stands. `confirmed_by` is a function, never a person; days in Amsterdam.

    `due` is the last day on which the page counts as true; None when it was never published.
    """

    confirmed_on: date | None
    confirmed_by: str
    due: date | None
    overdue: bool

    @property
    def label(self) -> str:
        """In a word or two, for a badge."""
        if self.overdue:
            return "Niet op tijd bevestigd"
        return "Bevestigd" if self.confirmed_on else "Nog niet bevestigd"

    @property
    def tone(self) -> str:
        """The colour of the badge (rdm.templatetags.ui)."""
        if self.overdue:
            return "warning"
        return "success" if self.confirmed_on else "outline"

    @property
    def sentence(self) -> str:
        """For the public page: when, by whom, and that it took too long."""
        if self.confirmed_on is None:
            said = "Nog niemand van de tafel heeft deze pagina bevestigd."
        else:
            by = f" door {self.confirmed_by}" if self.confirmed_by else ""
            said = f"Bevestigd op {long_date(self.confirmed_on)}{by}."
        if self.overdue and self.due:
            said += (
                f" Dat moest uiterlijk op {long_date(self.due)} opnieuw. Kijk dus goed of "
                "alles nog klopt."
                if self.confirmed_on
                else f" Dat moest uiterlijk op {long_date(self.due)}."
            )
        return said


def with_terms(tafels: QuerySet[Tafel]) -> QuerySet[Tafel]:
    """The same tafels, carrying what `state_of` needs: it then asks the database nothing."""
    term = Procesafspraak.objects.filter(code=TERM).values("number")[:1]
    first = (
        Tafel.objects.filter(pk=OuterRef("pk"))
        .order_by()
        .values("pk")
        .annotate(first=Min("editions__published_at"))
        .values("first")
    )
    return tafels.annotate(agreed_years=Subquery(term), first_published=Subquery(first))


def state_of(tafel: Tafel, today: date) -> State:
    """Where this tafel stands on `today` (a day in Amsterdam), for one that came by `with_terms`.

    Any other tafel costs a query.
    """
    if not hasattr(tafel, "agreed_years"):
        row = with_terms(Tafel.objects.filter(pk=tafel.pk)).get()
        tafel.agreed_years, tafel.first_published = (  # type: ignore[attr-defined]
            row.agreed_years,  # type: ignore[attr-defined]
            row.first_published,  # type: ignore[attr-defined]
        )
    first = tafel.first_published  # type: ignore[attr-defined]
    start = tafel.confirmed_on or (clock.local_date(first) if first else None)
    due = years_later(start, tafel.agreed_years or 0) if start else None  # type: ignore[attr-defined]
    return State(tafel.confirmed_on, tafel.confirmed_by, due, due is not None and due < today)


@dataclass(frozen=True)
class Share:
    """How many tafels were confirmed in a calendar year, of all."""

    year: int
    confirmed: int
    all: int

    @property
    def percent(self) -> int:
        return round(100 * self.confirmed / self.all) if self.all else 0


def share_of(tafels: Iterable[Tafel], year: int) -> Share:
    """The share that was confirmed last in `year`."""
    rows = list(tafels)
    done = sum(one.confirmed_on is not None and one.confirmed_on.year == year for one in rows)
    return Share(year, done, len(rows))
