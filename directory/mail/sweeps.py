"""Taking the text out of mail that was sent."""

from __future__ import annotations

from datetime import timedelta

from directory.models import Procesafspraak
from outbox import queue
from rdm.lib import clock


def empty_sent_mail() -> int:
    """Take the text out of mail that was sent longer ago than agreed; how many mails.

    The number of days is the procesafspraak `mailtekst_bewaren`, counted from the moment of
    sending.
    """
    days = Procesafspraak.number_of("mailtekst_bewaren")
    return queue.empty_sent(before=clock.now() - timedelta(days=days))
