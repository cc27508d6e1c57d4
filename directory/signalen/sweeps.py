"""Forgetting the address to which an answer went."""

from __future__ import annotations

from directory.signalen import mails
from outbox import queue


def forget_signaal_mail() -> int:
    """Forget to whom an answer on a signaal was mailed, once that is done; how many mails."""
    return queue.forget_finished(mails.SIGNAAL_ANSWER)
