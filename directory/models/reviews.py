"""Going through who has which role, once a year per organisation (O-12)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from directory.roles import Role
from rdm.lib import clock

from .people import Membership, User
from .places import Organisation


class MembershipReview(models.Model):
    """Nalopen van rollen: for every role at one organisation somebody said whether it stays or
    ends, and signed for it.

    At most one is open per organisation: begun, and waiting for another functioneel beheerder,
    because who began it has a role there. The term starts again on the day of signing.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="reviews")
    # The last day, as it was when this one began.
    due = models.DateField()
    started_at = models.DateTimeField(default=clock.now)
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_by_name = models.CharField(max_length=160)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by_name = models.CharField(max_length=160, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(signed_at=None),
                name="membership_review_one_open",
            ),
            models.CheckConstraint(
                condition=(Q(signed_at=None, signed_by_name=""))
                | (Q(signed_at__isnull=False) & ~Q(signed_by_name="")),
                name="membership_review_signed_has_name",
            ),
        ]

    def __str__(self) -> str:
        return f"rollen bij {self.organisation}"


class MembershipReviewLine(models.Model):
    """What was decided about one role in a review. Names are frozen; rows are only added."""

    class Decision(models.TextChoices):
        KEEP = "keep", "blijft"
        END = "end", "gestopt"

    review = models.ForeignKey(MembershipReview, models.CASCADE, related_name="lines")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=160)
    role = models.CharField(max_length=20, choices=Role.choices)
    decision = models.CharField(max_length=4, choices=Decision.choices)
    at = models.DateTimeField(default=clock.now)
    by_name = models.CharField(max_length=160)
    # Nobody else could decide about it.
    by_themselves = models.BooleanField(default=False)

    class Meta:
        ordering = ["person_name", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "membership"], name="membership_review_line_once"
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["keep", "end"]), name="membership_review_decision_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name}: {self.get_decision_display()}"
