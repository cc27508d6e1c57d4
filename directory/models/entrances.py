"""Where a resident or a partner begins: the local entrance of a gemeente (E-045, E-120)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .places import Gemeente


class Entrance(models.Model):
    """One local entrance of a gemeente: the wijkteam, the procesmanager, or another desk.

    The gemeente keeps it; functional names and addresses only, no names of persons. What nobody
    filled in yet is shown as "niet vermeld" (E-042).
    """

    class Kind(models.TextChoices):
        TEAM = "wijkteam", "wijkteam of sociaal team"
        PROCESMANAGER = "procesmanager", "procesmanager"
        OTHER = "anders", "andere ingang"

    gemeente = models.ForeignKey(Gemeente, models.CASCADE, related_name="entrances")
    kind = models.CharField("soort ingang", max_length=16, choices=Kind.choices)
    name = models.CharField("naam", max_length=120)
    email = models.EmailField("e-mailadres", blank=True)
    phone = models.CharField("telefoonnummer", max_length=30, blank=True)
    website = models.URLField("website", blank=True)
    hours = models.CharField("wanneer bereikbaar", max_length=200, blank=True)
    note = models.TextField("toelichting", blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["gemeente", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="entrance_has_name"),
            models.UniqueConstraint(fields=["gemeente", "name"], name="entrance_once_per_gemeente"),
        ]

    def __str__(self) -> str:
        return self.name
