"""A line that somebody writes on the timeline, and putting it right."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from audit.transaction import action
from escalation.blocks import Block, read
from escalation.change import record, require, tell, touch
from escalation.dossier.timeline.rules import NOTE_CORRECTED, can_be_corrected
from escalation.models import Casus, Event
from escalation.permissions import blocks_of
from rdm.lib.refusal import Forbidden, Refused, need

if TYPE_CHECKING:
    from directory.models import User
ALREADY = "Deze regel is al verbeterd. Verbeter de nieuwe regel."


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
    made = corrected(casus, NOTE_CORRECTED, "Verbetering van een notitie", event, by=by, text=kept)
    touch(casus)
    record(casus, "correct_note", by=by)
    return made


def corrected(casus: Casus, kind: str, title: str, wrong: Event, *, by: User, text: str) -> Event:
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
