"""Who sits at an overleg, and when they can."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from directory.models import DeelnemerKind, Organisation
from escalation.models.overleg import Overleg
from rdm.lib import clock


class Deelnemer(models.Model):
    """Somebody who sits at the overleg, with mandate and secrecy (E-113, E-150).

    A deelnemer needs no account: a signed link, which can be revoked, lets them answer dates.
    """

    class Attendance(models.TextChoices):
        UNKNOWN = "unknown", "nog geen antwoord"
        YES = "yes", "komt"
        NO = "no", "komt niet"

    overleg = models.ForeignKey(Overleg, models.CASCADE, related_name="deelnemers")
    kind = models.ForeignKey(DeelnemerKind, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation_name = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=120)
    function = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    mandate = models.BooleanField(null=True, blank=True)
    secrecy_signed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    link_version = models.PositiveIntegerField(default=1)
    link_revoked_at = models.DateTimeField(null=True, blank=True)
    # How many calendar items this person got: each has a higher number than the one before it.
    calendar_items = models.PositiveIntegerField(default=0)
    invited_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    attendance = models.CharField(
        max_length=8, choices=Attendance.choices, default=Attendance.UNKNOWN
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    # Whether this person was there; unknown until the overleg is recorded.
    present = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["kind__position", "name"]
        constraints = [
            # Two people may share one mailbox, like that of a secretariaat. The address first:
            # "Mijn werk" asks at which overleggen somebody sits.
            models.UniqueConstraint(
                fields=["email", "overleg", "name"],
                condition=Q(removed_at=None),
                name="deelnemer_once_per_overleg",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(organisation_name=""),
                name="deelnemer_has_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.function}"

    @property
    def party(self) -> str:
        return self.organisation.name if self.organisation else self.organisation_name

    @property
    def carries_the_casus(self) -> bool:
        """Whether the own organisation is the gemeente of the casus, or registered it."""
        casus = self.overleg.casus
        ours = (casus.gemeente_id, casus.carried_by_id)
        return self.organisation_id is not None and self.organisation_id in ours

    @property
    def may_hear_the_casus(self) -> bool:
        """Partner in the covenant, or a secrecy statement signed (decisions.md). Whose organisation
        carries the casus already knows it."""
        covered = bool(self.organisation and self.organisation.covenant_partner)
        return covered or self.secrecy_signed_on is not None or self.carries_the_casus


class DateOption(models.Model):
    """A moment that is proposed for the overleg."""

    overleg = models.ForeignKey(Overleg, models.CASCADE, related_name="date_options")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    proposed_by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["overleg", "starts_at"], name="option_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="option_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%d-%m-%Y %H:%M}"


class DateAnswer(models.Model):
    """Whether one deelnemer can come at one proposed moment."""

    class Value(models.TextChoices):
        YES = "yes", "ik kan"
        IF_NEEDED = "if_needed", "als het moet"
        NO = "no", "ik kan niet"

    option = models.ForeignKey(DateOption, models.CASCADE, related_name="answers")
    deelnemer = models.ForeignKey(Deelnemer, models.CASCADE, related_name="date_answers")
    value = models.CharField(max_length=10, choices=Value.choices)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["option", "deelnemer"], name="date_answer_once"),
        ]

    def __str__(self) -> str:
        return self.get_value_display()
