"""The signed link of the survey, without an account.

It holds a number only, and is the same for everybody.
"""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from directory.models import Evaluation
from rdm.lib import tokens
from rdm.lib.tokens import FOR_EVER

_EVALUATION = "directory.evaluation"


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
