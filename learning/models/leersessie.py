"""The yearly leersessie and the lessons that come out of it (E-170..E-173)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from directory.models import Theme
from learning.models.terugkoppeling import Terugkoppeling
from learning.workflow import LeersessieStatus, LessonStatus
from rdm.lib import clock


class Leersessie(models.Model):
    """One session in which the region learns from what was reported; at least one a year."""

    title = models.CharField(max_length=120)
    held_on = models.DateField("datum")
    place = models.CharField(max_length=120, blank=True)
    status = models.CharField(
        max_length=10, choices=LeersessieStatus.choices, default=LeersessieStatus.PLANNED
    )
    version = models.PositiveIntegerField(default=1)
    agenda = models.TextField(blank=True)
    attendees = models.TextField(blank=True)
    conclusions = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by_name = models.CharField(max_length=120)
    terugkoppelingen = models.ManyToManyField(
        Terugkoppeling, blank=True, related_name="leersessies"
    )

    class Meta:
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["-held_on", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=LeersessieStatus.values), name="leersessie_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=LeersessieStatus.HELD) | ~Q(conclusions=""),
                name="leersessie_held_has_conclusions",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Lesson(models.Model):
    """A leerpunt: what must change, who picks it up, and what came of it.

    A lesson on the level `landelijk` is a point for the national lobby (E-156, E-173).
    """

    class Level(models.TextChoices):
        REGION = "regio", "regio"
        THEMAGROEP = "themagroep", "themagroep"
        EXPERTGROEP = "expertgroep", "expertgroep"
        STUURGROEP = "stuurgroep", "stuurgroep ZVS"
        NATIONAL = "landelijk", "landelijke lobby"

    leersessie = models.ForeignKey(
        Leersessie, models.PROTECT, null=True, blank=True, related_name="lessons"
    )
    terugkoppeling = models.ForeignKey(
        Terugkoppeling, models.PROTECT, null=True, blank=True, related_name="lessons"
    )
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+")
    level = models.CharField(max_length=12, choices=Level.choices)
    text = models.TextField()
    owner = models.CharField(max_length=160)
    due = models.DateField(null=True, blank=True)
    status = models.CharField(
        max_length=12, choices=LessonStatus.choices, default=LessonStatus.OPEN
    )
    version = models.PositiveIntegerField(default=1)
    result = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["-created_at", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=LessonStatus.values), name="lesson_status_known"
            ),
            models.CheckConstraint(
                condition=Q(leersessie__isnull=False) | Q(terugkoppeling__isnull=False),
                name="lesson_has_source",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["open", "in_progress"]) | ~Q(result=""),
                name="lesson_ended_has_result",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
