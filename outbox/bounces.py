"""Mail that was taken and came back later: reading the mailbox of the sender, where one is named.

A bounce (RFC 3464) carries what it is about; only one that holds the Message-ID of a message of
ours and the address that it went to, counts. Other mail in that mailbox is left unread.
"""

from __future__ import annotations

import imaplib
import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from django.conf import settings

from outbox import queue

log = logging.getLogger(__name__)

AT_ONCE = 50
TIMEOUT = 20
# Much more than a bounce with the mail that it is about.
MOST_BYTES = 256 * 1024


def read_bounces() -> int:
    """Give up each message that came back; how many. Nothing without IMAP_HOST.

    A mailbox that is away is asked again by the next sweep: what was not handled stays unread.
    """
    if not settings.IMAP_HOST:
        return 0
    found = 0
    try:
        with _inbox() as inbox:
            # In the words of the header of a bounce; a mail that only quotes one has another.
            numbers = inbox.uid("SEARCH", "UNSEEN", "HEADER", "Content-Type", "delivery-status")
            for number in numbers[1][0].decode().split()[:AT_ONCE]:
                found += _handle(_fetched(inbox, number))
                inbox.uid("STORE", number, "+FLAGS", r"(\Seen)")
    except (OSError, imaplib.IMAP4.error) as error:
        log.warning("mailbox away", extra={"outcome": type(error).__name__})
    return found


@contextmanager
def _inbox() -> Iterator[imaplib.IMAP4]:
    inbox = imaplib.IMAP4_SSL(
        settings.IMAP_HOST,
        settings.IMAP_PORT,
        ssl_context=ssl.create_default_context(),
        timeout=TIMEOUT,
    )
    with inbox:
        inbox.login(settings.IMAP_USER, settings.IMAP_PASSWORD)
        inbox.select("INBOX")
        yield inbox


def _fetched(inbox: imaplib.IMAP4, number: str) -> bytes:
    _, answer = inbox.uid("FETCH", number, f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
    return next((part[1] for part in answer if isinstance(part, tuple)), b"")


def _handle(raw: bytes) -> int:
    try:
        about = original_of(raw)
    except Exception as error:  # anybody may send here, and a parser fails in many ways
        log.warning("bounce not read", extra={"outcome": type(error).__name__})
        return 0
    return queue.came_back(*about) if about else 0


def original_of(raw: bytes) -> tuple[str, str] | None:
    """The Message-ID and the To of the mail that `raw` says will never arrive; None when it says
    something else, such as that it takes longer."""
    mail: Any = message_from_bytes(raw, policy=policy.default)
    if mail.get_content_type() != "multipart/report":
        return None
    parts = list(mail.walk())
    if not any(_is_final(part) for part in parts):
        return None
    for part in parts:
        headers = _headers(part)
        if headers is not None and headers["Message-ID"] and headers["To"]:
            return str(headers["Message-ID"]).strip(), str(headers["To"]).strip()
    return None


def _is_final(part: EmailMessage) -> bool:
    """Whether this part reports a failure that stays (status 5.x.x)."""
    if part.get_content_type() != "message/delivery-status":
        return False
    reports: Any = part.get_payload()
    return any(
        str(one["Action"]).strip().lower() == "failed" and str(one["Status"]).strip()[:2] == "5."
        for one in reports
    )


def _headers(part: EmailMessage) -> Any:
    """The headers of the mail that came back: with the text that it had, or by themselves."""
    match part.get_content_type():
        case "message/rfc822":
            payload: Any = part.get_payload()
            return payload[0]
        case "text/rfc822-headers":
            return message_from_bytes(part.get_content().encode(), policy=policy.default)
        case _:
            return None
