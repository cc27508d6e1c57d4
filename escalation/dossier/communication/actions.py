"""Who was told what about a casus (E-129)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.text import capfirst

from audit.transaction import action
from escalation.change import record, require, tell, touch
from escalation.dossier.timeline.actions import corrected
from escalation.dossier.timeline.rules import COMMUNICATION, COMMUNICATION_CORRECTED
from escalation.models import Casus, Communication, Event
from escalation.permissions import blocks_of
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.refusal import Refused, need

if TYPE_CHECKING:
    from directory.models import User

# Between what was told and what was wrong about the line before.
WHY = "\nWat er niet klopte: "


@dataclass(frozen=True)
class Told:
    """That somebody was told something: who, how, on which day, and what."""

    party: str
    way: str
    on: date
    text: str
    who: str = ""

    @property
    def title(self) -> str:
        """ "De inwoner geïnformeerd op 3 november 2026, per brief"."""
        words = Communication(party=self.party, who=self.who).told
        way = Communication.Way(self.way).label
        return f"{capfirst(words)} geïnformeerd op {long_date(self.on)}, {way}"


@action
def log_communication(*, casus: Casus, by: User, told: Told) -> Communication:
    """Keep that somebody was told something about the casus (E-129). As a note, only who sees at
    least as much as the writer reads it."""
    require(by, casus, "log_communication")
    _check(told)
    seen = blocks_of(by, casus)
    event = tell(casus, COMMUNICATION, told.title, by=by, text=told.text.strip(), about=seen)
    made = _keep(casus, event, told)
    touch(casus)
    record(casus, "log_communication", by=by)
    return made


@action
def correct_communication(
    *, communication: Communication, by: User, reason: str, told: Told | None
) -> Communication | None:
    """Put a line of the log right, with how it really was; `told` None: it never happened."""
    casus, wrong = communication.casus, communication.event
    require(by, casus, "correct_note")
    kept = need(reason, "Leg uit wat er niet klopte.", "reason")
    if told is None:
        title = "Verbetering: dit contact was er niet"
        corrected(casus, COMMUNICATION_CORRECTED, title, wrong, by=by, text=kept)
        made = None
    else:
        _check(told)
        title = f"Verbetering: {told.title[0].lower()}{told.title[1:]}"
        text = f"{told.text.strip()}{WHY}{kept}"
        event = corrected(casus, COMMUNICATION_CORRECTED, title, wrong, by=by, text=text)
        made = _keep(casus, event, told)
    touch(casus)
    record(casus, "correct_note", by=by, part="communication")
    return made


def _check(told: Told) -> None:
    need(told.text, "Schrijf op wat u hebt verteld.", "text")
    if told.party == Communication.Party.OTHER:
        need(told.who, "Vul in wie u hebt geïnformeerd.", "who")
    if told.on > clock.today():
        raise Refused("Deze datum ligt in de toekomst.", "on")


def _keep(casus: Casus, event: Event, told: Told) -> Communication:
    return Communication.objects.create(
        casus=casus,
        event=event,
        party=told.party,
        who=told.who.strip(),
        way=told.way,
        on=told.on,
    )
