"""What every action does: ask the rights, change by compare-and-set, write down what happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from audit import log
from audit.transaction import defer
from directory.region.names import product_name
from escalation import terms
from escalation.blocks import Blocks, of_event, stored
from escalation.models import Casus, Event, RouteStep
from escalation.permissions import ACTIONS, may, may_now
from escalation.reading.changes import Change
from escalation.workflow import STEP_FLOW, CasusStatus
from rdm.lib import clock
from rdm.lib.refusal import Forbidden, Refused
from rdm.lib.versions import compare_and_set, somebody_was_first

if TYPE_CHECKING:
    from directory.models import User


# What says where a casus stands. The rest may be hidden from who acts, so it is never read afresh;
# nor is the version: whoever acts on an older one than there is now, is told so.
_STATE = (
    *("status", "status_since", "due", "gemeente_id", "carried_by_id", "advised_tafel_id"),
    *("restricted_at", "registered_at", "first_submitted_at", "closed_at"),
)
GONE = "Deze casus is intussen vernietigd."


def take(casus: Casus) -> None:
    """Take the casus for writing: until this transaction ends nobody else changes anything of it.

    An action does so before it looks at anything, and before it takes any other row. What it
    checked is then still so when it writes, and no two actions wait for each other. `casus` gets
    its state as it is now. Raises Refused when it is gone.
    """
    rows = Casus.objects.filter(pk=casus.pk, destroyed_at=None).order_by()
    now = rows.select_for_update(no_key=True).values(*_STATE).first()
    if now is None:
        raise Refused(GONE)
    for name, value in now.items():
        setattr(casus, name, value)


def require(by: User, casus: Casus, action: str) -> None:
    """Take the casus for writing. Raises Forbidden when `by` may never do this, Refused when not
    now."""
    take(casus)
    if reason := may(by, casus, action):
        raise Forbidden(reason)
    if reason := may_now(casus, action):
        raise Refused(reason)


def move(casus: Casus, action: str, *, by: User, version: int | None = None, **fields: Any) -> None:
    """Take a named transition of the casus, or refuse. `fields` change together with it."""
    require(by, casus, action)
    now = clock.now()
    target = ACTIONS[action].target
    compare_and_set(
        casus,
        seen=version,
        no=somebody_was_first("deze casus"),
        status=target,
        status_since=now,
        updated_at=now,
        **fields,
    )
    record(casus, action, by=by)


def change(
    casus: Casus, action: str, *, by: User, version: int | None = None, **fields: Any
) -> None:
    """Change fields of the casus that are no transition."""
    require(by, casus, action)
    no = somebody_was_first("deze casus")
    compare_and_set(casus, seen=version, no=no, updated_at=clock.now(), **fields)
    record(casus, action, by=by)


def change_step(
    step: RouteStep, action: str, *, by: User, version: int | None = None, **fields: Any
) -> None:
    """Change a step of the route; `action` may be a transition of the step."""
    require(by, step.casus, action)
    if action in STEP_FLOW.transitions:
        if reason := STEP_FLOW.reason_denied(action, step):
            raise Refused(reason)
        fields["status"] = STEP_FLOW[action].target
    no = somebody_was_first("deze stap")
    compare_and_set(step, seen=version, no=no, news_at=clock.now(), **fields)
    # Something moved, so the clock of "los op of schaal op" starts again.
    is_active = step.casus.status == CasusStatus.ACTIVE
    touch(step.casus, **({"due": terms.news_due()} if is_active else {}))
    record(step.casus, action, by=by, part=f"step-{step.position}")


def touch(casus: Casus, **fields: Any) -> None:
    """Note that something about the casus changed, without a new version of its own text."""
    fields["updated_at"] = clock.now()
    Casus.objects.filter(pk=casus.pk).update(**fields)
    for name, value in fields.items():
        setattr(casus, name, value)


def record(casus: Casus, action: str, *, by: User | None, part: str = "") -> None:
    """The audit row of a change (promise 1): who did what, never what it says."""
    defer(
        lambda: log.record(
            actor=by,
            action="update",
            object_type="casus",
            object_id=casus.code,
            part=f"{action}:{part}" if part else action,
            organisation=by.acting_for if by else "",
        )
    )


def tell(
    casus: Casus,
    kind: str,
    title: str,
    *,
    by: User | None,
    text: str = "",
    about: Blocks | None = None,
    changes: Iterable[Change] = (),
    corrects: Event | None = None,
) -> Event:
    """One line on the timeline, with the name and organisation frozen as they are now.

    Only who sees all blocks that it is `about` reads it; those of its kind when none are given.
    `changes` are the old and new values in words; `corrects` is the line that this one puts right.
    """
    return Event.objects.create(
        casus=casus,
        at=clock.now(),
        kind=kind,
        title=title[:200],
        text=text,
        changes=[change.stored() for change in changes],
        corrects=corrects,
        actor_id=by.pk if by else None,
        actor_name=by.name if by else product_name(),
        actor_organisation=by.acting_for[:250] if by else "",
        blocks=stored(of_event(kind) if about is None else about),
    )
