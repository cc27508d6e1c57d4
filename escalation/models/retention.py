"""How long a casus is kept, and what remains when it is gone (O-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from directory.models import Gemeente, Organisation, Role
from escalation.models.casus import Casus
from escalation.roles import CASE_ROLES, GEMEENTE_ROLES, REGISTRANTS
from rdm.lib import clock

if TYPE_CHECKING:
    from directory.models import User


class Hold(models.Model):
    """A decision to keep a casus longer (bewaren): why, and until when. It always wins."""

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="holds")
    reason = models.TextField()
    until = models.DateField()
    placed_at = models.DateTimeField(default=clock.now)
    placed_by_name = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=120, blank=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-placed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_reason"),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="")
                | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="hold_end_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.casus} bewaren tot en met {self.until:%d-%m-%Y}"


class DestructionQuerySet(models.QuerySet["Destruction"]):
    def open(self) -> DestructionQuerySet:
        return self.filter(state__in=Destruction.OPEN)

    def tombstones(self) -> DestructionQuerySet:
        return self.filter(state=Destruction.State.DESTROYED)

    def visible_to(self, user: User) -> DestructionQuerySet:
        """The tombstones for who could see the casus until it was destroyed, and the privacy
        officer. Whoever it was shared with is gone with the casus."""
        mine = Q(gemeente__in=user.organisation_ids(*CASE_ROLES))
        mine |= Q(carried_by__in=user.organisation_ids(*REGISTRANTS))
        return self.tombstones().filter(mine | _reach(user))

    def in_reach(self, user: User) -> DestructionQuerySet:
        """Of the casussen of which `user` decides about the destruction."""
        return self.filter(_reach(user))


def _reach(user: User) -> Q:
    reach = Q(gemeente__in=user.organisation_ids(*GEMEENTE_ROLES))
    if Role.COORDINATOR in user.roles:
        reach |= Q(was_submitted=True)
    if Role.PRIVACY_OFFICER in user.roles:
        reach |= Q(pk__isnull=False)
    return reach


class Destruction(models.Model):
    """The destruction (vernietiging) of one casus: proposed, approved, done. Then a tombstone.

    No foreign key to the casus: of that nothing may be left but this. Two different people decide,
    which the database holds as well. A `Hold` before the last moment stops it.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "wacht op het tweede akkoord"
        APPROVED = "approved", "wordt vernietigd"
        STOPPED = "stopped", "gestopt"
        DESTROYED = "destroyed", "vernietigd"

    class Ground(models.TextChoices):
        TERM = "term", "de bewaartermijn is voorbij"
        REQUEST = "request", "de inwoner vroeg om te wissen"

    OPEN = (State.PROPOSED, State.APPROVED)

    code = models.CharField(max_length=16)
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    registered_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # Who carried it until the end still sees the tombstone.
    carried_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    was_submitted = models.BooleanField(default=False)
    registered_on = models.DateField()
    closed_on = models.DateField()
    ground = models.CharField(max_length=10, choices=Ground.choices)
    # The term as it was agreed on the day of the proposal.
    term_years = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_at = models.DateTimeField(default=clock.now)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    proposed_by_name = models.CharField(max_length=120)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by_name = models.CharField(max_length=120, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    # What went, as numbers: {"Tijdlijn": 12}. Never a word of what it said.
    counts = models.JSONField(default=dict, blank=True)
    # When it was written into the list that is kept outside the database.
    noted_at = models.DateTimeField(null=True, blank=True)
    # When the pages of the database in which it stood were let go of.
    swept_at = models.DateTimeField(null=True, blank=True)

    objects = DestructionQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        indexes = [models.Index(fields=["code"])]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(state__in=["proposed", "approved", "destroyed"]),
                name="destruction_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "approved", "stopped", "destroyed"]),
                name="destruction_state_known",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")),
                name="destruction_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "stopped"])
                | (Q(approved_at__isnull=False) & ~Q(approved_by_name="")),
                name="destruction_approved_has_who",
            ),
            models.CheckConstraint(
                condition=Q(state="destroyed", destroyed_at__isnull=False)
                | (~Q(state="destroyed") & Q(destroyed_at=None)),
                name="destruction_destroyed_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"vernietiging van {self.code} ({self.get_state_display()})"

    @property
    def ground_words(self) -> str:
        """Why, as it stands on the tombstone."""
        if self.ground == self.Ground.TERM:
            return f"{self.get_ground_display()} ({self.term_years} jaar na het afsluiten)"
        return self.get_ground_display()

    def as_line(self) -> dict[str, Any]:
        """What the list outside the database says about it: enough to make the tombstone again."""
        moments = ("proposed_at", "approved_at", "destroyed_at")
        return {
            "code": self.code,
            "gemeente": self.gemeente.organisation.slug,
            "registered_by": self.registered_by.slug,
            "carried_by": self.carried_by.slug,
            "was_submitted": self.was_submitted,
            "registered_on": self.registered_on.isoformat(),
            "closed_on": self.closed_on.isoformat(),
            "ground": self.ground,
            "term_years": self.term_years,
            "proposed_by_name": self.proposed_by_name,
            "approved_by_name": self.approved_by_name,
            **{name: getattr(self, name).isoformat() for name in moments},
        }
