"""An organisation's own number for a casus."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Upper

from directory.models import Organisation
from escalation.models.casus import Casus


class OwnReference(models.Model):
    """An organisation's own number for a casus; only its own members see it (O-08)."""

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="own_references")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["casus", "organisation"], name="own_reference_once"),
        ]
        # The same number twice is asked for without regard to capitals.
        indexes = [models.Index("organisation", Upper("reference"), name="own_reference_same")]

    def __str__(self) -> str:
        return self.reference
