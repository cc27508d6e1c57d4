"""What can be done with a casus: one row per action, with who may do it and when.

A row says it all, so a new action is one row, and one that says too little fails at import. A row
with a `target` is a transition: `CASUS_FLOW` is made of those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.models import Role
from escalation.permissions import keeping
from escalation.permissions.completeness import registration_complete
from escalation.permissions.relations import already_admitted, not_admitted, nothing_offered
from escalation.roles import (
    BY_COORDINATOR,
    BY_GEMEENTE,
    BY_OVERSEER,
    BY_RECEIVER,
    BY_REGISTRANT,
    ON_ROUTE,
    READERS,
    Relation,
    Who,
)
from escalation.workflow import CasusStatus
from rdm.lib.flow import Flow, Transition

if TYPE_CHECKING:
    from escalation.models import Casus
    from escalation.permissions.circumstances import Circumstances

Status = CasusStatus
# Looks at a casus and at what stands around it, and says in Dutch why not, or None.
Guard = Callable[["Circumstances"], str | None]


@dataclass(frozen=True)
class When:
    """The statuses in which an action makes sense. `why_not` says in Dutch why another one does
    not, for the casus that has it; without it the statuses are named."""

    statuses: tuple[CasusStatus, ...]
    why_not: Callable[[Casus], str | None] | None = None

    def denies(self, casus: Casus) -> str | None:
        if casus.status in self.statuses:
            return None
        if self.why_not and (reason := self.why_not(casus)):
            return reason
        labels = " of ".join(f"‘{status.label}’" for status in self.statuses)
        now = CasusStatus(casus.status).label
        return f"Dit kan alleen als de status {labels} is. De status is nu ‘{now}’."


@dataclass(frozen=True, kw_only=True)
class Action:
    """One thing that is done with a casus.

    `who` are the (role, relation) pairs that may do it, `when` the statuses, `guards` what else
    can be in the way. While the casus is offered to another gemeente, and while its use is
    restricted, some actions have to wait. A transition has a `label` (its button) and a `target`.
    """

    who: Who
    when: When
    while_offered: bool = True
    while_restricted: bool = False
    guards: tuple[Guard, ...] = ()
    label: str = ""
    target: CasusStatus | None = None

    def __post_init__(self) -> None:
        if bool(self.label) != (self.target is not None):
            raise ValueError("A transition has a label and a target, another action has neither.")


def _in(*statuses: CasusStatus) -> When:
    return When(statuses)


def _but(*statuses: CasusStatus) -> tuple[CasusStatus, ...]:
    return tuple(status for status in Status if status not in statuses)


def _is_complete(now: Circumstances) -> str | None:
    return registration_complete(now.casus)


def _draft_or_closed(casus: Casus) -> str:
    if casus.is_draft:
        return "Dit is nog een concept. Registreer de casus eerst."
    return "De casus is afgesloten. Heropen de casus eerst."


def _draft_or_gone(casus: Casus) -> str:
    if casus.is_draft:
        return "Dit is nog een concept. Registreer de casus eerst."
    return "Dit concept is verwijderd. Er staat niets meer in."


def _at_trede_3(casus: Casus) -> str | None:
    if Status(casus.status).next.trede != 3:
        return None
    return (
        "De casus is bij trede 3. Het coördinatiepunt werkt dan met deze gemeente. Een andere "
        "gemeente kan de casus daarna overnemen."
    )


ALWAYS = When(tuple(Status))
REGISTERED = _in(*_but(Status.DRAFT, Status.DISCARDED))
# What people note about a casus that is registered and not closed.
WHILE_OPEN = When(_but(Status.DRAFT, Status.DISCARDED, Status.CLOSED), _draft_or_closed)
# What the resident may ask, and keeping it longer, also of a casus that is closed.
WHILE_KEPT = When(_but(Status.DRAFT, Status.DISCARDED), _draft_or_gone)
ON_THE_WAY = _in(Status.ACTIVE)
# The gate asks for it, so it can be put right while the coördinatiepunt waits for an answer.
AT_WORK = _in(Status.ACTIVE, Status.INCOMPLETE)
OPEN_OVERLEG = (Status.ACCEPTED, Status.PLANNED)
TRANSFERABLE = (Status.ACTIVE, Status.NOMINATED)

ACTIONS: dict[str, Action] = {
    "view": Action(who=READERS, when=ALWAYS, while_restricted=True),
    "view_access_log": Action(who=BY_COORDINATOR | BY_OVERSEER, when=ALWAYS, while_restricted=True),
    "edit": Action(who=ON_ROUTE, when=_in(Status.DRAFT, Status.ACTIVE, Status.INCOMPLETE)),
    "register": Action(
        label="Registreer de casus",
        who=BY_REGISTRANT,
        when=_in(Status.DRAFT),
        target=Status.ACTIVE,
        guards=(_is_complete,),
    ),
    "discard": Action(
        label="Gooi dit concept weg",
        who=BY_REGISTRANT,
        when=_in(Status.DRAFT),
        target=Status.DISCARDED,
    ),
    # A new registration that begins with what is known of this one.
    "copy": Action(who=BY_REGISTRANT, when=_in(Status.DRAFT, *REGISTERED.statuses)),
    # --- The route ----------------------------------------------------------------------------
    "add_step": Action(who=ON_ROUTE, when=ON_THE_WAY),
    "change_step": Action(who=ON_ROUTE | BY_GEMEENTE, when=AT_WORK),
    "check_instroom": Action(who=ON_ROUTE, when=AT_WORK),
    "submit_step": Action(who=ON_ROUTE, when=ON_THE_WAY),
    "not_admit_step": Action(who=ON_ROUTE, when=AT_WORK),
    "discuss_step": Action(who=ON_ROUTE, when=AT_WORK),
    "close_step": Action(who=ON_ROUTE, when=AT_WORK),
    # The submission on paper, for the tafel: everything that it needs to know.
    "export_step": Action(who=ON_ROUTE | BY_GEMEENTE, when=REGISTERED),
    "offer_client_support": Action(who=ON_ROUTE | BY_GEMEENTE, when=WHILE_OPEN),
    # --- What people note ---------------------------------------------------------------------
    "add_note": Action(who=READERS, when=WHILE_OPEN),
    "add_attachment": Action(who=READERS, when=WHILE_OPEN),
    "note_reference": Action(who=READERS, when=REGISTERED),
    # What somebody else added, only by who carries the casus: see `attachments.rules`.
    "withdraw_attachment": Action(who=READERS, when=REGISTERED),
    # Also afterwards: the resident hears that the casus is closed, and a mistake can be put right.
    "correct_note": Action(who=READERS, when=REGISTERED),
    "log_communication": Action(who=READERS, when=REGISTERED),
    # --- With whom it is shared ---------------------------------------------------------------
    "involve": Action(who=ON_ROUTE | BY_GEMEENTE, when=WHILE_OPEN),
    "change_involvement": Action(who=ON_ROUTE | BY_GEMEENTE, when=WHILE_OPEN),
    # Withdrawn at once, also from a casus that is closed.
    "end_involvement": Action(who=ON_ROUTE | BY_GEMEENTE, when=REGISTERED),
    # A casus that was offered to another gemeente stays as it was offered (see `Transfer`).
    "propose_transfer": Action(
        who=BY_GEMEENTE | {(Role.PROCESMANAGER, Relation.REGISTERING)},
        when=When(TRANSFERABLE, _at_trede_3),
        while_offered=False,
    ),
    # Also while restricted: or the other gemeente could not answer, and this one could not take
    # the question back.
    "withdraw_transfer": Action(
        who=BY_GEMEENTE | {(Role.PROCESMANAGER, Relation.REGISTERING)},
        when=_in(*TRANSFERABLE),
        while_restricted=True,
        guards=(nothing_offered,),
    ),
    "answer_transfer": Action(who=BY_RECEIVER, when=_in(*TRANSFERABLE), guards=(nothing_offered,)),
    "record_admission": Action(
        who=ON_ROUTE | BY_GEMEENTE, when=WHILE_OPEN, guards=(already_admitted,)
    ),
    "end_admission": Action(who=ON_ROUTE | BY_GEMEENTE, when=WHILE_OPEN, guards=(not_admitted,)),
    # --- Trede 3 ------------------------------------------------------------------------------
    "submit": Action(
        label="Meld aan voor trede 3",
        who=ON_ROUTE,
        when=ON_THE_WAY,
        target=Status.SUBMITTED,
        while_offered=False,
    ),
    "withdraw": Action(
        label="Trek de aanmelding in",
        who=ON_ROUTE,
        when=_in(Status.SUBMITTED, Status.INCOMPLETE),
        target=Status.ACTIVE,
    ),
    "ask_completion": Action(
        label="Vraag een aanvulling",
        who=BY_COORDINATOR,
        when=_in(Status.SUBMITTED),
        target=Status.INCOMPLETE,
    ),
    "complete": Action(
        label="Vul de aanmelding aan",
        who=ON_ROUTE,
        when=_in(Status.INCOMPLETE),
        target=Status.SUBMITTED,
    ),
    "mark_spoed": Action(
        label="Ken spoed toe",
        who=BY_COORDINATOR,
        when=_in(Status.SUBMITTED),
        target=Status.SUBMITTED,
    ),
    "accept": Action(
        label="Neem de casus aan",
        who=BY_COORDINATOR,
        when=_in(Status.SUBMITTED),
        target=Status.ACCEPTED,
    ),
    "return_with_advice": Action(
        label="Geef terug met advies",
        who=BY_COORDINATOR,
        when=_in(Status.SUBMITTED),
        target=Status.ACTIVE,
    ),
    # --- The overleg --------------------------------------------------------------------------
    "plan_overleg": Action(who=BY_GEMEENTE | BY_COORDINATOR, when=_in(*OPEN_OVERLEG)),
    "fix_date": Action(
        label="Leg de datum vast",
        who=BY_GEMEENTE | BY_COORDINATOR,
        when=_in(*OPEN_OVERLEG),
        target=Status.PLANNED,
    ),
    "cancel_date": Action(
        label="Zeg deze datum af",
        who=BY_GEMEENTE | BY_COORDINATOR,
        when=_in(Status.PLANNED),
        target=Status.ACCEPTED,
    ),
    "stop_overleg": Action(
        label="Stop met het overleg",
        who=BY_GEMEENTE | BY_COORDINATOR,
        when=_in(*OPEN_OVERLEG),
        target=Status.ACTIVE,
    ),
    "record_overleg": Action(
        label="Leg de uitkomst vast",
        who=BY_GEMEENTE | BY_COORDINATOR,
        when=_in(Status.PLANNED),
        target=Status.HELD,
    ),
    "change_afspraak": Action(who=BY_GEMEENTE | BY_COORDINATOR, when=REGISTERED),
    "return_to_region": Action(
        label="Geef terug aan de regio",
        who=BY_GEMEENTE | BY_COORDINATOR,
        when=_in(Status.HELD),
        target=Status.ACTIVE,
    ),
    "nominate": Action(
        label="Vraag om een besluit op trede 4",
        who=BY_GEMEENTE | BY_COORDINATOR,
        when=_in(Status.HELD),
        target=Status.NOMINATED,
    ),
    "record_answer": Action(
        label="Leg het antwoord vast",
        who=BY_GEMEENTE | BY_COORDINATOR,
        when=_in(Status.NOMINATED),
        target=Status.ACTIVE,
    ),
    # Asked by `learning`, which reports about the overleg of this casus.
    "report_back": Action(who=frozenset({(Role.GEMEENTE, Relation.RESPONSIBLE)}), when=REGISTERED),
    # --- The end ------------------------------------------------------------------------------
    "close": Action(
        label="Sluit de casus af",
        who=BY_GEMEENTE | ON_ROUTE | BY_COORDINATOR,
        when=_in(Status.ACTIVE, Status.HELD),
        target=Status.CLOSED,
        while_offered=False,
    ),
    "reopen": Action(
        label="Heropen de casus",
        who=BY_GEMEENTE | BY_COORDINATOR,
        when=_in(Status.CLOSED),
        target=Status.ACTIVE,
    ),
    # How long it is kept, and its end: the second of two is the privacy officer (O-10).
    "propose_destruction": Action(
        who=BY_GEMEENTE | BY_COORDINATOR,
        when=ALWAYS,
        guards=(keeping.reason_to_keep, keeping.already_proposed),
    ),
    "approve_destruction": Action(
        who=BY_OVERSEER,
        when=ALWAYS,
        guards=(keeping.reason_to_keep, keeping.nothing_to_approve),
    ),
    "keep_longer": Action(
        who=BY_GEMEENTE | BY_COORDINATOR | BY_OVERSEER, when=WHILE_KEPT, while_restricted=True
    ),
    "release_hold": Action(
        who=BY_GEMEENTE | BY_COORDINATOR | BY_OVERSEER,
        when=ALWAYS,
        guards=(keeping.not_held,),
    ),
    # --- What a resident may ask --------------------------------------------------------------
    "view_rights": Action(
        who=BY_GEMEENTE | BY_COORDINATOR | BY_OVERSEER, when=ALWAYS, while_restricted=True
    ),
    "restrict": Action(who=BY_GEMEENTE | BY_OVERSEER, when=WHILE_KEPT),
    "lift_restriction": Action(
        who=BY_GEMEENTE | BY_OVERSEER,
        when=ALWAYS,
        while_restricted=True,
        guards=(keeping.not_restricted,),
    ),
    "correct_text": Action(who=BY_GEMEENTE, when=WHILE_KEPT),
    # Not the privacy officer: nobody reads a whole dossier by role alone.
    "export_dossier": Action(who=BY_GEMEENTE, when=WHILE_KEPT, while_restricted=True),
}


def _transitions() -> Iterable[Transition]:
    # Without the guards, which look further than the casus: `may_now` asks those.
    for name, row in ACTIONS.items():
        if row.target is not None:
            yield Transition(name, row.label, row.when.statuses, row.target)


CASUS_FLOW = Flow("Casus", CasusStatus.choices, _transitions())
