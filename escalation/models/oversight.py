"""Ongewoon gebruik: what the log says that somebody must look at (promise 1)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from directory.models import User
from rdm.lib import clock


class UnusualStatus(models.TextChoices):
    NEW = "new", "nieuw"
    SEEN = "seen", "bekeken"
    DONE = "done", "afgehandeld"


class UnusualReading(models.Model):
    """Melding ongewoon gebruik: in one hour one person opened more casussen, or was refused more
    often, than the region agreed. It says nothing about why; the privacy officer asks.

    Names are frozen as they are in the log, and nothing points at an account or a casus: this must
    outlive both. Which casussen they were stays in the log alone.
    """

    class Kind(models.TextChoices):
        READING = "reading", "veel dossiers bekeken"
        TRYING = "trying", "vaak vergeefs gezocht naar dossiers"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    actor_id = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=200)
    role = models.CharField(max_length=100, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    # The first moment of the hour, by the clock.
    hour = models.DateTimeField()
    number = models.PositiveIntegerField()
    # The agreement as it was then.
    allowed = models.PositiveIntegerField()
    found_at = models.DateTimeField(default=clock.now)
    status = models.CharField(
        max_length=4, choices=UnusualStatus.choices, default=UnusualStatus.NEW
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-hour", "-pk"]
        constraints = [
            # A sweep that runs again, or twice at once, finds the same hour of the same person.
            models.UniqueConstraint(
                fields=["kind", "actor_id", "hour"], name="unusual_once_per_person_and_hour"
            ),
            models.CheckConstraint(
                condition=Q(status__in=UnusualStatus.values), name="unusual_status_known"
            ),
            models.CheckConstraint(
                condition=Q(number__gt=models.F("allowed")), name="unusual_is_more_than_allowed"
            ),
        ]
        indexes = [models.Index(fields=["status", "hour"], name="unusual_status_hour")]

    def __str__(self) -> str:
        return f"melding {self.pk}"


class UnusualStep(models.Model):
    """One thing that the privacy officer did with a melding; rows are only added."""

    reading = models.ForeignKey(UnusualReading, models.CASCADE, related_name="steps")
    status = models.CharField(max_length=4, choices=UnusualStatus.choices)
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=UnusualStatus.values), name="unusual_step_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reading}: {self.get_status_display()}"


class LogWatch(models.Model):
    """Up to which row of the log was looked at: one row, so that an outage of days is made up."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="log_watch_is_one_row"),
        ]

    def __str__(self) -> str:
        return f"bekeken tot en met {self.number}"
