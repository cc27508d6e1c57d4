"""Where the receiving gemeente answers."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from escalation.models import Casus


def answer_link(casus: Casus) -> str:
    """Where the receiving gemeente answers a transfer: it does not see the dossier."""
    return settings.SITE_URL + reverse("transfer_answer", args=[casus.code])
