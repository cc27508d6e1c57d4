""" "Mijn werk": a file that cannot be judged, for who added it, and for the functioneel beheerder;
and for both a scanner that is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, Q
from django.urls import reverse

from directory.permissions import reason_denied
from escalation.attachments.scanning.rules import Scan, away, unjudged, without_verdict
from escalation.models import Attachment, VirusScanner
from escalation.roles import CASE_ROLES
from rdm.lib.work import MOST, WorkItem

if TYPE_CHECKING:
    from directory.models import User


def for_user(user: User) -> list[WorkItem]:
    """What somebody can do about it, or waits for."""
    return [*_of_the_scanner(user), *_of_own_files(user)]


def _of_the_scanner(user: User) -> list[WorkItem]:
    if reason_denied(user, "watch_scanner"):
        return []
    scanner, number = away(), unjudged().count()
    titles = ["De virusscanner doet het niet: nieuwe bijlagen blijven dicht"] if scanner else []
    if number:
        words = "1 bijlage kan" if number == 1 else f"{number} bijlagen kunnen"
        titles.append(f"{words} niet op virussen worden nagekeken")
    return [
        WorkItem(
            title=title,
            url=reverse("scanner_state"),
            due=None,
            who="u",
            waiting=False,
            kind="virusscanner",
            casus_code="",
        )
        for title in titles
    ]


def _of_own_files(user: User) -> list[WorkItem]:
    if not user.roles & {*CASE_ROLES}:
        return []
    is_away = Exists(VirusScanner.objects.filter(told_at__isnull=False))
    stuck = without_verdict().filter(Q(scan=Scan.UNJUDGED) | (Q(scan=Scan.WAITING) & is_away))
    own = stuck.filter(added_by=user, attachment__in=Attachment.objects.visible_to(user))
    found = own.select_related("attachment__casus").order_by("pk")
    return [
        WorkItem(
            title="Een bijlage kan niet worden nagekeken: voeg een ander bestand toe"
            if one.scan == Scan.UNJUDGED
            else "Een bijlage blijft dicht: de virusscanner doet het niet",
            url=reverse("attachment_detail", args=[one.attachment.casus.code, one.attachment_id]),
            due=None,
            who="u" if one.scan == Scan.UNJUDGED else "de functioneel beheerder",
            waiting=one.scan == Scan.WAITING,
            kind="bijlage",
            casus_code=one.attachment.casus.code,
        )
        for one in found[: MOST + 1]
    ]
