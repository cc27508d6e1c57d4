"""The question to the bewindspersoon for a decision (trede 4)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from escalation.models.overleg import Overleg
from rdm.lib import clock


class Nomination(models.Model):
    """The voordracht for trede 4: the bewindspersoon is asked for a binding decision (E-027).

    The system makes the dossier and keeps the answer; sending happens outside (O-04).
    """

    overleg = models.OneToOneField(Overleg, models.PROTECT, related_name="nomination")
    motivation = models.TextField()
    checklist = models.JSONField(default=list)
    nominated_at = models.DateTimeField(default=clock.now)
    nominated_by_name = models.CharField(max_length=120)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="")
                | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="nomination_answer_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"voordracht {self.overleg.casus}"
