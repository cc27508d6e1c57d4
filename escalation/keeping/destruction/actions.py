"""Destroying a casus: two different people decide (O-10, promise 9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from audit import log
from audit.transaction import action, defer
from directory.models import Gemeente, Organisation, Procesafspraak
from escalation.change import record, require, tell
from escalation.keeping import parts as dossier
from escalation.keeping.rules import kept_until
from escalation.models import Casus, Destruction
from escalation.permissions.circumstances import TERM, Circumstances
from escalation.permissions.keeping import reason_to_keep
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.refusal import Refused

if TYPE_CHECKING:
    from directory.models import User

State = Destruction.State
ALREADY = "De vernietiging is al voorgesteld."
ANOTHER = (
    "U heeft de vernietiging zelf voorgesteld. Iemand anders moet nu ook kijken en akkoord geven."
)


@action
def propose_destruction(*, casus: Casus, by: User, ground: str) -> Destruction:
    """The first of two: this casus may go. Before the term is over only when the resident asked."""
    require(by, casus, "propose_destruction")
    years = Procesafspraak.number_of(TERM)
    last_day = kept_until(casus, years)
    assert last_day is not None and casus.gemeente and casus.closed_at and casus.registered_at
    if ground == Destruction.Ground.TERM and last_day >= clock.today():
        raise Refused(
            f"De bewaartermijn loopt nog tot en met {long_date(last_day)}. Eerder vernietigen kan "
            "alleen als de inwoner daarom vroeg.",
            "ground",
        )
    try:
        with transaction.atomic():
            found = Destruction.objects.create(
                code=casus.code,
                gemeente=casus.gemeente,
                registered_by=casus.registered_by,
                carried_by=casus.carried_by,
                was_submitted=casus.first_submitted_at is not None,
                registered_on=clock.local_date(casus.registered_at),
                closed_on=clock.local_date(casus.closed_at),
                ground=Destruction.Ground(ground),
                term_years=years,
                proposed_at=clock.now(),
                proposed_by=by,
                proposed_by_name=by.name,
            )
    except IntegrityError:
        raise Refused(ALREADY) from None
    tell(casus, "destruction_proposed", "Vernietiging voorgesteld", by=by)
    record(casus, "propose_destruction", by=by)
    return found


@action
def approve_destruction(*, casus: Casus, by: User) -> None:
    """The second of two, who is somebody else. From now on the sweep destroys it."""
    require(by, casus, "approve_destruction")
    found = Destruction.objects.open().get(code=casus.code)
    if found.proposed_by_id == by.pk:
        raise Refused(ANOTHER)
    approved = Destruction.objects.filter(pk=found.pk, state=State.PROPOSED).update(
        state=State.APPROVED, approved_at=clock.now(), approved_by=by, approved_by_name=by.name
    )
    if not approved:
        raise Refused("Er zijn al twee mensen akkoord.")
    tell(casus, "destruction_approved", "Vernietiging goedgekeurd", by=by)
    record(casus, "approve_destruction", by=by)


def stop_destruction(casus: Casus) -> str:
    """What was proposed or approved does not happen. Gives back what the timeline says of it, to
    put behind what stopped it; nothing when there was nothing to stop."""
    stopped = Destruction.objects.open().filter(code=casus.code).update(state=State.STOPPED)
    return "; de vernietiging gaat niet door" if stopped else ""


@action
def carry_out(*, destruction: Destruction) -> bool:
    """What two people approved happens now, unless somebody wants to keep the casus after all.

    Called by the sweep; twice is once. Gives back whether the casus is gone now.
    """
    casus = Casus.objects.select_for_update().filter(code=destruction.code).first()
    approved = Destruction.objects.filter(pk=destruction.pk, state=State.APPROVED)
    if casus is None or reason_to_keep(Circumstances(casus)):
        approved.update(state=State.STOPPED)
        return False
    if not approved.update(state=State.DESTROYED, destroyed_at=clock.now()):
        return False
    _destroy(casus, destruction)
    return True


def _destroy(casus: Casus, destruction: Destruction) -> None:
    code = casus.code
    counts = dossier.destroy(casus)
    Destruction.objects.filter(pk=destruction.pk).update(counts=counts)
    # What was proposed before and stopped says nothing that the tombstone does not say.
    Destruction.objects.filter(code=code).exclude(pk=destruction.pk).delete()
    defer(
        lambda: log.record(
            actor=None, action="update", object_type="casus", object_id=code, part="destroy"
        )
    )


@action
def mark_noted(*, destruction: Destruction) -> None:
    """This tombstone stands in the list outside the database."""
    Destruction.objects.filter(pk=destruction.pk).update(noted_at=clock.now())


@action
def mark_swept() -> None:
    """Of every tombstone so far, the pages in which its rows stood are gone."""
    Destruction.objects.tombstones().filter(swept_at=None).update(swept_at=clock.now())


@action
def reapply(*, line: Mapping[str, Any]) -> bool:
    """A backup brought this casus back: destroy it again, as it was decided then.

    `line` comes from the list outside the database. Gives back whether there was anything to do.
    """
    casus = Casus.objects.select_for_update().filter(code=line["code"]).first()
    if casus is None:
        return False
    Destruction.objects.open().filter(code=casus.code).delete()
    moments = ("proposed_at", "approved_at", "destroyed_at")
    days = ("registered_on", "closed_on")
    same = ("code", "was_submitted", "ground", "term_years")
    names = ("proposed_by_name", "approved_by_name")
    destruction = Destruction.objects.create(
        gemeente=Gemeente.objects.get(organisation__slug=line["gemeente"]),
        registered_by=Organisation.objects.get(slug=line["registered_by"]),
        # A line of before the two were told apart has only the first.
        carried_by=Organisation.objects.get(slug=line.get("carried_by", line["registered_by"])),
        state=State.DESTROYED,
        noted_at=clock.now(),
        **{name: line[name] for name in (*same, *names)},
        **{name: datetime.fromisoformat(line[name]) for name in moments},
        **{name: date.fromisoformat(line[name]) for name in days},
    )
    _destroy(casus, destruction)
    return True
