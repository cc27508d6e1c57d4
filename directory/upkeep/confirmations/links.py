"""The signed link of the yearly question to a tafel, without an account.

It holds numbers only, never an address or a name. It is safe to sign the same one twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse

from directory.models import Confirmation, Procesafspraak, Proposal, ProposalStatus, Tafel
from rdm.lib import tokens

_YEARLY = "directory.confirm"


@dataclass(frozen=True)
class Question:
    """One yearly question to one tafel. It is answered once: `after` is the number of the last
    confirmation when it was asked, and a newer one closes it (E-174)."""

    tafel: Tafel
    after: int
    is_closed: bool  # somebody confirmed since it was asked
    is_waiting: bool  # it was answered with a proposal, which waits to be checked

    def again(self) -> Question:
        """The same question as it stands now; raises DoesNotExist when the tafel is gone."""
        return _question(_asked().get(pk=self.tafel.pk), self.after)


def yearly_link(tafel: Tafel) -> str:
    """The full address on which somebody of the tafel confirms the page, or proposes a change."""
    token = tokens.sign(_YEARLY, {"tafel": tafel.pk, "after": _last_confirmation(tafel)})
    return settings.SITE_URL + reverse("confirm_by_link", args=[token])


def question_of(token: str) -> Question | None:
    """The question behind a link; None when the link is made up or too old (`tafellink_geldig`).

    Ask the question itself whether it still waits for an answer.
    """
    days = Procesafspraak.number_of("tafellink_geldig")
    try:
        payload = tokens.read(token, _YEARLY, timedelta(days=days))
    except tokens.BadToken:
        return None
    tafel = _asked().filter(pk=payload["tafel"]).first()
    return _question(tafel, payload["after"]) if tafel else None


def _question(tafel: Any, after: int) -> Question:
    return Question(tafel, after, (tafel.last_confirmation or 0) != after, tafel.has_answer)


def _asked() -> QuerySet[Tafel]:
    """Tafels with what became of their yearly question, in one query."""
    last = Confirmation.objects.filter(tafel=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    answer = Proposal.objects.filter(
        tafel=OuterRef("pk"), status=ProposalStatus.OPEN, confirms=True, proposed_by=None
    )
    return Tafel.objects.select_related("led_by").annotate(
        last_confirmation=Subquery(last), has_answer=Exists(answer)
    )


def _last_confirmation(tafel: Tafel) -> int:
    return tafel.confirmations.order_by("-pk").values_list("pk", flat=True).first() or 0
