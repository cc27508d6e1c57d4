"""People, and in which role they act for which organisation."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from directory.roles import HEAVY, Role
from rdm.lib import clock


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None) -> User:
        """A new person; without a password nobody can sign in as them yet."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())

    def of_address(self, email: str) -> User | None:
        """Who has an account with this address, in whatever capitals."""
        return self.filter(email=email.lower()).first()


class User(AbstractBaseUser):
    """A person with an account. Rights come from memberships, never from this row."""

    email = models.EmailField("e-mailadres", max_length=254)
    name = models.CharField("naam", max_length=120)
    is_active = models.BooleanField("mag inloggen", default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    # Since when this person does not want the yearly survey (directory.evaluation).
    surveys_stopped_at = models.DateTimeField(null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    @cached_property
    def active_memberships(self) -> list[Membership]:
        """The memberships that count now; read once per request (rights are per request)."""
        if not self.is_active:
            return []
        return list(self.memberships.filter(ended_at=None).select_related("organisation__gemeente"))

    @property
    def roles(self) -> set[str]:
        return {membership.role for membership in self.active_memberships}

    def organisation_ids(self, *roles: str) -> set[int]:
        """The organisations for which this person has one of `roles` (all roles if none given)."""
        return {
            membership.organisation_id
            for membership in self.active_memberships
            if not roles or membership.role in roles
        }

    @property
    def acting_for(self) -> str:
        """The organisations this person works for, as words for a header or a log line."""
        names = {membership.organisation.name for membership in self.active_memberships}
        return ", ".join(sorted(names))


class Membership(models.Model):
    """A person acts in one role for one organisation, from one moment until another."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        "directory.Organisation", models.PROTECT, related_name="memberships"
    )
    role = models.CharField("rol", max_length=20, choices=Role.choices)
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["organisation__name", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(ended_at=None),
                name="membership_active_once",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("started_at")),
                name="membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} bij {self.organisation}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        """Neither accepted nor withdrawn; they may have expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def heavy(self) -> InvitationQuerySet:
        return self.filter(role__in=HEAVY)

    def waiting(self) -> InvitationQuerySet:
        """Those that a second person must agree to first."""
        return self.open().filter(secret_hash=None)


class Invitation(models.Model):
    """The way in: an account exists only because a functioneel beheerder invited somebody (O-12).

    Only a hash of the link's secret is kept, so that reading the database gives nobody a way in.
    For one address, organisation and role at most one is open: the newest. For a heavy role there
    is no link until a second person agreed; only the command line (`invited_by` is None) asks
    nobody.
    """

    class End(models.TextChoices):
        """Why an invitation no longer works, as it stands in the list."""

        WITHDRAWN = "withdrawn", "ingetrokken"
        REPLACED = "replaced", "vervangen door een nieuwere"
        ROLE_ENDED = "role_ended", "vervallen: de rol is gestopt"
        ACCOUNT_SHUT = "account_shut", "vervallen: het account is gesloten"
        DECLINED = "declined", "niet akkoord"

    email = models.EmailField("e-mailadres", max_length=254)
    name = models.CharField("naam", max_length=120)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    role = models.CharField("rol", max_length=20, choices=Role.choices)
    secret_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    # Who agreed to it, or who did not and why.
    judged_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    declined_reason = models.TextField(blank=True)
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="invitations", null=True, blank=True
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=12, choices=End.choices, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_known"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="invitation_accepted_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="invitation_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(secret_hash=None)
                | ~Q(role__in=HEAVY)
                | Q(invited_by=None)
                | Q(judged_by__isnull=False),
                name="invitation_heavy_has_second_person",
            ),
            models.CheckConstraint(
                condition=Q(judged_by=None) | ~Q(judged_by=models.F("invited_by")),
                name="invitation_judged_by_another",
            ),
            models.CheckConstraint(
                condition=Q(judged_by=None, judged_at=None)
                | Q(judged_by__isnull=False, judged_at__isnull=False),
                name="invitation_judged_by_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(withdrawn_because="declined") & ~Q(declined_reason=""))
                | (~Q(withdrawn_because="declined") & Q(declined_reason="")),
                name="invitation_declined_has_reason",
            ),
            models.UniqueConstraint(
                fields=["email", "organisation", "role"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"uitnodiging voor {self.name}"

    def is_open(self, at: datetime) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at

    @property
    def waits(self) -> bool:
        """For a second person to agree."""
        return self.secret_hash is None and self.accepted_at is None and self.withdrawn_at is None
