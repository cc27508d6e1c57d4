"""The yearly question whether the overview helps (E-174)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from rdm.lib import clock


class Evaluation(models.Model):
    """One yearly survey: its questions as they were when it opened, and until when it is open.

    Everybody gets the same link, so that nobody can be traced by the answers.
    """

    year = models.PositiveSmallIntegerField(unique=True)
    # The questions of the region file at the moment of opening: [{"code", "text", "kind", …}].
    questions = models.JSONField()
    opened_at = models.DateTimeField(default=clock.now)
    opened_by_name = models.CharField(max_length=160)
    # The last day on which an answer counts, in Amsterdam.
    closes_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=2020, year__lte=2200), name="evaluation_year_is_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"evaluatie {self.year}"

    def is_open(self, today: date) -> bool:
        """Whether an answer on `today` (a day in Amsterdam) counts."""
        return self.closed_at is None and today <= self.closes_on


class EvaluationAnswer(models.Model):
    """What one person answered: by question an option or a text. Nobody is named, and the moment
    is a day, so that it cannot be laid beside a log."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="answers")
    answers = models.JSONField()
    on = models.DateField(default=clock.today)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"antwoord {self.pk} op {self.evaluation}"
