"""The parts that lie around the dossier itself: files, and who was told what."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from escalation.actions import attachments
from escalation.models import Attachment, AttachmentVersion, Casus, Communication

from .part import Part


def _destroy_files(casus: Casus, rows: QuerySet[Any]) -> int:
    """With their bytes, and with the attachments that they are versions of."""
    return attachments.destroy_attachments(casus=casus, by=None)


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
        # Whose it is, is said in words already.
        technical=frozenset({"key", "extension", "size", "screened", "organisation"}),
        destroy=_destroy_files,
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
    ),
    Part(
        "communication", "Wie is geïnformeerd", Communication,
        lambda casus: casus.communications.all(),
        {"party": "Wie", "who": "Functie of organisatie", "way": "Hoe", "on": "Op"},
        technical=frozenset({"event"}),
    ),
)  # fmt: skip
