"""What a signaal is about, and how long its sender waits."""

from __future__ import annotations

from directory.models import Signaal, Tafel
from rdm.lib import clock

WHOLE = "het hele overzicht"


def subject_of(signaal: Signaal) -> str:
    """What a signaal is about, as words in a sentence."""
    return about(signaal.tafel)


def about(tafel: Tafel | None) -> str:
    return tafel.name if tafel else WHOLE


def age(signaal: Signaal) -> str:
    """How long the sender waits, or waited, for the answer: "0 dagen", "1 dag", "12 dagen"."""
    until = clock.local_date(signaal.done_at) if signaal.done_at else clock.today()
    days = (until - clock.local_date(signaal.left_at)).days
    return "1 dag" if days == 1 else f"{days} dagen"
