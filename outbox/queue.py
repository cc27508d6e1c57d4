"""Putting mail in the outbox. Nothing here talks to a mail server or a broker."""

from datetime import datetime
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet

from outbox import mail
from outbox.models import Message, Method, State
from rdm.lib import clock

EMPTIED_AT_ONCE = 1000
# These stand for the class of an error, see `Message.last_error`.
RESTORED = "RestoredFromBackup"
BOUNCED = "Bounced"


def put(
    *,
    key: str,
    to: str,
    subject: str,
    body: str,
    ical: bytes | None = None,
    ical_method: str = "REQUEST",
    not_before: datetime | None = None,
    unsubscribe_url: str = "",
) -> Message:
    """Queue one message and return it; call it inside the transaction of the change.

    A second call with the same `key` returns the first message and changes nothing, also when
    the text differs. `ical` is a complete calendar (UTF-8); `ical_method` must be the METHOD in
    it. `not_before` is an aware datetime, default `clock.now()`. `unsubscribe_url` is for mail to
    subscribers: a POST to it, without any cookie, must end the subscription (RFC 8058).

    Raises ValueError for an address that is none, or a line break or other control character
    in key, address or subject (header injection), or a text that cannot be sent. The message of
    the error never repeats the value.
    """
    _refuse_unprintable("key", key, _length("key"))
    _refuse_unprintable("to", to, _length("to"))
    _refuse_unprintable("subject", subject, _length("subject"))
    if unsubscribe_url:
        _refuse_unprintable("unsubscribe_url", unsubscribe_url, _length("unsubscribe_url"))
    try:
        validate_email(to)
    except ValidationError:
        raise ValueError("to is not an e-mail address") from None
    calendar = "" if ical is None else _decoded(ical)
    for name, text in (("body", body), ("ical", calendar)):
        if "\x00" in text or not _is_unicode(text):
            raise ValueError(f"{name} cannot be sent as text")
    if not body.strip():
        raise ValueError("body is empty")
    if ical is not None and (not calendar.strip() or ical_method not in Method.values):
        raise ValueError("ical needs a calendar and a method")
    if not_before is not None and not_before.tzinfo is None:
        raise ValueError("not_before needs a time zone")
    now = clock.now()
    message, _ = Message.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "subject": subject,
            "body": body,
            "ical": calendar,
            "ical_method": ical_method if calendar else "",
            "unsubscribe_url": unsubscribe_url,
            "not_before": not_before or now,
            "created_at": now,
        },
    )
    return message


def known() -> QuerySet[Message]:
    """Every message without its text, which nobody needs to read to send it."""
    return Message.objects.defer("body", "ical", "unsubscribe_url")


def failed() -> QuerySet[Message]:
    """What was given up after every attempt, newest first; without its text."""
    return known().filter(state=State.FAILED).order_by("-pk")


def oldest_due(now: datetime) -> datetime | None:
    """Since when the oldest message waits that could have gone by now; None when none does."""
    waiting = Message.objects.filter(state=State.READY, not_before__lte=now)
    return waiting.order_by("not_before").values_list("not_before", flat=True).first()


def came_back(message_id: str, to: str) -> int:
    """Give up the message with this Message-ID that was sent to this address; how many, 0 or 1.

    The text may be gone by then (`empty_sent`); so long after sending nothing comes back.
    """
    sent = Message.objects.filter(state=State.SENT, to=to).exclude(body="")
    about = [pk for pk, key in sent.values_list("pk", "key") if mail.message_id(key) == message_id]
    return Message.objects.filter(pk__in=about, state=State.SENT).update(
        state=State.FAILED, sent_at=None, last_error=BOUNCED
    )


def given_up_at(address: OuterRef) -> Exists:
    """To ask along with rows that have an address: whether anything was given up there."""
    return Exists(Message.objects.filter(to=address, state=State.FAILED))


def unreached(*prefixes: str) -> QuerySet[Message]:
    """What did not arrive under keys that start with one of these, newest first: given up, and
    nothing arrived at the same address since. Without what only a backup held back."""
    since = Message.objects.filter(to=OuterRef("to"), pk__gt=OuterRef("pk"), state=State.SENT)
    given_up = failed().exclude(last_error=RESTORED).filter(_starts_with(*prefixes))
    return given_up.filter(~Exists(since))


def retry_failed(pk: int | None = None) -> int:
    """Give every failed message, or the one with this number, a fresh set of attempts; how many.

    For a repaired mail server or mailbox. The row and its key stay, so nothing is sent twice.
    """
    messages = Message.objects.filter(state=State.FAILED)
    if pk is not None:
        messages = messages.filter(pk=pk)
    return messages.update(state=State.READY, attempts=0, not_before=clock.now())


def hold_unsent() -> int:
    """Give up what still waits, after a backup was put back; how many.

    It may have been sent since that backup, and nothing is sent twice; the beheerder sees it and
    can try it again.
    """
    waiting = Message.objects.filter(state__in=[State.READY, State.SENDING])
    return waiting.update(state=State.FAILED, lease_until=None, last_error=RESTORED)


def empty_sent(*, before: datetime) -> int:
    """Take text and calendar item out of messages sent before this (aware) moment; how many.

    At most 1,000 at a time. Who got a mail when, and about what, stays.
    """
    old = Message.objects.filter(state=State.SENT, sent_at__lt=before).exclude(body="")
    found = list(old.order_by("pk").values_list("pk", flat=True)[:EMPTIED_AT_ONCE])
    return Message.objects.filter(pk__in=found).update(
        body="", ical="", ical_method="", unsubscribe_url=""
    )


def forget(*prefixes: str) -> int:
    """Delete every message whose key starts with one of these, sent or not; how many.

    For who leaves and must be forgotten, address and all. Only for keys that are never used again.
    """
    return Message.objects.filter(_starts_with(*prefixes)).delete()[0]


def forget_finished(prefix: str) -> int:
    """Delete what was sent or given up under keys that start with this, address and all; how many.

    For mail to somebody who is not known here and asked for it. Only for keys never used again.
    """
    finished = Message.objects.filter(state__in=[State.SENT, State.FAILED])
    return finished.filter(key__startswith=prefix).delete()[0]


def _starts_with(*prefixes: str) -> Q:
    return reduce(or_, (Q(key__startswith=prefix) for prefix in prefixes if prefix), Q(pk__in=[]))


def _refuse_unprintable(name: str, value: str, length: int) -> None:
    # isprintable() is False for every line break (also U+2028), control and bidi character.
    if not value.strip() or not value.isprintable():
        raise ValueError(f"{name} is empty or holds a line break or control character")
    if len(value) > length:
        raise ValueError(f"{name} is longer than {length} characters")


def _length(field: str) -> int:
    column = Message._meta.get_field(field)
    assert isinstance(column, CharField) and column.max_length
    return column.max_length


def _decoded(ical: bytes) -> str:
    try:
        return ical.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("ical is not UTF-8") from None


def _is_unicode(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return True
