"""What a resident may ask about what is kept: to see it, to restrict its use, to correct it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from escalation.models.casus import Casus
from rdm.lib import clock

# The texts that a resident can have corrected, as the dossier names them.
CORRECTABLE = {
    "situation": "Wat er aan de hand is",
    "safety_text": "Welk risico",
    "tried_regular": "Via de gewone weg",
    "stagnation": "Waarom het vastloopt",
    "local_escalation": "Opgeschaald in de gemeente",
    "plan_of_approach": "Plan van aanpak",
    "resident_view": "Wat de inwoner zelf wil",
    "client_support_reason": "Toelichting bij cliëntondersteuning",
    "sharing_purpose": "Doel van het delen",
    "sharing_ground": "Grondslag van het delen",
    "not_informed_reason": "Waarom de inwoner het niet weet",
}


class Restriction(models.Model):
    """Beperking van de verwerking (AVG art. 18): the casus can be read by few, changed by nobody.

    `Casus.restricted_at` says the same, so that a list can ask it without a join.
    """

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="restrictions")
    reason = models.TextField()
    set_at = models.DateTimeField(default=clock.now)
    set_by_name = models.CharField(max_length=120)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by_name = models.CharField(max_length=120, blank=True)
    lift_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-set_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["casus"], condition=Q(lifted_at=None), name="restriction_one_open"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="restriction_has_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lift_reason="")
                | (Q(lifted_at__isnull=False) & ~Q(lift_reason="")),
                name="restriction_lift_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"beperking van {self.casus}"


class Correction(models.Model):
    """The resident asked to change a text (AVG art. 16): what it became, or why it did not change.

    What stood there before stays readable here, next to what came in its place.
    """

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=40, choices=list(CORRECTABLE.items()))
    asked = models.TextField()
    granted = models.BooleanField()
    old_text = models.TextField(blank=True)
    new_text = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(granted=True) | ~Q(reason=""), name="correction_refused_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"correctie van {self.field} bij {self.casus}"


class AccessRequest(models.Model):
    """The resident asked for everything that is kept (verzoek om inzage, AVG art. 15).

    Before it is given somebody decides per other person whether the name stays or goes: `people`
    are the names that were judged, `withheld` those that go. A name that came in later was not
    judged, and until it is, nothing can be given.
    """

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="access_requests")
    received_on = models.DateField()
    due = models.DateField()
    started_at = models.DateTimeField(default=clock.now)
    started_by_name = models.CharField(max_length=120)
    people = models.JSONField(default=list, blank=True)
    withheld = models.JSONField(default=list, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"inzageverzoek bij {self.casus}"
