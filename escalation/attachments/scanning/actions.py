"""What becomes known about files without a verdict, and about the scanner itself. Verdicts are
settled beside this (escalation.attachments.actions): those change the attachment."""

from __future__ import annotations

from audit.transaction import action
from directory.models import User
from directory.roles import TABLE
from escalation.attachments.scanning import mails
from escalation.attachments.scanning.rules import (
    Scan,
    counted,
    to_tell,
    without_verdict,
)
from escalation.models import Attachment, AttachmentVersion, VirusScanner
from rdm.lib import clock


@action
def take_turn(*, version: AttachmentVersion) -> bool:
    """Written before the scanner is asked, so that a file that breaks something is not the first
    again. False when another worker has it, or when it is gone."""
    mine = without_verdict().filter(pk=version.pk, scan_tries=version.scan_tries)
    return bool(mine.update(**counted(version)))


@action
def cannot_judge(*, version: AttachmentVersion, why: str) -> None:
    """This file gets no verdict. Who added it hears so, and the functioneel beheerder; once, also
    when it is tried again."""
    known = without_verdict().filter(pk=version.pk)
    if not known.update(scan=Scan.UNJUDGED, scan_why=why):
        return
    if not known.filter(scan_told=False).update(scan_told=True):
        return
    version.scan_why = why
    person = version.added_by
    if person and person.is_active and _sees(person, version):
        mails.tell_who_added(version, person)
    for one in _beheerders():
        mails.tell_of_unjudged(one)


def _sees(person: User, version: AttachmentVersion) -> bool:
    """Sharing may have ended since."""
    return Attachment.objects.visible_to(person).filter(pk=version.attachment_id).exists()


@action
def note_scanner(*, works: bool) -> None:
    """Whether the scanner gives verdicts now. When it does not for a while, the functioneel
    beheerder hears so, once."""
    row = VirusScanner.objects.filter(pk=1)
    if works:
        row.filter(away_since__isnull=False).update(away_since=None, told_at=None)
        return
    VirusScanner.objects.get_or_create(pk=1)
    row.filter(away_since=None).update(away_since=clock.now())
    scanner = to_tell()
    if scanner and row.filter(told_at=None).update(told_at=clock.now()):
        for one in _beheerders():
            mails.tell_of_away(scanner, one)


def _beheerders() -> list[User]:
    found = User.objects.filter(
        is_active=True,
        memberships__ended_at=None,
        memberships__role__in=TABLE["watch_scanner"],
    )
    return list(found.distinct())
