"""A casus handed to the coördinatiepunt for trede 3."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from directory.models import Organisation, Tafel
from escalation.models.casus import Casus
from rdm.lib import clock


class Submission(models.Model):
    """One request for a bestuurlijk escalatieoverleg, with the verdict of the coördinatiepunt.

    `gate_gaps` freezes which conditions for trede 3 were not met when it was submitted (T-02);
    with gaps the coördinator can only accept with `gate_reason`, which stays visible.
    """

    class Verdict(models.TextChoices):
        PENDING = "pending", "wacht op oordeel"
        COMPLETION = "completion", "aanvulling gevraagd"
        ACCEPTED = "accepted", "aangenomen"
        RETURNED = "returned", "teruggegeven met advies"
        WITHDRAWN = "withdrawn", "ingetrokken"

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(default=clock.now)
    submitted_by_name = models.CharField(max_length=120)
    question = models.TextField()
    plan_of_approach = models.TextField()
    skipped_reason = models.TextField(blank=True)
    exception_reason = models.TextField(blank=True)
    gate_gaps = models.JSONField(default=list, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    spoed_asked = models.BooleanField(default=False)
    spoed_asked_reason = models.TextField(blank=True)

    spoed = models.BooleanField(default=False)
    spoed_reason = models.TextField(blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.PENDING)
    verdict_at = models.DateTimeField(null=True, blank=True)
    verdict_by_name = models.CharField(max_length=120, blank=True)
    verdict_reason = models.TextField(blank=True)
    verdict_due = models.DateField()
    gate_reason = models.TextField(blank=True)
    advised_tafel = models.ForeignKey(
        Tafel, models.PROTECT, null=True, blank=True, related_name="+"
    )
    completion_asked = models.TextField(blank=True)
    completion_given = models.TextField(blank=True)

    class Meta:
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["verdict", "-spoed", "verdict_due", "id"]),
            models.Index(
                fields=["-verdict_at", "-id"],
                condition=Q(verdict__in=["accepted", "returned"]),
                name="submission_judged",
            ),
            models.Index(
                fields=["submitted_at"],
                include=["verdict", "verdict_at", "verdict_due"],
                name="submission_report",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["casus", "number"], name="submission_number_once"),
            models.UniqueConstraint(
                fields=["casus"],
                condition=Q(verdict__in=["pending", "completion"]),
                name="submission_one_pending",
            ),
            models.CheckConstraint(
                condition=Q(spoed=False) | ~Q(spoed_reason=""), name="submission_spoed_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="returned")
                | (~Q(verdict_reason="") & Q(advised_tafel__isnull=False)),
                name="submission_returned_has_reason_and_tafel",
            ),
        ]

    def __str__(self) -> str:
        return f"aanmelding {self.number} van {self.casus}"
