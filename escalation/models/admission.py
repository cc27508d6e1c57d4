"""Clinical admission of a resident."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from directory.models import Organisation
from escalation.models.casus import Casus
from rdm.lib import clock


class Admission(models.Model):
    """A clinical admission: meanwhile the institution carries the responsibility (E-123, O-16).

    The gemeente stays the one gemeente of the casus, and carries it again from `until` on. An
    admission gives no right to read the casus; for that the casus is shared. Both days are
    calendar days in Europe/Amsterdam; without `until` it lasts.
    """

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="admissions")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation_name = models.CharField(max_length=120, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["casus"], condition=Q(until=None), name="admission_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="admission_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(organisation_name=""),
                name="admission_has_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"opname bij {self.party}"

    @property
    def party(self) -> str:
        return self.organisation.name if self.organisation else self.organisation_name
