"""The parts that lie around the dossier itself: files, and who was told what.

What only one organisation may see is named in an export by that organisation alone: the gemeente
makes the export and may not learn more than that it is there. The resident has a right to it (AVG
art. 15), which that organisation must answer. This goes by the gemeente of the casus and not by
who asks: whoever downloads the export, the resident gets the same.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from escalation.attachments import actions as attachments
from escalation.keeping.parts.part import Part, Row
from escalation.models import Attachment, AttachmentVersion, Casus, Communication


def _destroy_files(casus: Casus, rows: QuerySet[Any]) -> int:
    """With their bytes, and with the attachments that they are versions of."""
    return attachments.destroy_attachments(casus=casus, by=None)


def is_apart(attachment: Attachment) -> bool:
    """Whether only another organisation than the gemeente of its casus may see it. `casus` must be
    loaded along."""
    return (
        attachment.audience == Attachment.Audience.OWN
        and attachment.organisation_id != attachment.casus.gemeente_id
    )


def apart_words(attachment: Attachment) -> str:
    """All that others may know of it."""
    of = attachment.organisation
    if attachment.withdrawn_at is not None:
        return f"Een bijlage van {of}, die alleen die organisatie kon zien. Die is er niet meer."
    return f"Een bijlage van {of}, die alleen die organisatie kan zien. Vraag die organisatie erom."


def _attachment_instead(casus: Casus, row: Attachment) -> list[Row] | None:
    row.casus = casus
    return [Row("Bijlage", apart_words(row))] if is_apart(row) else None


def _version_instead(casus: Casus, row: AttachmentVersion) -> list[Row] | None:
    row.attachment.casus = casus
    return [] if is_apart(row.attachment) else None


PARTS = (
    Part(
        "attachment_version", "Bestanden", AttachmentVersion,
        lambda casus: AttachmentVersion.objects.filter(attachment__casus=casus)
        .select_related("attachment").order_by("attachment", "number"),
        {"attachment": "Bijlage", "number": "Versie", "name": "Naam van het bestand",
         "note": "Toelichting", "scan": "Virusscan",
         "screening_reason": "Uitleg bij gevonden tekst",
         "added_at": "Toegevoegd op", "added_by_name": "Toegevoegd door",
         "added_by_organisation": "Organisatie", "gone_at": "Verwijderd op",
         "removed_by_name": "Verwijderd door", "remove_reason": "Waarom verwijderd"},
        people=frozenset({"added_by_name", "removed_by_name"}),
        # Whose it is, is said in words already; the rest is about how the file was looked at.
        technical=frozenset(
            {
                *("key", "extension", "size", "screened", "inspected", "organisation", "added_by"),
                *("scan_why", "scan_at", "scan_tries", "scan_told"),
            }
        ),
        destroy=_destroy_files,
        instead=_version_instead,
    ),
    Part(
        "attachment", "Bijlagen", Attachment,
        lambda casus: casus.attachments.select_related("organisation"),
        {"title": "Titel", "kind": "Soort", "audience": "Wie mag het zien", "block": "Gaat over",
         "organisation": "Organisatie", "added_at": "Toegevoegd op",
         "added_by_name": "Toegevoegd door", "withdrawn_at": "Ingetrokken op",
         "withdrawn_by_name": "Ingetrokken door", "withdraw_reason": "Waarom ingetrokken"},
        people=frozenset({"added_by_name", "withdrawn_by_name"}),
        technical=frozenset({"version", "last_number"}),
        instead=_attachment_instead,
    ),
    Part(
        "communication", "Wie is geïnformeerd", Communication,
        lambda casus: casus.communications.all(),
        {"party": "Wie", "who": "Functie of organisatie", "way": "Hoe", "on": "Op"},
        technical=frozenset({"event"}),
    ),
)  # fmt: skip
