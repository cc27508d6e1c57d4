"""What was promised at an overleg."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from escalation.models.overleg import Overleg


class Afspraak(models.Model):
    """A promise made at the overleg: who does what before when. Not a decision in law (O-21)."""

    class State(models.TextChoices):
        OPEN = "open", "nog te doen"
        DONE = "done", "gedaan"
        DROPPED = "dropped", "vervallen"

    overleg = models.ForeignKey(Overleg, models.CASCADE, related_name="afspraken")
    text = models.TextField()
    organisation_name = models.CharField(max_length=120)
    function = models.CharField(max_length=120)
    due = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    state_note = models.TextField(blank=True)
    state_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["due"], condition=Q(state="open"), name="afspraak_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(organisation_name=""), name="afspraak_has_owner"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
