"""A copy without anybody's click."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from rdm.backup.making import make
from rdm.lib import clock
from rdm.lib.copies import shelf


def copy_when_due() -> bool:
    """Make a copy when the newest one on the shelf is as old as `settings.BACKUP_HOURS`; whether.

    Without a key to seal it for there is nothing to do here: the page of the beheerder says so.
    """
    if not settings.BACKUP_RECIPIENTS:
        return False
    with shelf.alone() as mine:
        # A large copy takes longer than the broker waits before it asks somebody else.
        if not mine or not _due():
            return False
        make(shelf.next_folder())
        return True


def _due() -> bool:
    newest = shelf.newest()
    every = timedelta(hours=settings.BACKUP_HOURS)
    return not (newest and newest.manifest) or newest.manifest.moment + every <= clock.now()
