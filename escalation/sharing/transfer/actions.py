"""Handing a casus over to another gemeente, which must accept (E-122, O-18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from audit.transaction import action
from directory.models import Gemeente
from escalation import terms
from escalation.blocks import ALL, stored
from escalation.change import change, take, tell
from escalation.models import Casus, Involvement, Transfer
from escalation.notifications import inform, people_at, people_of
from escalation.permissions import pending_transfer
from escalation.sharing.actions import close_what_ran_out
from escalation.sharing.transfer.mails import answer_link
from escalation.workflow import CasusStatus, StepStatus, Turn
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.refusal import Refused, need

if TYPE_CHECKING:
    from directory.models import User

State = Transfer.State
ALREADY_WAITING = "Er wacht al een overdracht op antwoord."
NOT_RECORDED = "Bij de overdracht niet vastgelegd."
ALREADY_ANSWERED = "Deze overdracht is al beantwoord of ingetrokken."


@action
def propose_transfer(
    *, casus: Casus, by: User, gemeente: Gemeente, reason: str, version: int | None = None
) -> Transfer:
    """Ask `gemeente` to take the casus over; it stays where it is until they accept."""
    kept = need(reason, "Leg uit waarom de casus naar een andere gemeente gaat.", "reason")
    if gemeente.pk == casus.gemeente_id:
        raise Refused("Deze gemeente is al verantwoordelijk voor de casus.", "gemeente")
    # A new version: who submits or closes the casus at this very moment is told so.
    change(casus, "propose_transfer", by=by, version=version)
    due = terms.transfer_due()
    try:
        with transaction.atomic():
            transfer = Transfer.objects.create(
                casus=casus,
                from_gemeente=_gemeente_of(casus),
                to_gemeente=gemeente,
                reason=kept,
                proposed_at=clock.now(),
                proposed_by_name=by.name,
                due=due,
            )
    except IntegrityError:
        raise Refused(ALREADY_WAITING) from None
    tell(casus, "transfer_proposed", f"Overdracht voorgesteld aan {gemeente}", by=by, text=kept)
    inform(
        casus,
        people_at(gemeente.pk),
        subject="Overdracht van een casus",
        text=f"De gemeente {transfer.from_gemeente} vraagt uw gemeente om een casus over te nemen. "
        "Wilt u de overdracht aannemen of weigeren?\n"
        f"Uiterlijk op {long_date(due)}.",
        key=f"transfer:{transfer.pk}",
        link=answer_link(casus),
        link_label="Geef antwoord",
    )
    return transfer


@action
def withdraw_transfer(*, casus: Casus, by: User, reason: str, version: int | None = None) -> None:
    """Take the question back before it is answered."""
    kept = need(reason, "Leg uit waarom u de overdracht intrekt.", "reason")
    transfer = pending_transfer(casus)
    change(casus, "withdraw_transfer", by=by, version=version)
    assert transfer is not None  # or the state would have said no
    _settle(transfer, State.WITHDRAWN, by, kept)
    tell(casus, "transfer_withdrawn", "Overdracht ingetrokken", by=by, text=kept)
    inform(
        casus,
        people_at(transfer.to_gemeente_id),
        subject="Overdracht ingetrokken",
        text=f"De gemeente {transfer.from_gemeente} heeft de overdracht ingetrokken. "
        "U hoeft niets meer te doen.",
        key=f"transfer-withdrawn:{transfer.pk}",
        link="",
    )


@action
def accept_transfer(*, transfer: Transfer, by: User, note: str = "") -> None:
    """From now on the receiving gemeente is responsible; the giving one becomes involved."""
    take(transfer.casus)
    casus, old, new = transfer.casus, transfer.from_gemeente, transfer.to_gemeente
    fields: dict[str, Any] = {"gemeente": new}
    if casus.carried_by_id == old.pk:
        fields["carried_by"] = new.organisation
    if casus.status == CasusStatus.ACTIVE:
        fields["due"] = terms.news_due()
    change(casus, "answer_transfer", by=by, **fields)
    # What waits for a tafel now waits for the new gemeente; what is closed stays as it was.
    open_steps = casus.steps.exclude(status=StepStatus.CLOSED).filter(carried_by=old.pk)
    open_steps.update(carried_by=new.organisation)
    _settle(transfer, State.ACCEPTED, by, note.strip())
    _keep_involved(casus, old, new, by)
    tell(casus, "transferred", f"Overgedragen van {old} naar {new}", by=by, text=note.strip())
    people = [*people_at(old.pk), *people_of(casus, Turn.REGISTRANT)]
    if casus.first_submitted_at is not None:
        people += people_of(casus, Turn.COORDINATOR)
    inform(
        casus,
        people,
        subject="Overdracht aangenomen",
        text=f"De gemeente {new} is nu verantwoordelijk voor deze casus.",
        key=f"transfer-accepted:{transfer.pk}",
    )


def _keep_involved(casus: Casus, old: Gemeente, new: Gemeente, by: User) -> None:
    """The giving gemeente can still read along, on the same ground; the new one can end that."""
    now = clock.now()
    casus.involvements.current().filter(organisation=new.pk).update(ended_at=now)
    if casus.involvements.current().filter(organisation=old.pk).exists():
        return
    close_what_ran_out(casus, old.organisation)
    Involvement.objects.create(
        casus=casus,
        organisation=old.organisation,
        part="vorige gemeente",
        purpose=f"Overdracht aan de gemeente {new}.",
        ground=casus.sharing_ground,
        blocks=stored(ALL),
        since=now,
        until=terms.sharing_until(),
        # What the resident knew before says nothing about this.
        not_informed_reason=NOT_RECORDED,
        added_by_name=by.name,
    )


@action
def refuse_transfer(*, transfer: Transfer, by: User, reason: str) -> None:
    """The receiving gemeente says no, with why; nothing changes."""
    kept = need(reason, "Leg uit waarom uw gemeente de casus niet overneemt.", "reason")
    casus = transfer.casus
    change(casus, "answer_transfer", by=by)
    _settle(transfer, State.REFUSED, by, kept)
    tell(
        casus,
        "transfer_refused",
        f"Overdracht geweigerd door {transfer.to_gemeente}",
        by=by,
        text=kept,
    )
    inform(
        casus,
        [*people_of(casus, Turn.GEMEENTE), *people_of(casus, Turn.REGISTRANT)],
        subject="Overdracht geweigerd",
        text=f"De gemeente {transfer.to_gemeente} neemt de casus niet over. De reden staat op de "
        "tijdlijn.",
        key=f"transfer-refused:{transfer.pk}",
    )


def _gemeente_of(casus: Casus) -> Gemeente:
    assert casus.gemeente is not None  # held by the database for every registered casus
    return casus.gemeente


def _settle(transfer: Transfer, state: str, by: User, reason: str) -> None:
    """The one answer to a transfer; whoever comes second is told so."""
    settled = (
        Transfer.objects.pending()
        .filter(pk=transfer.pk)
        .update(
            state=state, answered_at=clock.now(), answered_by_name=by.name, answer_reason=reason
        )
    )
    if not settled:
        raise Refused(ALREADY_ANSWERED)
