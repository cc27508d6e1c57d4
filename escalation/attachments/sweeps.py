"""The virus scanner once more for what waits for it, and an end to files that nothing points at."""

from __future__ import annotations

import logging

from django.conf import settings

from escalation.attachments import actions as attachments
from escalation.attachments.intake import Scan, scan_of
from escalation.models import AttachmentVersion

# Within the time limit of a task, also when the scanner is slow.
AT_ONCE = 20
log = logging.getLogger(__name__)


def scan_waiting() -> int:
    """Ask about every file without a verdict; returns how many got one.

    Also about files from before there was a scanner. Stops at the first silence: while it is down,
    asking again and again would hold up the other sweeps.
    """
    if not settings.CLAMAV_URL:
        return 0
    waiting = AttachmentVersion.objects.filter(
        scan__in=(Scan.WAITING, Scan.UNSCANNED), gone_at=None
    ).select_related("attachment__casus")
    settled = 0
    for version in waiting.order_by("pk")[:AT_ONCE]:
        try:
            verdict = scan_of(version.key)
        except FileNotFoundError:
            # The database came back from a backup without its files; the page says so.
            log.error("file is missing", extra={"sweep": "scan_waiting"})
            continue
        if verdict == Scan.WAITING:
            break
        attachments.settle_scan(version=version, infected=verdict == Scan.INFECTED)
        settled += 1
    return settled


def remove_left_over() -> int:
    """Bytes of uploads that broke halfway, and of versions whose end was not quite finished."""
    return attachments.remove_left_over()
