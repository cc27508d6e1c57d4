"""Who hears of changes in the overview (E-174, E-177)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rdm.lib import clock

from .changes import Edition


class Subscriber(models.Model):
    """An e-mail address that asked to hear of changes: first confirmed, one click to leave.

    Who leaves is forgotten: the row is deleted, so that no address stays without a reason.
    """

    email = models.EmailField(unique=True)
    # What kind of reader this is, so that huisartsen can be reached apart (E-177).
    is_gp = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # The last edition this reader was told about; earlier ones are not sent again.
    told_until = models.ForeignKey(
        Edition, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Raised to make every earlier link of this reader useless.
    link_version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(email=""), name="subscriber_has_address"),
        ]

    def __str__(self) -> str:
        return f"abonnee {self.pk}"
