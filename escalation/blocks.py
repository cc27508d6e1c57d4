"""Which part of a dossier is care, safety or process: one table for every page, document, search
and message (O-09).

A casus is shared with an organisation in blocks. Who registered it, the responsible gemeente and
the coördinator read everything; an involved organisation reads the blocks that were ticked and
what stands in no block: code, gemeente, status, trede, term, who is involved, and why it is shared.
`permissions.blocks_of` says which blocks somebody sees; this module says what that means.

A text about two blocks is shown to whoever sees both. What is not in the table must be decided
first: tests/escalation/test_blocks.py fails for a new field or kind of event.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from django.db import models


class Block(models.TextChoices):
    """A part of the dossier that can be shared by itself.

    `hint` says what somebody reads who ticks it, for the form in which it is ticked; a block
    without one fails at import. Whoever reads a whole dossier reads every block there is.
    """

    hint: str

    CARE = (
        "care",
        "De situatie, wat er is geprobeerd, het plan van aanpak, wat de inwoner zelf wil, en een "
        "opname.",
        "zorg",
    )
    SAFETY = (
        "safety",
        "Het risico voor de veiligheid, en waarom er spoed is. Samen met zorg ook wat er speelt.",
        "veiligheid",
    )
    PROCESS = (
        "process",
        "Waarom het vastloopt, de route langs de tafels met hun adviezen, de aanmelding voor trede "
        "3, het overleg en de afspraken.",
        "proces",
    )

    def __new__(cls, value: str, hint: str | None = None) -> Block:
        if hint is None:
            raise TypeError(f"The block {value} does not say what somebody reads in it.")
        block = str.__new__(cls, value)
        block._value_ = value
        block.hint = hint
        return block


Blocks = frozenset[Block]

NONE: Blocks = frozenset()
CARE: Blocks = frozenset({Block.CARE})
SAFETY: Blocks = frozenset({Block.SAFETY})
PROCESS: Blocks = frozenset({Block.PROCESS})
ALL: Blocks = frozenset(Block)

HINTS: dict[str, str] = {block: block.hint for block in Block}
HIDDEN = "Niet met u gedeeld."

# Model → the blocks without which no row of it is shown.
ROWS: dict[str, Blocks] = {
    "Casus": NONE,
    "Involvement": NONE,
    "OwnReference": NONE,
    "Event": NONE,  # each event carries its own blocks
    "Admission": CARE,
    "Transfer": PROCESS,
    "RouteStep": PROCESS,
    "InstroomToets": PROCESS,
    "InstroomAnswer": ALL,
    "Submission": PROCESS,
    "Overleg": PROCESS,
    "Deelnemer": PROCESS,
    "DateOption": PROCESS,
    "DateAnswer": PROCESS,
    "Afspraak": PROCESS,
    "Nomination": PROCESS,
    # Each attachment is in a block of its own; see `Attachment.objects.visible_to`.
    "Attachment": NONE,
    "AttachmentVersion": NONE,
    "LeftOverFile": NONE,
    # Who was told what is a line of the timeline, with the blocks of that line.
    "Communication": NONE,
    # Filters that somebody keeps; no part of a dossier.
    "SavedView": NONE,
    # What a resident asked, and how a casus ends: for who carries the casus.
    **dict.fromkeys(("AccessRequest", "Correction", "Destruction", "Hold", "Restriction"), ALL),
    # About reading and not about a casus; for the FG alone.
    "LogWatch": NONE,
    "UnusualReading": NONE,
    "VirusScanner": NONE,
    "UnusualStep": NONE,
}
# Model → field → the blocks that it needs besides those of its row.
FIELDS: dict[str, dict[str, Blocks]] = {
    "Casus": {
        "situation": CARE,
        # "Veiligheid" and "forensische zorg" are among them.
        "domains": CARE | SAFETY,
        "frameworks": CARE,
        "guide_answers": ALL,
        "safety": SAFETY,
        "safety_text": SAFETY,
        "tried_regular": CARE,
        "waiting_list_only": CARE,
        "stagnation": PROCESS,
        "stagnations": PROCESS,
        "local_phase": PROCESS,
        "local_escalation": PROCESS,
        "plan_of_approach": CARE,
        "resident_view": CARE,
        "basic_needs": CARE,
        "client_support_reason": CARE,
        "not_informed_reason": CARE,
        "closing_reason": PROCESS,
        "advised_tafel": PROCESS,
    },
    # Of another organisation than one's own.
    "Involvement": {"purpose": PROCESS, "ground": PROCESS, "not_informed_reason": PROCESS},
    "RouteStep": {"extra_answers": CARE, "client_support_reason": CARE},
    "InstroomToets": {"deciding": ALL},
    "Submission": {
        "plan_of_approach": CARE,
        "warnings": ALL,
        "spoed_asked_reason": SAFETY,
        "spoed_reason": SAFETY,
    },
}
# Model → fields in no block, for everybody who may read the casus.
OPEN: dict[str, frozenset[str]] = {
    "Casus": frozenset(
        {
            *("id", "code", "version", "status", "status_since", "due", "gemeente"),
            *("registered_by", "carried_by", "created_by", "created_at", "updated_at"),
            *(
                "registered_at",
                "first_submitted_at",
                "closed_at",
                "closing",
                "no_acute_danger",
                "adult",
            ),
            *("restricted_at", "destroyed_at"),
            # Whether somebody stands beside the resident must be known to all (E-127).
            *("client_support", "client_support_by"),
            # Why the casus is shared: who reads along must know for what.
            *("sharing_purpose", "sharing_ground", "resident_informed", "resident_informed_on"),
        }
    ),
    # With whom, which blocks and until when: that everybody sees.
    "Involvement": frozenset(
        {
            *("id", "casus", "organisation", "version", "part", "blocks", "since", "until"),
            *("ended_at", "added_by_name", "resident_informed_on", "secrecy_signed_on"),
        }
    ),
}
# Kind of event → the blocks it is about. A note and a change carry those of their own words.
EVENTS: dict[str, Blocks] = {
    "started": NONE,
    "registered": NONE,
    "discarded": NONE,
    "edited": ALL,
    "note": ALL,
    "explained": ALL,
    **dict.fromkeys(
        (
            *("access_requested", "people_judged", "corrected", "restricted"),
            *("restriction_lifted", "hold", "hold_released"),
            *("destruction_proposed", "destruction_approved"),
        ),
        ALL,
    ),
    "communication": ALL,
    "note_corrected": ALL,
    "communication_corrected": ALL,
    # They carry the block of their attachment.
    **dict.fromkeys(
        (
            *("attachment_added", "attachment_version"),
            *("attachment_withdrawn", "attachment_infected"),
        ),
        ALL,
    ),
    "client_support": CARE,
    "admitted": CARE,
    "discharged": CARE,
    "spoed": SAFETY,
    **dict.fromkeys(
        (
            *("involved", "involvement_changed", "uninvolved"),
            *("transfer_proposed", "transfer_withdrawn", "transfer_refused", "transferred"),
            *("step_added", "instroom", "step_submitted", "step_not_admitted"),
            *("step_discussed", "step_closed"),
            *("submitted", "withdrawn", "completion_asked", "completed", "accepted", "returned"),
            *("deelnemer_added", "deelnemer_changed", "deelnemer_removed"),
            *("dates_asked", "dates_reminded", "dates_answered"),
            *("date_fixed", "date_cancelled", "overleg_stopped", "held", "afspraak"),
            *("returned_to_region", "nominated", "answered", "terugkoppeling"),
            *("closed", "reopened"),
        ),
        PROCESS,
    ),
}


def needs(model: str, field: str) -> Blocks:
    """The blocks that somebody must see to read this field."""
    return ROWS[model] | FIELDS.get(model, {}).get(field, NONE)


def of_event(kind: str) -> Blocks:
    """What an event of this kind is about; one that nobody decided about is about everything."""
    return EVENTS.get(kind, ALL)


def of_fields(model: str, names: Iterable[str]) -> Blocks:
    """What a change of these fields is about."""
    return NONE.union(*(needs(model, name) for name in names))


# --- As they are kept -------------------------------------------------------------------------


def stored(blocks: Iterable[Block | str]) -> str:
    """Blocks as a row keeps them: always in the same order, so that they can be compared."""
    chosen = {Block(one) for one in blocks}
    return " ".join(one.value for one in Block if one in chosen)


def read(text: str) -> Blocks:
    return frozenset(Block(one) for one in text.split())


# Every value that `stored` can give.
STORED = [stored(some) for size in range(len(Block) + 1) for some in combinations(Block, size)]


def within(blocks: Blocks) -> list[str]:
    """The stored values of which every block is in `blocks`, for a query."""
    return [one for one in STORED if read(one) <= blocks]


def having(block: Block) -> list[str]:
    """The stored values that hold `block`, for a query."""
    return [one for one in STORED if block in read(one)]


def in_words(blocks: Iterable[Block]) -> str:
    """ "zorg, veiligheid en proces"."""
    chosen = set(blocks)
    names = [one.label for one in Block if one in chosen]
    return " en ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


# --- On a row that was read -------------------------------------------------------------------


def mask(row: Any, seen: Blocks) -> None:
    """Take out of `row`, as it was read, what is not shared with a reader who sees `seen`.

    A text says that it is not shared, anything else is empty, so that a page that forgets to ask
    shows nothing too much. `row` is for reading only from then on.
    """
    kind = type(row).__name__
    hidden = {name for name, needed in FIELDS.get(kind, {}).items() if not needed <= seen}
    for name in hidden:
        field = row._meta.get_field(name)
        if field.many_to_many:
            cache = row.__dict__.setdefault("_prefetched_objects_cache", {})
            cache[name] = field.related_model.objects.none()
        elif isinstance(field, models.CharField | models.TextField):
            setattr(row, name, HIDDEN)
        elif isinstance(field, models.JSONField):
            setattr(row, name, field.get_default())
        else:
            setattr(row, name, None)
    row.hidden_fields = frozenset(hidden)


def is_hidden(row: Any, name: str) -> bool:
    """Whether this field was taken out for the reader for whom `row` was read."""
    return name in getattr(row, "hidden_fields", ())
