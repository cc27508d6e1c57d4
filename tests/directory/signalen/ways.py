"""What the tests about signalen share: one in any status, reached the way the themagroep does."""

from __future__ import annotations

from typing import Any

from directory.models import Signaal, User
from directory.signalen import actions as signalen

TEXT = "Verzonnen signaal: wij horen niet wat er aan tafel is afgesproken."
ANSWER = "Verzonnen antwoord: de tafel stuurt voortaan een verslag."
SENDER = "afzender@voorbeeld.example"
# Status → the steps that lead to it from the first one.
WAYS: dict[str, tuple[str, ...]] = {
    "new": (),
    "in_progress": ("take_up",),
    "expert_group": ("take_up", "to_expert_group"),
    "steering_group": ("take_up", "to_steering_group"),
    "done": ("take_up", "finish"),
}


def left(**more: Any) -> Signaal:
    """Somebody left this a moment ago."""
    return signalen.leave(**{"text": TEXT, **more})


def take(signaal: Signaal, name: str, by: User, version: int | None = None) -> None:
    """One step, with everything that it needs."""
    if name == "finish":
        signalen.finish(signaal=signaal, by=by, answer=ANSWER, version=version)
    else:
        signalen.move(
            signaal=signaal, by=by, name=name, note="Verzonnen toelichting.", version=version
        )


def reached(status: str, *, by: User, **more: Any) -> Signaal:
    """A signaal in this status."""
    signaal = left(**more)
    for name in WAYS[status]:
        take(signaal, name, by)
    return Signaal.objects.get(pk=signaal.pk)
