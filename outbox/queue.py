"""Putting mail in the outbox. Nothing here talks to a mail server or a broker."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import CharField

from outbox.models import Message, Method, State
from rdm.lib import clock


def put(
    *,
    key: str,
    to: str,
    subject: str,
    body: str,
    ical: bytes | None = None,
    ical_method: str = "REQUEST",
    not_before: datetime | None = None,
) -> Message:
    """Queue one message and return it; call it inside the transaction of the change.

    A second call with the same `key` returns the first message and changes nothing, also when
    the text differs. `ical` is a complete calendar (UTF-8); `ical_method` must be the METHOD in
    it. `not_before` is an aware datetime, default `clock.now()`.

    Raises ValueError for an address that is none, or a line break or other control character
    in key, address or subject (header injection), or a text that cannot be sent. The message of
    the error never repeats the value.
    """
    _refuse_unprintable("key", key, _length("key"))
    _refuse_unprintable("to", to, _length("to"))
    _refuse_unprintable("subject", subject, _length("subject"))
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
            "not_before": not_before or now,
            "created_at": now,
        },
    )
    return message


def retry_failed() -> int:
    """Give every failed message a fresh set of attempts; how many. For a repaired mail server."""
    return Message.objects.filter(state=State.FAILED).update(
        state=State.READY, attempts=0, not_before=clock.now()
    )


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
