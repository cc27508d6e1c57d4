"""Sending what is in the outbox. Runs in a worker or in the embedded loop, never in a request.

What is promised (security.md, promise 5), and how far it goes:

* Never lost. A row leaves the queue only after the mail server said yes, or as `failed`: at once
  when the server refuses it for good, otherwise after every attempt. A server that cannot be
  reached costs no attempt at all.
* Never twice, over any number of sweeps at once and any restart between two messages: a row is
  claimed by compare-and-set, and the claim is a lease that outlives one SMTP conversation.
* One gap is left, and no protocol closes it: a worker killed, or a database gone, between the
  server's yes and our note of it. That message goes out again after the lease, with the same
  Message-ID, by which most mail servers and programs drop the second copy.
"""

import logging
import re
import smtplib
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import OperationalError, transaction
from django.db.models import F, Q, QuerySet

from outbox.mail import build
from outbox.models import Message, State
from rdm.lib import clock

log = logging.getLogger(__name__)

BATCH = 100
SWEEP_SECONDS = 15
"""After this many seconds no new message is taken; the next sweep follows at once. Celery's time
limit (settings) may never cut a conversation in two: then nobody knows what the server said."""

SMTP_TIMEOUT = 20
"""Seconds per step of the SMTP conversation, when EMAIL_TIMEOUT says nothing; about seven steps."""

LEASE = timedelta(minutes=5)
"""More than all steps of one message together, so a live sweep never loses its claim."""

MAX_ATTEMPTS = 24
"""With `backoff` about four days, as mail servers do: a full mailbox survives a long weekend."""

PASSES = re.compile(rb"552|5\d\d[ -]5\.2\.2\b|503|53[0458]")
"""Refusals in the words of RFC 5321 that are no verdict about an address: a mailbox that is full
(552 as in 4.5.3.1.10, 5.2.2 of RFC 3463), and that we did not sign in or encrypt (RFC 4954)."""


def send_ready() -> int:
    """Send the messages that are due, at most 100 and for 15 seconds; how many were sent.

    Call it outside a transaction: a claim must be committed before the mail server is spoken to.
    Never raises for mail that cannot be sent; database errors come through, the rows stay.
    """
    now = clock.now()
    _give_up(now)
    due = list(_due(now).order_by("not_before", "pk").values_list("pk", flat=True)[:BATCH])
    if not due:
        return 0
    connection = _connect()
    if connection is None:
        return 0
    sent, until = 0, time.monotonic() + SWEEP_SECONDS
    try:
        for pk in due:
            if time.monotonic() > until:
                break
            message = _claim(pk)
            if message is None:  # another sweep was first
                continue
            try:
                if build(message, connection).send() != 1:
                    raise smtplib.SMTPException("not sent")
            except Exception as error:
                _put_back(message, error)
                if not _is_about_this_message(error):
                    break
            else:
                _mark_sent(message)
                sent += 1
    finally:
        _close(connection)
    return sent


def backoff(attempts: int) -> timedelta:
    """How long to wait after this many attempts: 2, 4, 8 … minutes, at most 6 hours."""
    return min(timedelta(minutes=2 ** min(attempts, 20)), timedelta(hours=6))


def _due(now: datetime) -> QuerySet[Message]:
    return Message.objects.filter(
        Q(state=State.READY) | Q(state=State.SENDING, lease_until__lte=now), not_before__lte=now
    )


def _give_up(now: datetime) -> None:
    """A message on which every sweep died does not get to kill the next one for ever."""
    Message.objects.filter(
        state=State.SENDING, lease_until__lte=now, attempts__gte=MAX_ATTEMPTS
    ).update(state=State.FAILED, lease_until=None, last_error="LeaseExpired")


def _connect() -> BaseEmailBackend | None:
    """One connection for the whole sweep; None when the mail server is away.

    Before anything is claimed: an outage then costs no message an attempt, however long it lasts.
    """
    # Without a timeout one silent server would hold the sweep, and its lease, for ever.
    connection: BaseEmailBackend = mail.get_connection(
        timeout=settings.EMAIL_TIMEOUT or SMTP_TIMEOUT
    )
    try:
        connection.open()
    except OSError as error:  # also every SMTPException
        log.warning("mail server away", extra={"outcome": type(error).__name__})
        return None
    return connection


def _claim(pk: int) -> Message | None:
    now = clock.now()
    claimed = (
        _due(now)
        .filter(pk=pk)
        .update(state=State.SENDING, attempts=F("attempts") + 1, lease_until=now + LEASE)
    )
    return Message.objects.get(pk=pk) if claimed else None


def _held(message: Message) -> QuerySet[Message]:
    """The row, as long as the claim is ours: a later claim has counted one attempt more."""
    return Message.objects.filter(pk=message.pk, state=State.SENDING, attempts=message.attempts)


def _mark_sent(message: Message) -> None:
    changes = {"state": State.SENT, "lease_until": None, "sent_at": clock.now(), "last_error": ""}
    for pause in (0.2, 1, 5, None):
        try:
            _held(message).update(**changes)
            return
        except OperationalError:
            # A busy SQLite file or a dropped connection must not lead to a second copy.
            if pause is None or transaction.get_connection().in_atomic_block:
                raise
            transaction.get_connection().close()
            time.sleep(pause)


def _put_back(message: Message, error: Exception) -> None:
    name = type(error).__name__[:100]
    log.warning("mail not sent", extra={"message_id": message.pk, "outcome": name})
    if _is_for_good(error) or message.attempts >= MAX_ATTEMPTS:
        _held(message).update(state=State.FAILED, lease_until=None, last_error=name)
    else:
        _held(message).update(
            state=State.READY,
            lease_until=None,
            not_before=clock.now() + backoff(message.attempts),
            last_error=name,
        )


def _is_for_good(error: Exception) -> bool:
    """Whether the server will never take this message for this address (RFC 5321, 4.2.1: 5yz)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = list(error.recipients.values())
    elif isinstance(error, smtplib.SMTPDataError):
        said = error.smtp_error
        answers = [(error.smtp_code, said if isinstance(said, bytes) else said.encode())]
    else:
        return False
    return all(code >= 500 and not PASSES.match(b"%d %b" % (code, text)) for code, text in answers)


def _is_about_this_message(error: Exception) -> bool:
    """True: go on with the next one. False: the server is unwell, leave it until the next sweep."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= 500
    return not isinstance(error, OSError)  # smtplib's errors are OSErrors too


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError:
        log.info("mail connection was already gone")
