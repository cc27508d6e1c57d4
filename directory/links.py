"""Signed links without an account: the yearly question to a tafel, and what subscribers get.

A link holds numbers only, never an address or a name. It is safe to sign the same one twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse

from directory.models import (
    Confirmation,
    Evaluation,
    Procesafspraak,
    Proposal,
    ProposalStatus,
    Subscriber,
    Tafel,
)
from rdm.lib import tokens

_YEARLY = "directory.confirm"
_SUBSCRIBE = "directory.subscribe"
_UNSUBSCRIBE = "directory.unsubscribe"
_EVALUATION = "directory.evaluation"
# Leaving must work for as long as the mail exists.
_FOR_EVER = timedelta.max


# --- The yearly question --------------------------------------------------------------------------


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


# --- Subscribers ----------------------------------------------------------------------------------


def subscribe_link(subscriber: Subscriber) -> str:
    """The full address on which somebody says that the subscription is really theirs."""
    return settings.SITE_URL + reverse("subscribe_confirm", args=[_sign(_SUBSCRIBE, subscriber)])


def unsubscribe_link(subscriber: Subscriber) -> str:
    """The full address of the page with the button to leave."""
    return settings.SITE_URL + reverse("unsubscribe", args=[_sign(_UNSUBSCRIBE, subscriber)])


def one_click_link(subscriber: Subscriber) -> str:
    """The full address to which a mail program posts, to leave at once (RFC 8058)."""
    token = _sign(_UNSUBSCRIBE, subscriber)
    return settings.SITE_URL + reverse("unsubscribe_one_click", args=[token])


def _sign(purpose: str, subscriber: Subscriber) -> str:
    payload = {"subscriber": subscriber.pk, "version": subscriber.link_version}
    return tokens.sign(purpose, payload)


def asked_by(token: str) -> Subscriber | None:
    """The subscriber who got this link to confirm; None when it is made up, too old
    (`abonneelink_geldig`) or of somebody who left."""
    days = Procesafspraak.number_of("abonneelink_geldig")
    try:
        payload = tokens.read(token, _SUBSCRIBE, timedelta(days=days))
    except tokens.BadToken:
        return None
    return _subscriber(payload)


def leaving(token: str) -> tuple[bool, Subscriber | None]:
    """Whether this is a link to leave, and whose; nobody's when that reader left already."""
    try:
        payload = tokens.read(token, _UNSUBSCRIBE, _FOR_EVER)
    except tokens.BadToken:
        return False, None
    return True, _subscriber(payload)


def _subscriber(payload: dict[str, int]) -> Subscriber | None:
    return Subscriber.objects.filter(
        pk=payload["subscriber"], link_version=payload["version"]
    ).first()


# --- The yearly evaluation ------------------------------------------------------------------------


def evaluation_link(evaluation: Evaluation) -> str:
    """The full address of the survey, the same for everybody."""
    token = tokens.sign(_EVALUATION, {"evaluation": evaluation.pk})
    return settings.SITE_URL + reverse("evaluation_answer", args=[token])


def evaluation_of(token: str) -> Evaluation | None:
    """The evaluation behind a link, open or not; None when the link is made up."""
    try:
        payload = tokens.read(token, _EVALUATION, _FOR_EVER)
    except tokens.BadToken:
        return None
    return Evaluation.objects.filter(pk=payload["evaluation"]).first()
