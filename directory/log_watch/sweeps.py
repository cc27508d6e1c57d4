"""Telling who watches over the log, by itself."""

from __future__ import annotations

from django.db.models import QuerySet

from audit import log
from audit.models import AuditAlarm
from audit.transaction import action
from directory.log_watch import mails
from directory.log_watch.actions import tell
from directory.models import User
from directory.roles import TABLE, Role
from rdm.lib import clock


def tell_of_alarms() -> int:
    """Mail the FG and the functioneel beheerder about what was found; how many alarms."""
    untold = list(AuditAlarm.objects.filter(told_at=None))
    people = list(_with(*TABLE["watch_log"])) if untold else []
    for alarm in untold:
        tell(alarm=alarm, people=people)
    return len(untold)


@action
def mail_head() -> int:
    """The head of the log to each FG, who keeps it outside the program; how many. A mail of today
    that is there already stays as it is."""
    day, head, people = clock.today(), log.head(), list(_with(Role.PRIVACY_OFFICER))
    for person in people:
        mails.send_head(head, day, person)
    return len(people)


def _with(*roles: Role) -> QuerySet[User]:
    found = User.objects.filter(
        is_active=True, memberships__role__in=roles, memberships__ended_at=None
    )
    return found.distinct()
