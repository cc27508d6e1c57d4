"""What the page of one attachment says: its facts, and a line per version."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from escalation.attachments.rules import (
    NONE_LEFT,
    NOT_INSPECTED,
    TONES,
    closed_because,
    screening_words,
    size_words,
)
from escalation.models import Attachment, AttachmentVersion
from rdm.lib import clock
from rdm.lib.dates import long_date

COLUMNS = ["Versie", "Toegevoegd", "Virusscan", "Persoonsgegevens"]
# Only for who may take one of them away.
REMOVE_COLUMN = "Fout bestand?"


def current_rows(versions: list[AttachmentVersion]) -> list[tuple[str, str]]:
    """Which of `versions`, the newest first, stands for the attachment now."""
    current = next((one for one in versions if one.gone_at is None), None)
    if current is None:
        return [("Huidige versie", f"{NONE_LEFT} Voeg een nieuwe versie toe of trek haar in.")]
    newest = versions[0]
    gone = "" if current is newest else f" Versie {newest.number} is verwijderd."
    return [("Huidige versie", f"Versie {current.number}.{gone}")]


def withdrawn_rows(attachment: Attachment) -> list[tuple[str, str]]:
    """By whom it was withdrawn, when and why."""
    assert attachment.withdrawn_at is not None
    day = long_date(clock.local_date(attachment.withdrawn_at))
    return [
        ("Ingetrokken", f"Door {attachment.withdrawn_by_name} op {day}. De bestanden zijn weg."),
        ("Reden", attachment.withdraw_reason),
    ]


def row(version: AttachmentVersion) -> list[Any]:
    """One version as the cells of `COLUMNS`, with a link when it can be opened."""
    attachment = version.attachment
    opens = closed_because(version) is None
    url = reverse("attachment_open", args=[attachment.casus.code, attachment.pk, version.number])
    what = f"{version.extension}, {size_words(version.size)}"
    said = ". ".join(one for one in (version.name, version.note) if one) or _gone(version)
    return [
        {
            "text": f"{'Open versie' if opens else 'Versie'} {version.number} ({what})",
            "url": url if opens else "",
            "sub": said,
        },
        {"day": version.added_at, "sub": f"{version.added_by_name} ({version.organisation})"},
        {
            "text": version.get_scan_display(),
            "tone": TONES[version.scan],
            "sub": "" if version.inspected or version.gone_at else NOT_INSPECTED,
        }
        if version.gone_at is None or version.scan == version.Scan.INFECTED
        else "–",
        screening_words(version) if version.gone_at is None else "–",
    ]


def _gone(version: AttachmentVersion) -> str:
    """That this file is no longer there, and for one that was taken away alone: by whom and why."""
    if version.gone_at is None:
        return ""
    if not version.removed_by_name:
        return "verwijderd"
    day = long_date(clock.local_date(version.gone_at))
    return f"Verwijderd door {version.removed_by_name} op {day}. Reden: {version.remove_reason}"


def remove_cell(version: AttachmentVersion, removable: list[AttachmentVersion]) -> Any:
    """The link with which this reader takes this version away, if they may."""
    if version not in removable:
        return "–"
    args = [version.attachment.casus.code, version.attachment.pk, version.number]
    url = reverse("attachment_remove_version", args=args)
    return {"text": f"Verwijder versie {version.number}", "url": url}


def audience(attachment: Attachment) -> str:
    """Who may see it, in words."""
    if attachment.audience == Attachment.Audience.READERS:
        return capfirst(attachment.get_audience_display())
    return f"Alleen {attachment.organisation} en het coördinatiepunt"
