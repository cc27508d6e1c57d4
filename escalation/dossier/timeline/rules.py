"""The timeline as people read it: which lines, in which groups, and each line in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from escalation.blocks import Blocks
from escalation.models import Casus, Event
from rdm.lib.diff import marked

NOTE, NOTE_CORRECTED = "note", "note_corrected"
COMMUNICATION, COMMUNICATION_CORRECTED = "communication", "communication_corrected"
# What people wrote themselves. Every other line says what was done, and only doing mends that.
CORRECTABLE = frozenset({NOTE, NOTE_CORRECTED, COMMUNICATION, COMMUNICATION_CORRECTED})
# What changes the course of a casus; shown heavier.
DECISIONS = frozenset(
    {
        *("registered", "submitted", "accepted", "returned", "held", "step_closed"),
        *("returned_to_region", "transferred", "admitted", "discharged", "overleg_stopped"),
        *("nominated", "answered", "closed", "reopened"),
    }
)
# What a reader can choose. A kind may be in two groups; what is in none is found under "Overig".
GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    "besluiten": ("Besluiten", DECISIONS),
    "gegevens": ("Gewijzigde gegevens", frozenset({"edited", "client_support"})),
    "route": (
        "Stappen bij een tafel",
        frozenset(
            {
                *("step_added", "instroom", "step_submitted", "step_not_admitted"),
                *("step_discussed", "step_closed"),
            }
        ),
    ),
    "trede-3": (
        "Trede 3 en het overleg",
        frozenset(
            {
                *("submitted", "withdrawn", "completion_asked", "completed", "spoed", "accepted"),
                *(
                    "returned",
                    "deelnemer_added",
                    "deelnemer_changed",
                    "deelnemer_removed",
                    "dates_asked",
                ),
                *("dates_reminded", "dates_answered", "date_fixed", "date_cancelled"),
                *("overleg_stopped", "held", "afspraak", "returned_to_region", "nominated"),
                *("answered", "terugkoppeling"),
            }
        ),
    ),
    "delen": (
        "Delen en verantwoordelijkheid",
        frozenset(
            {
                *("involved", "uninvolved", "transfer_proposed", "transfer_withdrawn"),
                *("transferred", "transfer_refused", "admitted", "discharged"),
            }
        ),
    ),
    "notities": ("Notities", frozenset({NOTE, NOTE_CORRECTED})),
    "geinformeerd": (
        "Wie is geïnformeerd",
        frozenset({COMMUNICATION, COMMUNICATION_CORRECTED}),
    ),
}
REST = "overig"
NOT_A_CHOICE = {"invalid_choice": "Deze keuze bestaat niet. Kies er een uit de lijst."}
# Longer than this, or on more lines, an old and a new value stand under each other, not in a line.
SHORT = 120
# So many characters of a page are compared word by word; comparing takes time.
MOST_COMPARED = 60_000


def events_of(casus: Casus, seen: Blocks) -> QuerySet[Event]:
    """The lines of this casus, newest first, each with the line that it corrects or is corrected
    by, as far as they are shared with a reader who sees these blocks. Whatever shows the timeline
    begins here."""
    found = Event.objects.filter(casus=casus).about(seen)
    return found.select_related("corrects", "correction", "communication")


def can_be_corrected(event: Event) -> bool:
    return event.kind in CORRECTABLE and not hasattr(event, "correction")


# --- Lines ----------------------------------------------------------------------------------------


def as_lines(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events for the component `timeline.html`, with what was changed marked word by word."""
    left = MOST_COMPARED
    lines = []
    for event in events:
        line = _line(event)
        line["changes"] = []
        for label, old, new in _changes(event):
            left -= len(old) + len(new)
            line["changes"].append(_change(label, old, new, compare=left > 0))
        if event.kind == NOTE_CORRECTED and line["changes"]:
            line["text"] = ""  # it stands in the change
        lines.append(line)
    return lines


def as_brief_lines(events: Iterable[Event]) -> list[dict[str, Any]]:
    """The same beside a dossier: which answers were changed, not what was in them."""
    lines = []
    for event in events:
        line = _line(event)
        labels = ", ".join(label for label, _, _ in _changes(event) if not event.corrects_id)
        # A title that names the answer already says it.
        if labels not in event.title:
            line["text"] = line["text"] or labels
        lines.append(line)
    return lines


def _line(event: Event) -> dict[str, Any]:
    return {
        "pk": event.pk,
        "title": event.title,
        "who": event.actor_name,
        "organisation": event.actor_organisation,
        "when": event.at,
        "text": event.text,
        "kind": "decision" if event.kind in DECISIONS else "",
        "corrects": event.corrects,
        "correction": getattr(event, "correction", None),
    }


def _changes(event: Event) -> list[tuple[str, str, str]]:
    """Label, old and new; of a corrected note the two texts."""
    if event.corrects is not None and event.kind == NOTE_CORRECTED:
        return [("Wat er veranderde", event.corrects.text, event.text)]
    return [(one["label"], one["old"], one["new"]) for one in event.changes]


def _change(label: str, old: str, new: str, *, compare: bool) -> dict[str, Any]:
    """One changed answer: in a line when it is short, otherwise with the words marked."""
    long = any(len(text) > SHORT or "\n" in text for text in (old, new))
    sides: tuple[str | SafeString, str | SafeString] = (old, new)
    if long and compare:
        sides = marked(old, new)
    return {"label": label, "old": sides[0], "new": sides[1], "long": long}
