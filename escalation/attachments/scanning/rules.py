"""When the virus scanner is asked again, which files have no verdict, and what people are told.

Two faults are kept apart. "This file cannot be judged" stands with the file, and the other files go
on. "The scanner is away" stands in one row, and no file is to blame for it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F

from escalation.models import AttachmentVersion, VirusScanner
from rdm.lib import clock

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

Scan = AttachmentVersion.Scan
Why = AttachmentVersion.Why
FIRST_AGAIN, LAST_AGAIN = timedelta(minutes=1), timedelta(hours=12)
# Where each time the scanner was gone after this file was sent to it, the file is to blame.
MOST_BREAKS = 3
# A scanner that starts, or loads new signatures, is soon back.
TELL_AFTER = timedelta(minutes=5)

# To who added the file: why it stays closed, and what that person can do.
HELP: dict[str, str] = {
    Why.LARGE: "Het is te groot voor de virusscanner. Maak het kleiner of deel het op, en voeg het "
    "opnieuw toe.",
    Why.MISSING: "Het staat niet meer op de server. Voeg het opnieuw toe.",
    Why.FAILED: "De virusscanner komt er niet uit. Sla het opnieuw op of maak er een pdf van, en "
    "voeg het opnieuw toe.",
}


def not_judged(why: str) -> str:
    """That a file stays closed because nobody can judge it, and what to do."""
    return f"Dit bestand kan niet op virussen worden nagekeken. {HELP[why]}"


def without_verdict() -> QuerySet[AttachmentVersion]:
    """The files that stay closed until the scanner says something."""
    return AttachmentVersion.objects.filter(
        scan__in=(Scan.WAITING, Scan.UNSCANNED, Scan.UNJUDGED), gone_at=None
    )


def unjudged() -> QuerySet[AttachmentVersion]:
    return AttachmentVersion.objects.filter(scan=Scan.UNJUDGED, gone_at=None)


def due() -> QuerySet[AttachmentVersion]:
    """Those that are to be asked about now, who waited longest first."""
    now = clock.now()
    return without_verdict().filter(scan_at__lte=now).order_by("scan_at", "pk")


def next_try(tries: int) -> datetime:
    """When a file is asked about again, after it was for the `tries`th time."""
    # No more doublings than that: the number would not fit.
    return clock.now() + min(LAST_AGAIN, FIRST_AGAIN * (1 << min(tries, 10)))


def away() -> VirusScanner | None:
    """Since when the scanner gives no verdicts; None while it does."""
    return VirusScanner.objects.filter(away_since__isnull=False).first()


def to_tell() -> VirusScanner | None:
    """The scanner that is away for so long that people must know."""
    long = VirusScanner.objects.filter(away_since__lte=clock.now() - TELL_AFTER, told_at=None)
    return long.first()


def counted(version: AttachmentVersion) -> dict[str, object]:
    """The fields that say that this file is being asked about: also when that is never finished,
    the next time is another file's turn."""
    return {"scan_tries": F("scan_tries") + 1, "scan_at": next_try(version.scan_tries + 1)}
