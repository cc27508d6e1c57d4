"""Taking a file in: on disk and looked at by the virus scanner, before any row speaks of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from escalation.attachments import actions as attachments
from escalation.attachments.actions import StoredFile
from escalation.attachments.scanning import ask
from escalation.attachments.scanning.ask import Answer, Scan
from escalation.attachments.scanning.rules import away
from rdm.lib import clamd, private_files
from rdm.lib.refusal import Refused
from rdm.lib.upload_field import Upload

INFECTED = "In dit bestand zit een virus. Het is niet opgeslagen. Waarschuw uw eigen beheerder."


@contextmanager
def taken_in(upload: Upload) -> Iterator[StoredFile]:
    """The upload as a stored file, for an action to make a version of.

    After the block the bytes are gone unless a version has them, whatever happened in it. Raises
    Refused for a file with a virus. Outside a transaction: the scanner may take seconds, three at
    most; of who is slower a sweep asks again.
    """
    key = attachments.reserve_key()
    try:
        private_files.write(key, upload.chunks())
        answer = answer_about(key)
        if answer.scan == Scan.INFECTED:
            raise Refused(INFECTED, "file")
        checked = upload.checked
        yield StoredFile(
            key=key,
            extension=checked.type.extension,
            name=checked.name,
            size=checked.size,
            scan=answer.scan,
            scan_why=answer.why,
            screened=checked.all_read,
            inspected=checked.inspected,
        )
    finally:
        # Finds nothing when a version took the key. When the database is away, the sweep does it.
        attachments.remove_left_over(keys=[key])


def answer_about(key: str) -> Answer:
    """What the virus scanner says while somebody waits. One that is known to be away is not asked,
    so that only who comes first waits for that."""
    if settings.CLAMAV_URL and away():
        return Answer(Scan.WAITING)
    return ask.about(key, seconds=clamd.PATIENCE)
