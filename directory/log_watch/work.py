"""What waits for who watches over the log ("Mijn werk")."""

from __future__ import annotations

from django.urls import reverse

from audit.models import AuditAlarm
from directory.models import User
from directory.permissions import reason_denied
from rdm.lib.work import MOST, WorkItem


def for_user(user: User) -> list[WorkItem]:
    """Each alarm that nobody explained yet."""
    if reason_denied(user, "watch_log"):
        return []
    return [
        WorkItem(
            title="Er is iets mis met het logboek: zoek uit wat het is",
            url=reverse("log_alarm", args=[alarm.pk]),
            due=None,
            who="u",
            waiting=False,
            kind="logboek",
            casus_code="",
        )
        for alarm in AuditAlarm.objects.filter(explained_at=None)[: MOST + 1]
    ]
