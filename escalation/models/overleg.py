"""The bestuurlijk escalatieoverleg: when it is, and what was decided."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from escalation.models.casus import Casus
from escalation.models.coordination import Submission
from rdm.lib import clock


class Overleg(models.Model):
    """One ad hoc bestuurlijk escalatieoverleg (E-110), from assignment to record.

    While it has no date it is in preparation; with a date it is planned; `held_on` means that it
    took place and was recorded; `cancelled_at` that it will not.
    """

    class PlanVerdict(models.TextChoices):
        ADOPTED = "adopted", "plan aangenomen"
        RETURNED = "returned", "plan teruggegeven"

    class Solution(models.TextChoices):
        FOUND = "found", "oplossing gevonden"
        FORCED = "forced", "oplossing geforceerd"
        APPROVED = "approved", "eerder advies geaccordeerd"
        NONE = "none", "geen oplossing"

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="overleggen")
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="overleg")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    opened_at = models.DateTimeField(default=clock.now)
    hold_before = models.DateField()
    spoed = models.BooleanField(default=False)
    initiator = models.CharField(max_length=160, blank=True)
    assignment = models.TextField(blank=True)

    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    # Goes up when the date or the place changes, and with nothing else: who answers for a moment
    # that is no longer so is told.
    moment_version = models.PositiveIntegerField(default=0)
    missing_kinds_reason = models.TextField(blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.TextField(blank=True)

    held_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    plan_verdict = models.CharField(max_length=10, choices=PlanVerdict.choices, blank=True)
    missed_steps = models.TextField(blank=True)
    supply_missing = models.TextField(blank=True)
    capacity_use = models.TextField(blank=True)
    closing_the_gap = models.TextField(blank=True)
    solution = models.CharField(max_length=10, choices=Solution.choices, blank=True)
    solution_text = models.TextField(blank=True)
    way = models.TextField(blank=True)
    pace = models.TextField(blank=True)
    feedback_due = models.DateField(null=True, blank=True)
    # When the first terugkoppeling about it came in.
    reported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        indexes = [
            models.Index(
                fields=["starts_at", "hold_before", "id"],
                condition=Q(held_on=None, cancelled_at=None),
                name="overleg_open",
            ),
            models.Index(fields=["feedback_due", "id"], name="overleg_feedback_due"),
            models.Index(
                fields=["held_on"],
                include=["casus", "solution", "opened_at", "hold_before", "feedback_due"],
                name="overleg_report",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["casus"],
                condition=Q(held_on=None, cancelled_at=None),
                name="overleg_one_open",
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="overleg_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(held_on=None, solution="", recorded_at=None)
                | (
                    Q(held_on__isnull=False, feedback_due__isnull=False)
                    & ~Q(solution="")
                    & ~Q(plan_verdict="")
                ),
                name="overleg_held_is_recorded",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancel_reason="")
                | (Q(cancelled_at__isnull=False, held_on=None) & ~Q(cancel_reason="")),
                name="overleg_stopped_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"escalatieoverleg {self.casus}"
