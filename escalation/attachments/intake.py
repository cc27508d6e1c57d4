"""Taking a file in: on disk and looked at by the virus scanner, before any row speaks of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.conf import settings

from escalation.attachments import actions as attachments
from escalation.attachments.actions import StoredFile
from escalation.models import AttachmentVersion
from rdm.lib import clamd, private_files
from rdm.lib.refusal import Refused
from rdm.lib.upload_field import Upload

CHUNK = 64 * 1024
INFECTED = "In dit bestand zit een virus. Het is niet opgeslagen. Waarschuw uw eigen beheerder."
Scan = AttachmentVersion.Scan


@contextmanager
def taken_in(upload: Upload) -> Iterator[StoredFile]:
    """The upload as a stored file, for an action to make a version of.

    After the block the bytes are gone unless a version has them, whatever happened in it. Raises
    Refused for a file with a virus. Outside a transaction: the scanner may take seconds.
    """
    key = attachments.reserve_key()
    try:
        private_files.write(key, upload.chunks())
        scan = scan_of(key)
        if scan == Scan.INFECTED:
            raise Refused(INFECTED, "file")
        checked = upload.checked
        yield StoredFile(
            key=key,
            extension=checked.type.extension,
            name=checked.name,
            size=checked.size,
            scan=scan,
            screened=checked.all_read,
        )
    finally:
        # Finds nothing when a version took the key. When the database is away, the sweep does it.
        attachments.remove_left_over(keys=[key])


def scan_of(key: str) -> Scan:
    """What the virus scanner says about these bytes; waiting when it says nothing."""
    if not settings.CLAMAV_URL:
        return Scan.UNSCANNED
    # Opened here: a file that is not there is something else than a scanner that is not there.
    with private_files.open_file(key) as file:
        try:
            verdict = clamd.scan(settings.CLAMAV_URL, iter(partial(file.read, CHUNK), b""))
        except clamd.Unavailable:
            return Scan.WAITING
    return Scan.CLEAN if verdict is clamd.Verdict.CLEAN else Scan.INFECTED
