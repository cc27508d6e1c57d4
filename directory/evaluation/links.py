"""The signed links of the survey: to answer it, without an account, and to get it no more.

A link holds a number only. The one to answer is the same for everybody, the one to stop belongs to
an account.
"""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from directory.models import Evaluation, User
from rdm.lib import tokens
from rdm.lib.tokens import FOR_EVER

_EVALUATION = "directory.evaluation"
_STOP = "directory.evaluation.stop"


def evaluation_link(evaluation: Evaluation) -> str:
    """The full address of the survey, the same for everybody."""
    token = tokens.sign(_EVALUATION, {"evaluation": evaluation.pk})
    return settings.SITE_URL + reverse("evaluation_answer", args=[token])


def evaluation_of(token: str) -> Evaluation | None:
    """The evaluation behind a link, open or not; None when the link is made up."""
    try:
        payload = tokens.read(token, _EVALUATION, FOR_EVER)
    except tokens.BadToken:
        return None
    return Evaluation.objects.filter(pk=payload["evaluation"]).first()


def stop_link(person: User) -> str:
    """The full address of the page with the button to get no survey any more."""
    return settings.SITE_URL + reverse("evaluation_stop", args=[_sign_stop(person)])


def stop_at_once_link(person: User) -> str:
    """The full address to which a mail program posts, to stop at once (RFC 8058)."""
    return settings.SITE_URL + reverse("evaluation_stop_one_click", args=[_sign_stop(person)])


def stopping(token: str) -> User | None:
    """Whose link to stop this is; None when it is made up."""
    try:
        payload = tokens.read(token, _STOP, FOR_EVER)
    except tokens.BadToken:
        return None
    return User.objects.filter(pk=payload["user"]).first()


def _sign_stop(person: User) -> str:
    return tokens.sign(_STOP, {"user": person.pk})
