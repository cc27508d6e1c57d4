"""What only this app knows of a house that was put back from a copy (settings.RESTORED_HOUSE)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.urls import reverse

from directory.models import User
from escalation.attachments.rules import Scan
from escalation.keeping import parts as dossier
from escalation.keeping.destruction import actions as destructions
from escalation.keeping.tombstones import ledger as tombstones
from escalation.models import Attachment, AttachmentVersion, Casus
from escalation.roles import CASE_ROLES

PAGES = ("casus_detail", "casus_timeline", "casus_pdf")


def file_keys() -> Iterable[str]:
    """Of every file that a row of a dossier names."""
    return AttachmentVersion.objects.exclude(key="").values_list("key", flat=True)


def destroy_again(*lists: Path) -> int:
    """Destroy what stands in a list that is kept outside the database; how many had come back.

    A copy from before a destruction brings the casus back: it must go again.
    """
    lines = (line for path in lists for line in tombstones.lines(path))
    again = sum(destructions.reapply(line=line) for line in lines)
    if dossier.sweep_out():
        destructions.mark_swept()
    return again


def walk(most: int) -> tuple[int, int]:
    """Read this many dossiers as somebody who may, page by page, and open their files; how many
    dossiers and files. Raises LookupError, with code and page, for what does not open.

    Through the pages themselves: a row that is there, and of which no page can be made, is lost all
    the same. For a house that is thrown away after it: this signs people in.
    """
    readers = list(User.objects.filter(is_active=True, memberships__role__in=CASE_ROLES).distinct())
    dossiers = files = 0
    for casus in Casus.objects.exclude(status="draft").order_by("-registered_at", "-pk"):
        reader = next((one for one in readers if _may_read(one, casus)), None)
        if reader is None:
            continue
        client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
        client.force_login(reader)
        for address in _addresses(casus, reader):
            answer = client.get(address, secure=True)
            if answer.status_code != 200:
                raise LookupError(f"{casus.code}: {address} geeft {answer.status_code}")
            b"".join(answer)  # type: ignore[arg-type]  # A file comes in pieces.
            files += "bijlagen" in address
        dossiers += 1
        if dossiers == most:
            break
    return dossiers, files


def _may_read(user: User, casus: Casus) -> bool:
    return Casus.objects.visible_to(user).filter(pk=casus.pk).exists()


def _addresses(casus: Casus, reader: User) -> Iterator[str]:
    yield from (reverse(name, args=[casus.code]) for name in PAGES)
    seen = Attachment.objects.visible_to(reader).filter(casus=casus)
    for one in AttachmentVersion.objects.filter(attachment__in=seen).exclude(key=""):
        if one.scan in (Scan.CLEAN, Scan.UNSCANNED):
            yield reverse("attachment_open", args=[casus.code, one.attachment_id, one.number])
