"""An end to files that nothing points at."""

from __future__ import annotations

from escalation.attachments import actions as attachments


def remove_left_over() -> int:
    """Bytes of uploads that broke halfway, and of versions whose end was not quite finished."""
    return attachments.remove_left_over()
