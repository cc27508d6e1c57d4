"""What the pages of a signaal have in common: the right, the signaal itself, and its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse

from audit import explanation
from directory.models import Signaal, SignaalStatus, User
from directory.permissions import reason_denied
from directory.signalen import rules
from directory.web.signed_in import AuthedRequest
from rdm.lib.forms import ScreeningOverride

TONES: dict[str, str] = {
    SignaalStatus.NEW: "warning",
    SignaalStatus.IN_PROGRESS: "info",
    SignaalStatus.EXPERT_GROUP: "info",
    SignaalStatus.STEERING_GROUP: "info",
    SignaalStatus.DONE: "success",
}
# The Dutch word in the address of each step.
WORDS = {
    "oppakken": "take_up",
    "afronden": "finish",
    "expertgroep": "to_expert_group",
    "stuurgroep": "to_steering_group",
    "terugnemen": "take_back",
    "heropenen": "reopen",
}
ADDRESSES = {name: word for word, name in WORDS.items()}


def explain(signaal: Signaal, overrides: Sequence[ScreeningOverride]) -> None:
    """Why a found text is no personal data, kept with the signaal it is about."""
    for one in overrides:
        explanation.keep(
            object_type="signaal",
            object_id=str(signaal.pk),
            field=one.field,
            kinds=one.kinds,
            reason=one.reason,
        )


def require(request: AuthedRequest, action: str) -> User:
    """Who asks; say why not, with 403, to who cannot do this."""
    user = request.user
    if reason := reason_denied(user, action):
        raise PermissionDenied(reason)
    return user


def load(pk: int) -> Signaal:
    found: Signaal = get_object_or_404(
        Signaal.objects.select_related("tafel", "theme", "sender_kind"), pk=pk
    )
    return found


def frame(signaal: Signaal, *, below: bool = False) -> dict[str, Any]:
    """What the pages of one signaal share; `below` is for a page under its own."""
    name = f"Signaal over {rules.subject_of(signaal)}"
    own_page = reverse("signaal_detail", args=[signaal.pk])
    return {
        "signaal": signaal,
        "name": name,
        "tone": TONES[signaal.status],
        "crumbs": [("Signalen", reverse("signaal_list")), *([(name, own_page)] if below else [])],
        "own_page": own_page,
    }
