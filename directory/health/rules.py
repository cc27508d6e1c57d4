"""What tells that the program is unwell, before anybody notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from audit.models import AuditWatch
from outbox import queue
from rdm.lib import clock, disk
from rdm.lib.wording import count_words

# Sweeps run every minute or more often, and mail every few seconds.
LATE = timedelta(minutes=10)


@dataclass(frozen=True)
class Sign:
    """One thing that is looked at; `wrong` says what to do, and is empty while it is well."""

    name: str
    said: str
    wrong: str = ""


def signs() -> list[Sign]:
    """Everything that is looked at, in the order of the page. Three queries."""
    return [_disk(), _background(), _mail(), _failed()]


def urgent() -> list[Sign]:
    """What is wrong and has no place of its own in "Mijn werk"."""
    return [sign for sign in (_disk(), _background(), _mail()) if sign.wrong]


def _disk() -> Sign:
    folders = {Path(settings.PRIVATE_DIR), Path(settings.LOG_HEADS).parent}
    free = min(disk.free_percent(one) for one in folders if one.is_dir())
    return Sign(
        "Ruimte op de schijf",
        f"{free}% is vrij.",
        "De schijf is bijna vol. Laat uw technisch beheerder ruimte maken."
        if free < settings.DISK_WARN_PERCENT
        else "",
    )


def _background() -> Sign:
    last = AuditWatch.objects.values_list("new_at", flat=True).first()
    return Sign(
        "Werk op de achtergrond",
        f"Voor het laatst om {_hour(last)} uur." if last else "Nog niet gezien.",
        "Er loopt geen achtergrondwerk: geen herinneringen, geen e-mail. Laat uw technisch "
        "beheerder worker en beat nakijken."
        if last is None or last < clock.now() - LATE
        else "",
    )


def _mail() -> Sign:
    oldest = queue.oldest_due(clock.now())
    return Sign(
        "E-mail die wacht",
        f"De oudste wacht sinds {_hour(oldest)} uur." if oldest else "Er wacht niets.",
        "E-mail gaat de deur niet uit. Laat uw technisch beheerder de mailserver nakijken."
        if oldest and oldest < clock.now() - LATE
        else "",
    )


def _failed() -> Sign:
    failed = queue.failed().count()
    return Sign(
        "E-mail die niet is verstuurd",
        f"{count_words(failed, 'e-mail', 'e-mails')}.",
        "Kijk bij E-mail waarom, en probeer het opnieuw." if failed else "",
    )


def _hour(moment: datetime) -> str:
    return f"{moment.astimezone(clock.AMSTERDAM):%H:%M}"
