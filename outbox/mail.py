"""From a row to a mail: exactly what the row holds, and nothing of the machine that sends it."""

import hashlib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.module_loading import import_string

from outbox.models import Message


def build(message: Message, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    """Plain text (UTF-8); with a calendar item also as text/calendar and as invite.ics.

    Twice, because one half of the mail programs reads the alternative and the other half the
    attachment.
    """
    headers = {
        "Message-ID": message_id(message.key),
        # RFC 3834: no out-of-office replies to a machine.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if message.unsubscribe_url:
        # RFC 8058: the button that mail programs show beside the sender.
        headers["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    answers: str = import_string(settings.MAIL_REPLY_TO)()
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.to],
        reply_to=[answers] if answers else None,
        headers=headers,
        connection=connection,
    )
    mail.encoding = "utf-8"
    if message.ical:
        mail.attach_alternative(message.ical, f"text/calendar; method={message.ical_method}")
        mail.attach("invite.ics", message.ical.encode("utf-8"), "application/ics")
    return mail


def message_id(key: str) -> str:
    """The same for every attempt at one message, so that a second copy can be recognised as one.

    A hash, because a key names what the message is about; the domain of the sender, because the
    host name of the machine is nobody's business.
    """
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(key.encode('utf-8')).hexdigest()[:40]}@{domain}>"
