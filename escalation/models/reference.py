"""An organisation's own number for a casus."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from directory.models import Organisation
from escalation.models.casus import Casus


class OwnReference(models.Model):
    """An organisation's own number for a casus; only its own members see it (O-08).

    `number` is the same as it is looked up (`rdm.lib.spelling.number_in`), because people write one
    number in many ways.
    """

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="own_references")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=60)
    # Longer, since one sign can stand for several letters.
    number = models.CharField(max_length=240)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["casus", "organisation"], name="own_reference_once"),
            models.CheckConstraint(condition=~Q(number=""), name="own_reference_has_number"),
        ]
        indexes = [models.Index(fields=["organisation", "number"], name="own_reference_number")]

    def __str__(self) -> str:
        return self.reference
