"""Signed links for deelnemers, who need no account (decisions.md, Coördinatiepunt).

A link holds no content: only which deelnemer, and a version, so that it can be revoked.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from directory.models import Procesafspraak
from escalation.models import Deelnemer
from rdm.lib import tokens

_PURPOSE = "escalation.deelnemer"


def link_for(deelnemer: Deelnemer) -> str:
    """The full address of the page on which this deelnemer answers, for a mail."""
    return settings.SITE_URL + path_for(deelnemer)


def path_for(deelnemer: Deelnemer) -> str:
    """The same page, for a deelnemer who is signed in and meets it among the work that waits."""
    token = tokens.sign(_PURPOSE, {"deelnemer": deelnemer.pk, "version": deelnemer.link_version})
    return reverse("deelnemer_answer", args=[token])


def deelnemer_of(token: str) -> Deelnemer | None:
    """The deelnemer of a link that still works: not expired, not revoked, overleg still open."""
    days = Procesafspraak.number_of("deelnemerlink_geldig")
    try:
        payload = tokens.read(token, _PURPOSE, timedelta(days=days))
    except tokens.BadToken:
        return None
    return (
        Deelnemer.objects.filter(
            pk=payload["deelnemer"],
            link_version=payload["version"],
            link_revoked_at=None,
            removed_at=None,
            overleg__held_on=None,
            overleg__cancelled_at=None,
        )
        .select_related("overleg__casus__gemeente__organisation", "organisation", "kind")
        .first()
    )
