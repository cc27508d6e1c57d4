"""How the overview stays true: proposals, published editions and yearly confirmations (O-13)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from directory.roles import TABLE, Role
from rdm.lib import clock

from .people import User
from .places import Gemeente
from .tafels import Tafel


class ProposalStatus(models.TextChoices):
    OPEN = "open", "wacht op controle"
    PUBLISHED = "published", "gepubliceerd"
    REFUSED = "refused", "niet overgenomen"
    WITHDRAWN = "withdrawn", "ingetrokken"


_ONE_SUBJECT = Q(tafel__isnull=False, gemeente=None) | Q(tafel=None, gemeente__isnull=False)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: User) -> ProposalQuerySet:
        """The proposals this person may read: their own, and those about pages they keep."""
        if Role.THEMAGROEP in user.roles:
            ours = Q(tafel__isnull=False)
        else:
            ours = Q(tafel__led_by__in=user.organisation_ids(Role.TAFEL_CONTACT))
        ours |= Q(gemeente__in=user.organisation_ids(*TABLE["change_entrances"]))
        return (
            self.filter(ours | Q(proposed_by=user.pk))
            .select_related("tafel__led_by", "gemeente__organisation")
            .order_by("-proposed_at", "-pk")
        )


class Proposal(models.Model):
    """Somebody's wish to change a tafel, or the local entrances of a gemeente.

    `values` holds the new value per field, `base` what it was when the proposal was made: so that
    old and new can be laid side by side, also when the page changed in the meantime.
    """

    tafel = models.ForeignKey(
        Tafel, models.CASCADE, null=True, blank=True, related_name="proposals"
    )
    gemeente = models.ForeignKey(
        Gemeente, models.CASCADE, null=True, blank=True, related_name="proposals"
    )
    values = models.JSONField(default=dict)
    base = models.JSONField(default=dict)
    base_version = models.PositiveIntegerField()
    reason = models.TextField()
    # Who proposes looked at the whole page: publishing it is then the yearly confirmation as well.
    confirms = models.BooleanField(default=False)
    status = models.CharField(
        max_length=10, choices=ProposalStatus.choices, default=ProposalStatus.OPEN
    )
    proposed_at = models.DateTimeField(default=clock.now)
    # None for who came in by the link of the yearly confirmation.
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    proposed_by_name = models.CharField(max_length=160)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=160, blank=True)
    decision_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        indexes = [models.Index(fields=["status", "proposed_at", "id"])]
        constraints = [
            models.CheckConstraint(condition=_ONE_SUBJECT, name="proposal_one_subject"),
            models.CheckConstraint(
                condition=Q(status__in=ProposalStatus.values), name="proposal_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="open", decided_at=None)
                | (~Q(status="open") & Q(decided_at__isnull=False)),
                name="proposal_decided_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(decision_reason=""),
                name="proposal_refused_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"voorstel voor {self.tafel or self.gemeente}"


class Edition(models.Model):
    """One published version of a tafel, or of the local entrances of a gemeente; never changed.

    `changes` is a list of {"field", "label", "old", "new"} in words; `summary` says it in one
    sentence for the change log. The first edition of a tafel is what the region file said.
    """

    tafel = models.ForeignKey(Tafel, models.CASCADE, null=True, blank=True, related_name="editions")
    gemeente = models.ForeignKey(
        Gemeente, models.CASCADE, null=True, blank=True, related_name="editions"
    )
    number = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    summary = models.CharField(max_length=500)
    proposal = models.OneToOneField(
        Proposal, models.SET_NULL, null=True, blank=True, related_name="edition"
    )
    published_at = models.DateTimeField(default=clock.now)
    published_by_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["-published_at", "-id"])]
        constraints = [
            models.CheckConstraint(condition=_ONE_SUBJECT, name="edition_one_subject"),
            models.UniqueConstraint(
                fields=["tafel", "number"],
                condition=Q(tafel__isnull=False),
                name="edition_number_per_tafel",
            ),
            models.UniqueConstraint(
                fields=["gemeente", "number"],
                condition=Q(gemeente__isnull=False),
                name="edition_number_per_gemeente",
            ),
        ]

    def __str__(self) -> str:
        return f"versie {self.number} van {self.tafel or self.gemeente}"


class Confirmation(models.Model):
    """Somebody of the tafel said that its page still holds (E-174, O-13); rows are only added."""

    tafel = models.ForeignKey(Tafel, models.CASCADE, related_name="confirmations")
    at = models.DateTimeField(default=clock.now)
    by_name = models.CharField(max_length=160)
    by_link = models.BooleanField(default=False)
    edition_number = models.PositiveIntegerField()
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["tafel", "-at"])]

    def __str__(self) -> str:
        return f"{self.tafel} bevestigd op {self.at:%d-%m-%Y}"
