"""Signed links for deelnemers, who need no account (decisions.md, Coördinatiepunt).

A link holds no content: only which deelnemer, and a version, so that it can be revoked.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from directory.models import Procesafspraak
from escalation.models import Deelnemer

_PURPOSE = "escalation.deelnemer"


def link_for(deelnemer: Deelnemer) -> str:
    """The full address of the page on which this deelnemer answers."""
    token = signing.dumps([deelnemer.pk, deelnemer.link_version], salt=_PURPOSE)
    return settings.SITE_URL + reverse("deelnemer_answer", args=[token])


def deelnemer_of(token: str) -> Deelnemer | None:
    """The deelnemer of a link that still works: not expired, not revoked, overleg still open."""
    days = Procesafspraak.number_of("deelnemerlink_geldig")
    try:
        pk, version = signing.loads(token, salt=_PURPOSE, max_age=timedelta(days=days))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (
        Deelnemer.objects.filter(
            pk=pk,
            link_version=version,
            link_revoked_at=None,
            removed_at=None,
            overleg__held_on=None,
            overleg__cancelled_at=None,
        )
        .select_related("overleg__casus__gemeente__organisation", "organisation", "kind")
        .first()
    )
