"""Forgetting to whom a result of the wegwijzer was mailed."""

from __future__ import annotations

from directory.guide import actions as guide
from outbox import queue


def forget_guide_mail() -> int:
    """Forget to whom a result of the wegwijzer was mailed, once that is done; how many mails."""
    return queue.forget_finished(guide.MAIL)
