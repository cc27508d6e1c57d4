"""The virus scanner once more for every file without a verdict, each in its own turn."""

from __future__ import annotations

import logging
import time

from django.conf import settings

from escalation.attachments import actions as attachments
from escalation.attachments.scanning import actions, ask
from escalation.attachments.scanning.ask import Answer, Scan, Why
from escalation.attachments.scanning.rules import MOST_BREAKS, due
from escalation.models import AttachmentVersion
from rdm.lib import clamd

AT_ONCE = 20
# Within the time limit of a task, with the slowest file and a scanner that hangs after it.
SECONDS = 45.0
log = logging.getLogger(__name__)


def scan_waiting() -> int:
    """Ask about the files whose turn it is; returns how many got a verdict.

    Also about files from before there was a scanner, and again about those that it could not judge:
    a limit may have been raised, a missing file put back. Stops when the scanner is away.
    """
    if not settings.CLAMAV_URL or not _scanner_works():
        return 0
    until = time.monotonic() + SECONDS
    settled = 0
    for version in due().select_related("attachment__casus", "added_by")[:AT_ONCE]:
        if time.monotonic() > until:
            break
        if not actions.take_turn(version=version):
            continue
        answer = ask.about(version.key, seconds=clamd.SECONDS)
        if answer.scan in (Scan.CLEAN, Scan.INFECTED):
            attachments.settle_scan(version=version, infected=answer.scan == Scan.INFECTED)
            settled += 1
        elif not _go_on_without(version, answer):
            break
    return settled


def _scanner_works() -> bool:
    works = clamd.works(settings.CLAMAV_URL)
    actions.note_scanner(works=works)
    return works


def _go_on_without(version: AttachmentVersion, answer: Answer) -> bool:
    """Put this file aside; whether the scanner is there for the next one."""
    if answer.why:
        log.error(
            "a file cannot be scanned", extra={"sweep": "scan_waiting", "outcome": answer.why}
        )
        actions.cannot_judge(version=version, why=answer.why)
        return True
    works = _scanner_works()
    # It judges other bytes, or went away each time that it got these.
    if works or version.scan_tries + 1 >= MOST_BREAKS:
        actions.cannot_judge(version=version, why=Why.FAILED)
    return works
