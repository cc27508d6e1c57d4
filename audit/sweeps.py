"""What the log needs to have done without anybody's click."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from audit import watch
from audit.models import HandledRequest
from rdm.lib import clock


def forget_handled() -> int:
    """Remove the ids of forms older than the longest session; returns how many.

    Whoever sends such an old form again must sign in first, and then its token no longer fits.
    The two forms without a session (an invitation, the answer of a deelnemer) say the same thing
    twice at worst.
    """
    oldest = clock.now() - timedelta(seconds=settings.SESSION_MAX_SECONDS)
    removed, _ = HandledRequest.objects.filter(at__lt=oldest).delete()
    return removed


def look_at_new() -> int:
    """What was written to the log since the last time; how many new alarms."""
    return watch.look_at_new()


def look_at_all() -> int:
    """The whole log, once a night; how many new alarms."""
    return watch.look_at_all()
