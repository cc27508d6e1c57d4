"""What may be done with an attachment, besides what the permission table says about its casus, and
what a page shows of it. Which ones somebody sees at all: `Attachment.objects.visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F

from directory.models import Role
from escalation.models import Attachment, AttachmentVersion
from escalation.permissions import GEMEENTE_ROLES, TABLE, Relation, may, may_now, relations
from rdm.lib import uploads
from rdm.lib.numbers import whole

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from directory.models import Organisation, User
    from escalation.models import Casus

Scan = AttachmentVersion.Scan
GONE = "Dit bestand is verwijderd."
WAITS = (
    "De virusscanner heeft dit bestand nog niet bekeken. U kunt het openen als dat gebeurd is. Wij "
    "proberen het steeds opnieuw."
)
NOT_READ = "Niet gecontroleerd op persoonsgegevens: dit programma kan geen tekst in foto’s lezen."
# Also of one from before this was tried.
NOT_READ_PDF = (
    "Niet of niet helemaal gecontroleerd op persoonsgegevens: dit programma kan niet alle tekst in "
    "deze pdf lezen. Misschien is het een scan, of staat er een foto of plaatje in."
)
NOT_READ_DOCUMENT = (
    "Niet helemaal gecontroleerd op persoonsgegevens: er staat een foto of plaatje in, en dit "
    "programma kan daar geen tekst in lezen."
)
_NOT_READ_OF = {"pdf": NOT_READ_PDF, "docx": NOT_READ_DOCUMENT, "odt": NOT_READ_DOCUMENT}
TONES: dict[str, str] = {
    Scan.CLEAN: "success",
    Scan.UNSCANNED: "warning",
    Scan.WAITING: "warning",
    Scan.INFECTED: "error",
}


def newest_of(casus: Casus, user: User) -> QuerySet[AttachmentVersion]:
    """The newest version of each attachment that `user` may see, the oldest attachment first."""
    seen = Attachment.objects.visible_to(user).filter(casus=casus)
    found = AttachmentVersion.objects.filter(
        attachment__in=seen, number=F("attachment__last_number")
    )
    return found.select_related("attachment__organisation").order_by("attachment")


def organisation_for(user: User, casus: Casus, action: str = "add_attachment") -> Organisation:
    """For which of their organisations somebody adds something to this casus: the one that stands
    nearest to it. Ask the permission table first."""
    standing = {role for role, _ in TABLE[action] & relations(user, casus)}
    involved = casus.involvements.filter(ended_at=None).values_list("organisation_id", flat=True)
    near = [casus.carried_by_id, casus.gemeente_id, *involved]
    mine = [one.organisation for one in user.active_memberships if one.role in standing]
    return min(mine, key=lambda one: near.index(one.pk) if one.pk in near else len(near))


def may_withdraw(user: User, attachment: Attachment) -> str | None:
    """May this user take this away? The reason if not: somebody else's only by who carries it."""
    casus = attachment.casus
    if reason := may(user, casus, "withdraw_attachment"):
        return reason
    standing = relations(user, casus)
    carries = any(
        relation in (Relation.REGISTERING, Relation.COORDINATING)
        or (relation == Relation.RESPONSIBLE and role in GEMEENTE_ROLES)
        for role, relation in TABLE["withdraw_attachment"] & standing
    )
    roles = {role for role, _ in standing}
    if carries or attachment.organisation_id in user.organisation_ids(*roles):
        return None
    return (
        f"Deze bijlage is van {attachment.organisation}. Die organisatie kan haar intrekken, of de "
        f"{Role.PROCESMANAGER.label} van de gemeente."
    )


def withdraw_denied(user: User, attachment: Attachment) -> str | None:
    """As `may_withdraw`, and whether it can be done now."""
    if reason := may_withdraw(user, attachment):
        return reason
    if attachment.withdrawn_at is not None:
        return "Deze bijlage is al ingetrokken."
    return may_now(attachment.casus, "withdraw_attachment")


def change_denied(user: User, attachment: Attachment) -> str | None:
    """Why `user` cannot add a version now."""
    if reason := may(user, attachment.casus, "add_attachment"):
        return reason
    if attachment.withdrawn_at is not None:
        return "Deze bijlage is ingetrokken. Voeg een nieuwe bijlage toe."
    return may_now(attachment.casus, "add_attachment")


def closed_because(version: AttachmentVersion) -> str | None:
    """Why this file cannot be opened by anybody; None when it can.

    With a virus scanner only what it found clean: a scanner that is down opens nothing.
    """
    if version.gone_at is not None:
        return GONE
    if version.scan == Scan.CLEAN or (version.scan == Scan.UNSCANNED and not settings.CLAMAV_URL):
        return None
    return WAITS


def file_name(version: AttachmentVersion) -> str:
    """What the file is called when it goes out: a code and numbers, nothing that somebody typed."""
    attachment = version.attachment
    return (
        f"{attachment.casus.code}-bijlage-{attachment.pk}-versie-{version.number}"
        f".{version.extension}"
    )


def content_type(version: AttachmentVersion) -> str:
    return uploads.TYPES[version.extension].content_type


def size_words(size: int) -> str:
    """ "140 kB", with at least 1."""
    return f"{whole(max(1, round(size / 1024)))} kB"


def screening_words(version: AttachmentVersion) -> str:
    """What was done about personal data in this file, and what was not."""
    said = [] if version.screened else [_NOT_READ_OF.get(version.extension, NOT_READ)]
    if version.screening_reason:
        found = "Er stond iets in dat op persoonsgegevens lijkt. Uitleg"
        said.append(f"{found}: {version.screening_reason}")
    elif version.screened:
        said.append("In de tekst zijn geen persoonsgegevens gevonden.")
    return " ".join(said)
