"""Mail about the yearly evaluation; each is queued with the change (promise 5)."""

from __future__ import annotations

from directory.evaluation.links import evaluation_link, stop_at_once_link, stop_link
from directory.models import Evaluation, Subscriber, User
from directory.region.names import region_name
from directory.web.mails import letter
from directory.web.readers import one_click_link, unsubscribe_link
from outbox import queue
from rdm.lib.dates import long_date


def ask_to_evaluate(evaluation: Evaluation) -> None:
    """Mail everybody with an account and every reader the link of the survey, each address once,
    unless they said that they do not want it."""
    link, region = evaluation_link(evaluation), region_name()
    question = (
        f"Eén keer per jaar vragen wij of het overzicht van overlegtafels in {region} u helpt. "
        "Het zijn een paar korte vragen. Wij weten niet wie wat antwoordt.\n"
        f"Het kan tot en met {long_date(evaluation.closes_on)}.\n\n{link}"
    )
    subject = f"Helpt het overzicht van {region} u? Een paar vragen"
    key = f"evaluation:{evaluation.year}"
    people = User.objects.filter(is_active=True, memberships__ended_at=None).distinct()
    known = set()
    for person in people.exclude(memberships=None):
        known.add(person.email.lower())
        if person.surveys_stopped_at:
            continue
        queue.put(
            key=f"{key}:{person.pk}",
            to=person.email,
            subject=subject,
            body=letter(person.name, f"{question}\n\nGeen vragenlijst meer? {stop_link(person)}"),
            unsubscribe_url=stop_at_once_link(person),
        )
    for reader in Subscriber.objects.filter(confirmed_at__isnull=False).exclude(email__in=known):
        queue.put(
            key=f"{key}:reader:{reader.pk}",
            to=reader.email,
            subject=subject,
            body=letter("lezer", f"{question}\n\nGeen bericht meer? {unsubscribe_link(reader)}"),
            unsubscribe_url=one_click_link(reader),
        )
