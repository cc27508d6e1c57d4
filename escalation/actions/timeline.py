"""What people add to the timeline: a note, who was told what, what puts an earlier line right.

Nothing here changes or removes a line: a correction is one more line that refers to the wrong one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.text import capfirst

from audit.transaction import action
from escalation.blocks import Block, read
from escalation.change import record, require, tell, touch
from escalation.models import Casus, Communication, Event
from escalation.permissions import blocks_of
from escalation.timeline import (
    COMMUNICATION,
    COMMUNICATION_CORRECTED,
    NOTE_CORRECTED,
    can_be_corrected,
)
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.refusal import Forbidden, Refused, need

if TYPE_CHECKING:
    from directory.models import User

# Between what was told and what was wrong about the line before.
WHY = "\nWat er niet klopte: "
ALREADY = "Deze regel is al verbeterd. Verbeter de nieuwe regel."


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
def add_note(*, casus: Casus, by: User, text: str, about: Collection[Block] = ()) -> None:
    """A line on the timeline; it cannot be changed afterwards, only followed by another.

    `about` are the blocks it is about, of those that the writer sees; all of those when none are
    given, so that nobody reads it who sees less than the writer.
    """
    require(by, casus, "add_note")
    kept = need(text, "Schrijf eerst een tekst.", "text")
    seen = blocks_of(by, casus)
    chosen = frozenset(about) if about else seen
    if chosen - seen:
        raise Forbidden("U kunt alleen iets schrijven over wat met u is gedeeld.")
    tell(casus, "note", "Notitie", by=by, text=kept, about=chosen)
    touch(casus)
    record(casus, "add_note", by=by)


@action
def correct_note(*, event: Event, by: User, text: str) -> Event:
    """Put a note right with a new one that refers to it; both stay readable."""
    casus = event.casus
    require(by, casus, "correct_note")
    if hasattr(event, "correction"):
        raise Refused(ALREADY)
    if not can_be_corrected(event) or hasattr(event, "communication"):
        raise Refused("Deze regel is geen notitie. U kunt hem niet verbeteren.")
    kept = need(text, "Schrijf op hoe het wel is.", "text")
    if kept == event.text:
        raise Refused("Deze tekst staat er al zo.", "text")
    made = _corrected(casus, NOTE_CORRECTED, "Verbetering van een notitie", event, by=by, text=kept)
    touch(casus)
    record(casus, "correct_note", by=by)
    return made


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
        _corrected(casus, COMMUNICATION_CORRECTED, title, wrong, by=by, text=kept)
        made = None
    else:
        _check(told)
        title = f"Verbetering: {told.title[0].lower()}{told.title[1:]}"
        text = f"{told.text.strip()}{WHY}{kept}"
        event = _corrected(casus, COMMUNICATION_CORRECTED, title, wrong, by=by, text=text)
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


def _corrected(casus: Casus, kind: str, title: str, wrong: Event, *, by: User, text: str) -> Event:
    """One more line that refers to the wrong one, for whoever reads that one; refuses when
    somebody did so already."""
    about = read(wrong.blocks)
    if about - blocks_of(by, casus):
        raise Forbidden("Deze regel is niet met u gedeeld.")
    try:
        with transaction.atomic():
            return tell(
                casus, kind=kind, title=title, by=by, text=text, about=about, corrects=wrong
            )
    except IntegrityError:
        raise Refused(ALREADY) from None
