"""What stands around a casus and has a say in what can be done with it now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict, Unpack

from directory.models import Procesafspraak
from escalation.models import Destruction
from rdm.lib import clock

if TYPE_CHECKING:
    from escalation.models import Admission, Casus, Hold, Involvement, Transfer


# The procesafspraak about how long a closed casus is kept.
TERM = "bewaartermijn"


class Loaded(TypedDict, total=False):
    """What a page loads along with the casus."""

    shared: list[Involvement]
    transfer: Transfer | None
    admission: Admission | None
    restriction: str | None
    leaving: str | None
    holds: list[Hold]
    years: int


@dataclass(frozen=True)
class Circumstances:
    """A casus with what stands around it: each is read when it is asked, once.

    A page has most of it from the query of the casus (`with_loaded`), so that twenty buttons ask
    the database nothing. An action makes its own, and so judges what is there in its transaction.
    """

    casus: Casus

    def with_loaded(self, **known: Unpack[Loaded]) -> Circumstances:
        """The same, with this as it was loaded already, or as far as a reader may know it."""
        found = Circumstances(self.casus)
        vars(found).update({**vars(self), **known})
        return found

    @cached_property
    def shared(self) -> list[Involvement]:
        """With whom the casus is shared today, and which blocks of it."""
        return list(self.casus.involvements.current())

    @cached_property
    def transfer(self) -> Transfer | None:
        return pending_transfer(self.casus)

    @cached_property
    def admission(self) -> Admission | None:
        return open_admission(self.casus)

    @cached_property
    def restriction(self) -> str | None:
        """Why its use is restricted."""
        reasons = self.casus.restrictions.filter(lifted_at=None).values_list("reason", flat=True)
        return reasons.first()

    @cached_property
    def holds(self) -> list[Hold]:
        """The decisions to keep it longer that count now."""
        return list(self.casus.holds.filter(ended_at=None, until__gte=clock.today()))

    @cached_property
    def leaving(self) -> str | None:
        """How far its destruction is, while that is still to come: only of a closed casus."""
        if self.casus.closed_at is None:
            return None
        found = Destruction.objects.open().filter(code=self.casus.code)
        return found.values_list("state", flat=True).first()

    @cached_property
    def years(self) -> int:
        """How long a closed casus is kept."""
        return Procesafspraak.number_of(TERM)

    @cached_property
    def destruction(self) -> Destruction | None:
        """What was proposed or approved."""
        if self.leaving is None:
            return None
        return Destruction.objects.open().filter(code=self.casus.code).first()


def pending_transfer(casus: Casus) -> Transfer | None:
    """The transfer that waits for an answer."""
    return casus.transfers.pending().first()


def open_admission(casus: Casus) -> Admission | None:
    """The clinical admission that lasts."""
    return casus.admissions.filter(until=None).first()
