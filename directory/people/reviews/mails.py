"""Mail about going through roles; each is queued with the change (promise 5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from directory.models import MembershipReview, User
from directory.reading import reviews
from directory.web.mails import full_address, letter
from outbox import queue
from rdm.lib.dates import long_date


def ask_to_review(
    people: Iterable[User], organisations: Iterable[str], due: date, moment: str, *, overdue: bool
) -> None:
    """Mail who manages accounts that the roles of these organisations must be gone through.

    Names of organisations are public; who has which role there stays out of the mail.
    """
    opening = (
        f"De rollen bij deze organisaties moesten uiterlijk op {long_date(due)} zijn nagelopen:"
        if overdue
        else f"Wilt u uiterlijk op {long_date(due)} de rollen nalopen bij deze organisaties?"
    )
    names = "\n".join(f"- {name}" for name in organisations)
    for person in people:
        queue.put(
            key=f"review:{due:%Y%m%d}:{moment}:{person.pk}",
            to=person.email,
            subject="Rollen nog niet nagelopen" if overdue else "Loop de rollen na",
            body=letter(
                person.name,
                f"{opening}\n\n{names}\n\n"
                "U kiest bij elke rol of die blijft of stopt, en u tekent daarvoor.\n\n"
                f"{full_address('review_list')}",
            ),
        )


def ask_other_to_review(review: MembershipReview, by: User) -> None:
    """Mail the other functioneel beheerders that one role is left for them: that of `by`."""
    for person in reviews.beheerders():
        if person.pk == by.pk:
            continue
        queue.put(
            key=f"review:{review.pk}:other:{review.version}:{person.pk}",
            to=person.email,
            subject=f"Loop ook de laatste rol na bij {review.organisation}"[:200],
            body=letter(
                person.name,
                f"De rollen bij {review.organisation} zijn bijna nagelopen. Wie dat deed, heeft "
                "daar zelf ook een rol. Die loopt u na. Daarna is het klaar.\n\n"
                f"{full_address('review_organisation', review.organisation.slug)}",
            ),
        )
