"""Reminders before and after each term, and the destruction that two people approved.

Run again and again; each mail is queued once.

The key of a reminder names the casus, its status, its term and the day counted from it, so an
outage of days or a change of the clock leads to one late mail, never to two (promise 5).
"""

from __future__ import annotations

from datetime import date

from directory.models import Procesafspraak
from escalation import dossier, tombstones
from escalation.actions import drafts, retention
from escalation.models import Casus, Destruction
from escalation.notifications import inform, people_of, remind_of
from escalation.reminding import Rounds
from escalation.workflow import CasusStatus, Turn
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.workdays import add_workdays

# A casus has a term only while somebody must act within days.
REMINDED = [
    status
    for status in CasusStatus
    if status.next.turn is not Turn.NOBODY and status != CasusStatus.DRAFT
]


def remind() -> int:
    """Queue the reminders that are due today; returns how many casussen were looked at.

    Those days are in `reminding.Rounds`.
    """
    rounds = Rounds()
    seen = 0
    casussen = Casus.objects.filter(status__in=REMINDED, due__lte=rounds.ahead)
    # Nobody may do anything about a casus whose use is restricted.
    casussen = casussen.filter(restricted_at=None).for_list()
    for casus in casussen.iterator(500):
        assert casus.due is not None
        seen += 1
        _remind(casus, rounds.moment(casus.due), casus.due)
    return seen


def ask_to_finish() -> int:
    """Before a draft is thrown away because nobody goes on with it, ask who registers whether that
    is meant; returns how many drafts come to their last day."""
    ahead = add_workdays(clock.today(), Procesafspraak.number_of("herinnering_vooraf"))
    ending = Casus.objects.filter(status=CasusStatus.DRAFT, due__lte=ahead).for_list()
    seen = 0
    for casus in ending.iterator(500):
        assert casus.due is not None
        seen += 1
        inform(
            casus,
            people_of(casus, Turn.REGISTRANT),
            subject="Een concept verdwijnt",
            text="Een registratie is begonnen en niet afgemaakt. Als niemand verdergaat, verdwijnt "
            f"het concept na {long_date(casus.due)}.\n\n"
            "Wat vragen wij van u? Maak de registratie af. Is zij niet meer nodig? Dan hoeft u "
            "niets te doen.",
            key=f"draft-ends:{casus.pk}:{casus.due:%Y%m%d}",
        )
    return seen


def forget_drafts() -> int:
    """Throw away the drafts of which the last day has passed; how many (O-10)."""
    late = Casus.objects.filter(status=CasusStatus.DRAFT, due__lt=clock.today())
    return sum(drafts.expire(casus=casus) for casus in late.iterator(500))


def _remind(casus: Casus, moment: str, due: date) -> None:
    upcoming = casus.upcoming
    remind_of(
        casus,
        people_of(casus, upcoming.turn),
        task=upcoming.what,
        due=due,
        key=f"reminder:{casus.pk}:{casus.status}:{due:%Y%m%d}:{moment}",
    )


def destroy_approved() -> int:
    """Destroy what two people approved, and note each tombstone outside the database; how many.

    The note comes after the commit. When it fails, the next run finds the tombstone again.
    """
    approved = Destruction.objects.filter(state=Destruction.State.APPROVED).order_by("pk")
    done = sum(retention.carry_out(destruction=one) for one in approved)
    parties = ("gemeente__organisation", "registered_by", "carried_by")
    unnoted = Destruction.objects.tombstones().filter(noted_at=None).select_related(*parties)
    for one in unnoted.order_by("pk"):
        tombstones.append(one)
        retention.mark_noted(destruction=one)
    # Somebody who reads may hold it up; then the next run tries again.
    if Destruction.objects.tombstones().filter(swept_at=None).exists() and dossier.sweep_out():
        retention.mark_swept()
    return done
