"""Handing a casus over to another gemeente."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from directory.models import Gemeente
from escalation.models.casus import Casus
from escalation.roles import GEMEENTE_ROLES
from rdm.lib import clock

if TYPE_CHECKING:
    from directory.models import User


class TransferQuerySet(models.QuerySet["Transfer"]):
    def received_by(self, user: User) -> TransferQuerySet:
        """What was offered to a gemeente of `user`, answered or not; not of a casus while its use
        is restricted."""
        mine = user.organisation_ids(*GEMEENTE_ROLES)
        return self.filter(to_gemeente__in=mine, casus__restricted_at=None)

    def pending(self) -> TransferQuerySet:
        return self.filter(state=Transfer.State.PENDING)


class Transfer(models.Model):
    """An overdracht: the gemeente of a casus asks another gemeente to take it over (E-122, O-18).

    Nothing changes until the other gemeente accepts. Until then it sees code, giving gemeente,
    reason, trede and status, never the dossier. At most one waits per casus, and meanwhile the
    casus is not submitted to trede 3 and not closed, so that it is accepted as it was offered.
    During the submission and the overleg there is no transfer: the coördinatiepunt gave its
    assignment to one gemeente, whose bestuurder takes the initiative.

    After acceptance the giving gemeente is an ordinary Involvement, which the new one can end. If
    it also registered the casus, the new gemeente takes that over too: the turn goes along.
    """

    class State(models.TextChoices):
        PENDING = "pending", "wacht op antwoord"
        ACCEPTED = "accepted", "aangenomen"
        REFUSED = "refused", "geweigerd"
        WITHDRAWN = "withdrawn", "ingetrokken"

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="transfers")
    from_gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    to_gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    reason = models.TextField()
    proposed_at = models.DateTimeField(default=clock.now)
    proposed_by_name = models.CharField(max_length=120)
    # The last day to answer; unknown of one that was asked before there was such a term.
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=120, blank=True)
    answer_reason = models.TextField(blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        indexes = [
            models.Index(
                fields=["to_gemeente", "proposed_at"],
                condition=Q(state="pending"),
                name="transfer_waiting",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["casus"], condition=Q(state="pending"), name="transfer_one_pending"
            ),
            models.CheckConstraint(
                condition=~Q(from_gemeente=F("to_gemeente")), name="transfer_to_another"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="transfer_has_reason"),
            models.CheckConstraint(
                condition=Q(state="pending", answered_at=None)
                | (
                    Q(state__in=["accepted", "refused", "withdrawn"], answered_at__isnull=False)
                    & (Q(state="accepted") | ~Q(answer_reason=""))
                ),
                name="transfer_answer_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"overdracht van {self.casus} aan {self.to_gemeente}"
