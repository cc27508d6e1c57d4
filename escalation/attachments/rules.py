"""What may be done with an attachment, besides what the permission table says about its casus, and
what a page shows of it. Which ones somebody sees at all: `Attachment.objects.visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from directory.models import Role
from escalation.attachments.scanning.rules import not_judged
from escalation.models import Attachment, AttachmentVersion
from escalation.permissions import ACTIONS, Standing
from escalation.roles import GEMEENTE_ROLES, Relation
from rdm.lib import uploads
from rdm.lib.numbers import whole

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from directory.models import Organisation, User
    from escalation.models import Casus

Scan = AttachmentVersion.Scan
GONE = "Dit bestand is verwijderd."
NONE_LEFT = "Er is geen bestand meer bij deze bijlage."
WAITS = (
    "De virusscanner heeft dit bestand nog niet bekeken. U kunt het openen als dat gebeurd is. Wij "
    "proberen het steeds opnieuw."
)
CHECKED_LATER = (
    "Het bestand wordt nagekeken op virussen. Daarna kan het open. Lukt dat niet, dan hoort u het."
)
NOT_INSPECTED = (
    "Niet nagekeken: dit programma kan niet zien of er een programma of een ander bestand in zit. "
    "Open het alleen als u weet van wie het komt."
)
NOT_READ = "Niet gecontroleerd op persoonsgegevens: dit programma kan geen tekst in foto’s lezen."
# Also of one from before this was tried.
NOT_READ_PDF = (
    "Niet of niet helemaal gecontroleerd op persoonsgegevens: dit programma kan niet alle tekst in "
    "deze pdf lezen. Misschien is het een scan, of staat er een foto of plaatje in."
)
NOT_READ_DOCUMENT = (
    "Niet helemaal gecontroleerd op persoonsgegevens: er staat een foto of plaatje in of een ander "
    "bestand, en dit programma kan daar niet alle tekst in lezen."
)
_NOT_READ_OF = {"pdf": NOT_READ_PDF, "docx": NOT_READ_DOCUMENT, "odt": NOT_READ_DOCUMENT}
TONES: dict[str, str] = {
    Scan.CLEAN: "success",
    Scan.UNSCANNED: "warning",
    Scan.WAITING: "warning",
    Scan.UNJUDGED: "warning",
    Scan.INFECTED: "error",
}


def newest_of(casus: Casus, user: User) -> QuerySet[AttachmentVersion]:
    """The current version of each attachment that `user` may see, the oldest attachment first: the
    newest that still has its bytes, and when none has, the newest."""
    seen = Attachment.objects.visible_to(user).filter(casus=casus)
    kept = AttachmentVersion.objects.filter(attachment=OuterRef("attachment"), gone_at=None)
    newest = Subquery(kept.order_by("-number").values("number")[:1])
    found = AttachmentVersion.objects.filter(
        attachment__in=seen, number=Coalesce(newest, F("attachment__last_number"))
    )
    return found.select_related("attachment__organisation").order_by("attachment")


def may_withdraw(standing: Standing, attachment: Attachment) -> str | None:
    """May this person take this away? The reason if not: somebody else's only by who carries it."""
    return _may_take_away(
        standing,
        attachment.organisation,
        f"Deze bijlage is van {attachment.organisation}. Die organisatie kan haar intrekken",
    )


def may_remove(standing: Standing, version: AttachmentVersion) -> str | None:
    """May this person take this one version away? The reason if not.

    Whose organisation added it may, also to an attachment of another: who put a wrong file there
    must be able to take it back at once. And who may take all of the attachment away.
    """
    if may_withdraw(standing, version.attachment) is None:
        return None
    return _may_take_away(
        standing,
        version.organisation,
        f"Deze versie is van {version.organisation}. Die organisatie kan haar verwijderen",
    )


def _may_take_away(standing: Standing, organisation: Organisation, whose: str) -> str | None:
    if reason := standing.may("withdraw_attachment"):
        return reason
    carries = any(
        relation in (Relation.REGISTERING, Relation.COORDINATING)
        or (relation == Relation.RESPONSIBLE and role in GEMEENTE_ROLES)
        for role, relation in ACTIONS["withdraw_attachment"].who & standing.relations
    )
    roles = {role for role, _ in standing.relations}
    if carries or organisation.pk in standing.user.organisation_ids(*roles):
        return None
    return f"{whose}, of de {Role.PROCESMANAGER.label} van de gemeente."


def withdraw_denied(standing: Standing, attachment: Attachment) -> str | None:
    """As `may_withdraw`, and whether it can be done now."""
    if reason := may_withdraw(standing, attachment):
        return reason
    if attachment.withdrawn_at is not None:
        return "Deze bijlage is al ingetrokken."
    return standing.may_now("withdraw_attachment")


def remove_denied(standing: Standing, version: AttachmentVersion) -> str | None:
    """As `may_remove`, and whether it can be done now."""
    if reason := may_remove(standing, version):
        return reason
    if version.gone_at is not None:
        return GONE
    return standing.may_now("withdraw_attachment")


def change_denied(standing: Standing, attachment: Attachment) -> str | None:
    """Why this person cannot add a version now."""
    if reason := standing.may("add_attachment"):
        return reason
    if attachment.withdrawn_at is not None:
        return "Deze bijlage is ingetrokken. Voeg een nieuwe bijlage toe."
    return standing.may_now("add_attachment")


def closed_because(version: AttachmentVersion) -> str | None:
    """Why this file cannot be opened by anybody; None when it can.

    With a virus scanner only what it found clean: a scanner that is down opens nothing.
    """
    if version.gone_at is not None:
        return GONE
    if version.scan == Scan.CLEAN or (version.scan == Scan.UNSCANNED and not settings.CLAMAV_URL):
        return None
    return not_judged(version.scan_why) if version.scan == Scan.UNJUDGED else WAITS


def file_words(scan: str, why: str, inspected: bool) -> str:
    """What who just added a file must know: that it does not open yet, or may do something."""
    later = not_judged(why) if scan == Scan.UNJUDGED else ""
    later = CHECKED_LATER if scan == Scan.WAITING else later
    return " ".join(one for one in (later, "" if inspected else NOT_INSPECTED) if one)


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
