"""The report of the gemeente after an escalatieoverleg, in a fixed format (E-153)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from escalation.models import Overleg
from learning.roles import OWN_READERS, REGIONAL_READERS
from learning.workflow import TerugkoppelingStatus
from rdm.lib import clock

if TYPE_CHECKING:
    from directory.models import User

# The four rubrieken of the format, in order: field name and Dutch heading (E-153).
RUBRIEKEN = (
    ("case_description", "Casusbeschrijving"),
    ("outcomes", "Uitkomsten en afspraken"),
    ("regional_lessons", "Signalering en leerpunten voor de regio (ZVS)"),
    ("national_advice", "Advies voor de landelijke lobby"),
)
# The format may change; every version says which one it followed.
FORMAT_VERSION = "1"


class Rubrieken(models.Model):
    """The four texts, the same in the draft and in every submitted version."""

    case_description = models.TextField("casusbeschrijving", blank=True)
    outcomes = models.TextField("uitkomsten en afspraken", blank=True)
    regional_lessons = models.TextField("signalering en leerpunten", blank=True)
    national_advice = models.TextField("advies landelijke lobby", blank=True)

    class Meta:
        abstract = True

    @property
    def rubrieken(self) -> list[tuple[str, str]]:
        return [(title, getattr(self, name)) for name, title in RUBRIEKEN]


class TerugkoppelingQuerySet(models.QuerySet["Terugkoppeling"]):
    def visible_to(self, user: User) -> TerugkoppelingQuerySet:
        """What `user` may read: the gemeente its own, regional readers all that is submitted; a
        draft stays with its own gemeente."""
        own = user.organisation_ids(*OWN_READERS)
        allowed = Q(overleg__casus__gemeente__in=own)
        if set(REGIONAL_READERS) & user.roles:
            allowed |= Q(first_submitted_at__isnull=False)
        return self.filter(allowed)


def unreported(overleggen: models.QuerySet[Overleg]) -> models.QuerySet[Overleg]:
    """Of these, the overleggen that took place and whose terugkoppeling is not in, or is being
    corrected; with casus, gemeente and terugkoppeling loaded."""
    return without_report(overleggen, TerugkoppelingStatus.SUBMITTED)


def without_report(
    overleggen: models.QuerySet[Overleg], *statuses: TerugkoppelingStatus
) -> models.QuerySet[Overleg]:
    """Of these, the overleggen that took place and have no terugkoppeling in one of `statuses`."""
    # Exists, not a condition on a join: the database then stops at the first rows it needs.
    done = Terugkoppeling.objects.filter(overleg=OuterRef("pk"), status__in=statuses)
    return overleggen.filter(~Exists(done), held_on__isnull=False).select_related(
        "casus__gemeente__organisation", "terugkoppeling"
    )


class Terugkoppeling(Rubrieken):
    """One report about one overleg. The texts here are the draft; what was submitted is a version.

    The four texts are written without anything that points to the resident, because readers of
    the region never see the dossier (O-07).
    """

    overleg = models.OneToOneField(Overleg, models.PROTECT, related_name="terugkoppeling")
    status = models.CharField(
        max_length=12,
        choices=TerugkoppelingStatus.choices,
        default=TerugkoppelingStatus.DRAFT,
    )
    version = models.PositiveIntegerField(default=1)
    due = models.DateField()
    started_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)
    first_submitted_at = models.DateTimeField(null=True, blank=True)
    correction_reason = models.TextField(blank=True)

    objects = TerugkoppelingQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "due"]),
            models.Index(fields=["-first_submitted_at", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=TerugkoppelingStatus.values),
                name="terugkoppeling_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status=TerugkoppelingStatus.DRAFT, first_submitted_at=None)
                | (~Q(status=TerugkoppelingStatus.DRAFT) & Q(first_submitted_at__isnull=False)),
                name="terugkoppeling_submitted_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"terugkoppeling {self.overleg.casus}"


class TerugkoppelingVersion(Rubrieken):
    """What was submitted, word for word. Never changes: the database refuses it (O-06)."""

    terugkoppeling = models.ForeignKey(Terugkoppeling, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    format_version = models.CharField(max_length=10, default=FORMAT_VERSION)
    submitted_at = models.DateTimeField(default=clock.now)
    submitted_by_name = models.CharField(max_length=120)
    submitted_by_organisation = models.CharField(max_length=250)
    correction_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-number"]
        # Who has not read them yet is asked in this order, the oldest few.
        indexes = [models.Index(fields=["submitted_at", "id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["terugkoppeling", "number"], name="terugkoppeling_version_once"
            ),
            models.CheckConstraint(
                condition=~Q(case_description="")
                & ~Q(outcomes="")
                & ~Q(regional_lessons="")
                & ~Q(national_advice=""),
                name="terugkoppeling_version_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.terugkoppeling}, versie {self.number}"


class ReadReceipt(models.Model):
    """The portefeuillehouder has read this version (O-05, E-154)."""

    version = models.ForeignKey(TerugkoppelingVersion, models.PROTECT, related_name="receipts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    user_name = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["version", "user"], name="receipt_once"),
        ]

    def __str__(self) -> str:
        return f"gelezen door {self.user_name}"
