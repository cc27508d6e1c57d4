"""Files that belong to a casus: a plan van aanpak, a report, an advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from directory.models import Organisation, Role
from escalation.blocks import Block
from escalation.models.casus import Casus
from escalation.roles import CASE_ROLES
from rdm.lib import clock, uploads

if TYPE_CHECKING:
    from directory.models import User


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: User) -> AttachmentQuerySet:
        """The attachments that `user` may see: of a casus of which this person reads the block of
        the attachment, and for everybody there, or of the own organisation, or seen by the
        coördinator."""
        shared = Q()
        for block in Block:
            seen = Casus.objects.visible_to(user, frozenset({block}))
            shared |= Q(block=block, casus__in=seen)
        allowed = Q(audience="readers") | Q(organisation__in=user.organisation_ids(*CASE_ROLES))
        if Role.COORDINATOR in user.roles:
            allowed |= Q(casus__first_submitted_at__isnull=False)
        return self.filter(shared, allowed)


class Attachment(models.Model):
    """A bijlage: one document of a casus, in one or more versions.

    Withdrawn it has no title and no bytes any more; what is left says that it was there, and who
    took it away and why. `version` guards every change, `last_number` is its newest file.
    """

    class Kind(models.TextChoices):
        PLAN = "plan", "plan van aanpak"
        REPORT = "report", "verslag"
        ADVICE = "advice", "advies"
        OTHER = "other", "iets anders"

    class Audience(models.TextChoices):
        READERS = "readers", "iedereen die de casus mag lezen"
        OWN = "own", "alleen de eigen organisatie en het coördinatiepunt"

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="attachments")
    version = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=120, blank=True)
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.READERS)
    block = models.CharField(max_length=8, choices=Block.choices, default=Block.PROCESS)
    # For which organisation it was added.
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    last_number = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField(default=clock.now)
    added_by_name = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_name = models.CharField(max_length=120, blank=True)
    withdraw_reason = models.TextField(blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(withdrawn_at=None) & ~Q(title="") & Q(withdraw_reason=""))
                | (Q(withdrawn_at__isnull=False, title="") & ~Q(withdraw_reason="")),
                name="attachment_withdrawn_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} (ingetrokken)"


class AttachmentVersion(models.Model):
    """One file of an attachment. `key` finds its bytes; without bytes it is empty, for good.

    `organisation` is for which it was added, which may be another than that of the attachment:
    that one can take its own file back. `removed_by_name` and `remove_reason` say who took away
    this version alone; they are empty when all of the attachment went, or a virus was found.
    `name` is what the file was called by whoever sent it: shown to people, never used for the file
    itself nor in a header. `screened` says whether all of its text was read for personal data,
    and `screening_reason` why a found text could stay. `inspected` says whether it was taken apart,
    and surely does nothing by itself; of another one its page says that nobody knows.

    Of a file without a verdict of the virus scanner, `scan_at` is when it is asked about next, and
    `scan_tries` how often that was done. `scan_why` says why it cannot be judged; `scan_told` that
    people heard that.
    """

    class Scan(models.TextChoices):
        CLEAN = "clean", "geen virus gevonden"
        UNSCANNED = "unscanned", "niet gescand"
        WAITING = "waiting", "wacht op de virusscanner"
        UNJUDGED = "unjudged", "kan niet worden nagekeken"
        INFECTED = "infected", "virus gevonden, verwijderd"

    class Why(models.TextChoices):
        LARGE = "large", "te groot voor de virusscanner"
        MISSING = "missing", "staat niet op de server"
        FAILED = "failed", "de virusscanner kwam er niet uit"

    attachment = models.ForeignKey(Attachment, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=32, blank=True)
    extension = models.CharField(max_length=5, choices=[(one, one) for one in uploads.TYPES])
    name = models.CharField(max_length=uploads.MOST_NAME, blank=True)
    size = models.PositiveIntegerField()
    scan = models.CharField(max_length=10, choices=Scan.choices)
    scan_why = models.CharField(max_length=10, choices=Why.choices, blank=True)
    scan_at = models.DateTimeField(default=clock.now)
    scan_tries = models.PositiveIntegerField(default=0)
    scan_told = models.BooleanField(default=False)
    screened = models.BooleanField(default=False)
    inspected = models.BooleanField(default=False)
    screening_reason = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField(default=clock.now)
    # Who hears that the file cannot be judged.
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_by_name = models.CharField(max_length=120)
    added_by_organisation = models.CharField(max_length=250, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    gone_at = models.DateTimeField(null=True, blank=True)
    removed_by_name = models.CharField(max_length=120, blank=True)
    remove_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["attachment", "number"], name="attachment_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["key"], condition=~Q(key=""), name="attachment_version_key_once"
            ),
            models.CheckConstraint(
                condition=(Q(gone_at=None) & ~Q(key=""))
                | Q(gone_at__isnull=False, key="", name="", note="", screening_reason=""),
                name="attachment_version_gone_is_empty",
            ),
            models.CheckConstraint(
                condition=~Q(scan="infected") | Q(gone_at__isnull=False),
                name="attachment_version_infected_is_gone",
            ),
            models.CheckConstraint(
                condition=(Q(scan="unjudged") & ~Q(scan_why=""))
                | (~Q(scan="unjudged") & Q(scan_why="")),
                name="attachment_version_unjudged_says_why",
            ),
            models.CheckConstraint(
                condition=Q(removed_by_name="", remove_reason="")
                | (Q(gone_at__isnull=False) & ~Q(removed_by_name="") & ~Q(remove_reason="")),
                name="attachment_version_removed_is_gone",
            ),
        ]
        indexes = [
            # What the virus scanner still has to see.
            models.Index(
                fields=["scan_at", "id"],
                condition=Q(scan__in=["waiting", "unscanned", "unjudged"], gone_at=None),
                name="attachment_to_scan",
            ),
        ]

    def __str__(self) -> str:
        return f"versie {self.number}"


class VirusScanner(models.Model):
    """The one row that says since when the virus scanner gives no verdicts, and when people were
    told; both empty while it works."""

    away_since = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="virus_scanner_is_one"),
            models.CheckConstraint(
                condition=Q(told_at=None) | Q(away_since__isnull=False),
                name="virus_scanner_told_is_away",
            ),
        ]

    def __str__(self) -> str:
        return "virusscanner"


class LeftOverFile(models.Model):
    """The key of bytes on disk that nothing of a casus points at: they go.

    Written before a file comes, and taken away in the transaction that gives it a version. Written
    again in the transaction that ends its last version. So whatever breaks halfway, no bytes stay
    behind unknown, and no bytes go of which a row still speaks.
    """

    key = models.CharField(max_length=32, primary_key=True)
    not_before = models.DateTimeField(default=clock.now, db_index=True)

    def __str__(self) -> str:
        return self.key
