"""Asking the virus scanner about the bytes of one file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.conf import settings

from escalation.models import AttachmentVersion
from rdm.lib import clamd, private_files

CHUNK = 64 * 1024
Scan = AttachmentVersion.Scan
Why = AttachmentVersion.Why


@dataclass(frozen=True)
class Answer:
    """What is known of a file now. `why` is only there when it cannot be judged."""

    scan: Scan
    why: str = ""


def about(key: str, *, seconds: float) -> Answer:
    """What the scanner says about these bytes within `seconds`; waiting when it says nothing."""
    if not settings.CLAMAV_URL:
        return Answer(Scan.UNSCANNED)
    try:
        file = private_files.open_file(key)
    except FileNotFoundError:
        # The database came back from a backup without its files.
        return Answer(Scan.UNJUDGED, Why.MISSING)
    with file:
        chunks = iter(partial(file.read, CHUNK), b"")
        try:
            verdict = clamd.scan(settings.CLAMAV_URL, chunks, seconds=seconds)
        except clamd.TooLarge:
            return Answer(Scan.UNJUDGED, Why.LARGE)
        except clamd.Unavailable:
            return Answer(Scan.WAITING)
    return Answer(Scan.CLEAN if verdict is clamd.Verdict.CLEAN else Scan.INFECTED)
