"""The question to a deelnemer who can when, and its reminder.

None of it says anything about the casus but its code and gemeente (promise 6).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max

from escalation.models import Deelnemer, Overleg
from escalation.notifications import casus_letter
from escalation.overleg.deelnemers.links import link_for
from escalation.overleg.mails import ONLY_FOR_YOU, moment_words
from outbox import queue
from outbox.models import Message
from rdm.lib import clock
from rdm.lib.dates import long_date


def ask_for_dates(deelnemer: Deelnemer) -> None:
    """Mail the link: to say who can when, or, once the date is fixed, who comes.

    A new version of the link is a new mail, and so is a moment that was proposed later.
    """
    overleg = deelnemer.overleg
    if overleg.starts_at is None:
        subject = "Wanneer kunt u?"
        question = f"Laat ons weten wanneer u kunt.{_hurry(overleg)}"
    else:
        subject = "Komt u?"
        question = f"Het overleg is op {moment_words(overleg)} uur. Laat ons weten of u komt."
    queue.put(
        key=_question_key(deelnemer, _newest_option(overleg)),
        to=deelnemer.email,
        subject=f"{subject} Escalatieoverleg {overleg.casus.code}",
        body=_letter(deelnemer, f"{question} U hebt geen account nodig."),
    )


def _hurry(overleg: Overleg) -> str:
    """By when the overleg must be, while that day can still be met (O-02)."""
    if overleg.hold_before < clock.today():
        return " Antwoord zo snel mogelijk."
    day = long_date(overleg.hold_before)
    return f" Het overleg is uiterlijk op {day}. Antwoord daarom zo snel mogelijk."


def remind_of_dates(deelnemer: Deelnemer) -> None:
    """Mail the same question once more; a second reminder on one day is not sent."""
    casus = deelnemer.overleg.casus
    queue.put(
        key=_reminder_key(deelnemer),
        to=deelnemer.email,
        subject=f"Herinnering: wanneer kunt u? Escalatieoverleg {casus.code}",
        body=_letter(
            deelnemer,
            "Wij weten nog niet wanneer u kunt. Geef het hier door. U hebt geen account nodig.",
        ),
    )


def _letter(deelnemer: Deelnemer, question: str) -> str:
    return casus_letter(
        deelnemer.name,
        "U bent uitgenodigd voor een bestuurlijk escalatieoverleg in de gemeente "
        f"{deelnemer.overleg.casus.gemeente}.\n{question}",
        link_for(deelnemer),
        ONLY_FOR_YOU,
    )


def not_asked_and_not_reminded(
    people: Sequence[Deelnemer], *, newest_option: int
) -> tuple[list[Deelnemer], list[Deelnemer]]:
    """Those of `people` who never got the question about the moments up to `newest_option`, and
    those who got no reminder today. One query for both."""
    questions = {_question_key(one, newest_option): one for one in people}
    reminders = {_reminder_key(one): one for one in people}
    keys = [*questions, *reminders]
    sent = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    return (
        [one for key, one in questions.items() if key not in sent],
        [one for key, one in reminders.items() if key not in sent],
    )


def _newest_option(overleg: Overleg) -> int:
    return overleg.date_options.aggregate(newest=Max("pk"))["newest"] or 0


def _question_key(deelnemer: Deelnemer, newest_option: int) -> str:
    return f"dates:{deelnemer.pk}:{deelnemer.link_version}:{newest_option}"


def _reminder_key(deelnemer: Deelnemer) -> str:
    return f"reminder:{deelnemer.pk}:{deelnemer.link_version}:{clock.today():%Y%m%d}"
