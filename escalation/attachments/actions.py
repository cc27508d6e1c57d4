"""Files with a casus: added, replaced by a newer version, scanned, taken away and destroyed.

The order keeps rows and bytes together. A key is reserved (`LeftOverFile`) before its bytes are
written; the transaction that adds the version takes the reservation away. What ends a version puts
the key back in that list in the same transaction, and the bytes go right after the commit. A sweep
removes what was left over by anything that broke in between.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from audit.transaction import action
from escalation.attachments.rules import (
    Scan,
    change_denied,
    may_remove,
    may_withdraw,
    remove_denied,
    withdraw_denied,
)
from escalation.attachments.scanning.rules import without_verdict
from escalation.blocks import Block
from escalation.change import record, require, tell, touch
from escalation.models import Attachment, AttachmentVersion, Casus, LeftOverFile
from escalation.permissions import blocks_of, organisation_for, standing_of
from rdm.lib import clock, private_files
from rdm.lib.refusal import Forbidden, Refused, need
from rdm.lib.versions import compare_and_set, somebody_was_first

if TYPE_CHECKING:
    from directory.models import User

THIS = "deze bijlage"
# The key is reserved once the file has come in, so this is only about writing and scanning it.
SLOWEST_UPLOAD = timedelta(hours=1)
TOO_LATE = "Het opslaan duurde te lang. Kies het bestand nog een keer."


@dataclass(frozen=True)
class StoredFile:
    """Bytes that are on disk under a reserved key, and what is known about them."""

    key: str
    extension: str
    name: str
    size: int
    scan: str
    screened: bool
    inspected: bool
    scan_why: str = ""


# --- Keys -----------------------------------------------------------------------------------------


@action
def reserve_key() -> str:
    """A key for bytes that are about to be written; left over until a version has it."""
    key = private_files.new_key()
    LeftOverFile.objects.create(key=key, not_before=clock.now() + SLOWEST_UPLOAD)
    return key


@action
def remove_left_over(*, keys: Iterable[str] | None = None, most: int = 500) -> int:
    """Remove the bytes of these keys, or of those whose time has come; only what is in the list of
    left-over files. First the bytes and then the row, so that a failure is tried again."""
    if keys is None:
        found = LeftOverFile.objects.filter(not_before__lte=clock.now())
    else:
        found = LeftOverFile.objects.filter(key__in=list(keys))
    # Locked: whoever is about to give such a key a version waits, and then finds it gone.
    locked = found.select_for_update().order_by("not_before", "key")
    gone = list(locked.values_list("key", flat=True)[:most])
    for key in gone:
        private_files.remove(key)
    LeftOverFile.objects.filter(key__in=gone).delete()
    return len(gone)


def _take_key(key: str) -> None:
    deleted, _ = LeftOverFile.objects.filter(key=key).delete()
    if not deleted:
        raise Refused(TOO_LATE, "file")


def _leave_over(keys: Iterable[str]) -> None:
    """These bytes go as soon as the running transaction is committed, and not before."""
    keys = [key for key in keys if key]
    LeftOverFile.objects.bulk_create(LeftOverFile(key=key, not_before=clock.now()) for key in keys)
    # Robust: the change is done by then, and what fails here the sweep does again.
    transaction.on_commit(lambda: remove_left_over(keys=keys), robust=True)


# --- Adding ---------------------------------------------------------------------------------------


@action
def add_attachment(
    *,
    casus: Casus,
    by: User,
    kind: str,
    title: str,
    file: StoredFile,
    audience: str = Attachment.Audience.READERS,
    block: str = Block.PROCESS,
    screening_reason: str = "",
) -> Attachment:
    """A new attachment with its first file, in a block that `by` reads. The file was checked when
    it came in."""
    require(by, casus, "add_attachment")
    if block not in blocks_of(by, casus):
        raise Forbidden("U kunt alleen iets toevoegen bij wat met u is gedeeld.")
    attachment = Attachment.objects.create(
        casus=casus,
        kind=kind,
        title=need(title, "Geef de bijlage een titel.", "title"),
        audience=audience,
        block=block,
        organisation=organisation_for(by, casus, "add_attachment"),
        added_at=clock.now(),
        added_by_name=by.name,
    )
    _add_file(attachment, file, by, 1, screening_reason=screening_reason)
    _tell(attachment, "attachment_added", "Bijlage toegevoegd", by=by)
    record(casus, "add_attachment", by=by, part=f"attachment-{attachment.pk}")
    return attachment


@action
def add_version(
    *,
    attachment: Attachment,
    by: User,
    file: StoredFile,
    note: str = "",
    version: int | None = None,
    screening_reason: str = "",
) -> AttachmentVersion:
    """A newer file; the older ones stay readable."""
    casus = attachment.casus
    require(by, casus, "add_attachment")
    if reason := change_denied(standing_of(by, attachment.casus), attachment):
        raise Refused(reason)
    number = attachment.last_number + 1
    _set(attachment, version, last_number=number)
    made = _add_file(attachment, file, by, number, note=note, screening_reason=screening_reason)
    title = f"Nieuwe versie van een bijlage (versie {number})"
    _tell(attachment, "attachment_version", title, by=by, text=note)
    record(casus, "add_attachment", by=by, part=f"attachment-{attachment.pk}:version-{number}")
    return made


def _add_file(
    attachment: Attachment, file: StoredFile, by: User, number: int, **more: str
) -> AttachmentVersion:
    _take_key(file.key)
    return AttachmentVersion.objects.create(
        attachment=attachment,
        number=number,
        key=file.key,
        extension=file.extension,
        name=file.name,
        size=file.size,
        scan=file.scan,
        scan_why=file.scan_why,
        screened=file.screened,
        inspected=file.inspected,
        added_at=clock.now(),
        added_by=by,
        added_by_name=by.name,
        added_by_organisation=by.acting_for[:250],
        organisation=organisation_for(by, attachment.casus, "add_attachment"),
        **more,
    )


def _set(attachment: Attachment, version: int | None, **fields: object) -> None:
    there = Attachment.objects.filter(withdrawn_at=None)
    no = somebody_was_first(THIS)
    compare_and_set(attachment, seen=version, no=no, among=there, **fields)


def _tell(
    attachment: Attachment, kind: str, title: str, *, by: User | None, text: str = ""
) -> None:
    """On the timeline, unless not everybody who reads that may know of the attachment. The title
    that somebody gave it stays out: it goes when the attachment is withdrawn."""
    if attachment.audience == Attachment.Audience.READERS:
        label = attachment.get_kind_display()
        about = frozenset({Block(attachment.block)})
        tell(attachment.casus, kind=kind, title=f"{title}: {label}", by=by, text=text, about=about)
        touch(attachment.casus)


# --- Taking away ----------------------------------------------------------------------------------

_EMPTY = {"key": "", "name": "", "note": "", "screening_reason": ""}


@action
def withdraw_attachment(
    *, attachment: Attachment, by: User, reason: str, version: int | None = None
) -> None:
    """Every version is gone at once; that it was there, and why not any more, stays."""
    require(by, attachment.casus, "withdraw_attachment")
    standing = standing_of(by, attachment.casus)
    if denied := may_withdraw(standing, attachment):
        raise Forbidden(denied)
    if denied := withdraw_denied(standing, attachment):
        raise Refused(denied)
    kept = need(reason, "Leg uit waarom u de bijlage intrekt.", "reason")
    take_away(attachment, by, kept, version)
    _tell(attachment, "attachment_withdrawn", "Bijlage ingetrokken", by=by, text=kept)


def take_away(attachment: Attachment, by: User, reason: str, version: int | None = None) -> None:
    """Title and bytes of all versions, within the action that asked whether `by` may."""
    now = clock.now()
    _set(
        attachment,
        version,
        title="",
        withdrawn_at=now,
        withdrawn_by_name=by.name,
        withdraw_reason=reason,
    )
    files = attachment.versions.filter(gone_at=None)
    _leave_over(list(files.values_list("key", flat=True)))
    files.update(gone_at=now, **_EMPTY)
    record(attachment.casus, "withdraw_attachment", by=by, part=f"attachment-{attachment.pk}")


@action
def remove_version(
    *, attachment: Attachment, number: int, by: User, reason: str, version: int | None = None
) -> None:
    """Only this file is gone, at once; that it was there, and why not any more, stays.

    The attachment stays too, also without any file left: who added it may add a better one.
    """
    require(by, attachment.casus, "withdraw_attachment")
    found = attachment.versions.filter(number=number).select_related("organisation").first()
    if found is None:
        raise Refused("Deze versie bestaat niet.")
    found.attachment = attachment
    standing = standing_of(by, attachment.casus)
    if denied := may_remove(standing, found):
        raise Forbidden(denied)
    if denied := remove_denied(standing, found):
        raise Refused(denied)
    kept = need(reason, "Leg uit waarom u deze versie verwijdert.", "reason")
    _set(attachment, version)
    there = attachment.versions.filter(pk=found.pk, gone_at=None)
    # The virus scanner takes a file away without a new version of the attachment.
    if not there.update(gone_at=clock.now(), removed_by_name=by.name, remove_reason=kept, **_EMPTY):
        raise somebody_was_first(THIS)
    _leave_over([found.key])
    title = f"Versie {number} van een bijlage verwijderd"
    _tell(attachment, "attachment_withdrawn", title, by=by, text=kept)
    part = f"attachment-{attachment.pk}:version-{number}"
    record(attachment.casus, "withdraw_attachment", by=by, part=part)


@action
def destroy_attachments(*, casus: Casus, by: User | None) -> int:
    """Everything that was ever attached to `casus`, rows and bytes; returns how many files.

    Part of the destruction of a casus, which was decided by two people: whoever calls this has
    asked for the right. The bytes go when the outermost transaction is committed.
    """
    keys = list(
        AttachmentVersion.objects.filter(attachment__casus=casus)
        .exclude(key="")
        .values_list("key", flat=True)
    )
    _leave_over(keys)
    casus.attachments.all().delete()
    record(casus, "destroy_attachments", by=by)
    return len(keys)


# --- The virus scanner ----------------------------------------------------------------------------


@action
def settle_scan(*, version: AttachmentVersion, infected: bool) -> None:
    """What the scanner said later on. An infected file is gone at once; its row says why."""
    found = without_verdict().filter(pk=version.pk)
    if not infected:
        found.update(scan=Scan.CLEAN, scan_why="")
        return
    if not found.update(scan=Scan.INFECTED, scan_why="", gone_at=clock.now(), **_EMPTY):
        return
    _leave_over([version.key])
    attachment = version.attachment
    text = f"In versie {version.number} zat een virus. Dat bestand is verwijderd."
    _tell(attachment, "attachment_infected", "Bestand verwijderd", by=None, text=text)
    record(attachment.casus, "remove_infected", by=None, part=f"attachment-{attachment.pk}")
