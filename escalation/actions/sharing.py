"""Sharing a casus with another organisation, and ending that (O-09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.transaction import action
from directory.models import Organisation
from escalation.models import Casus, Involvement
from rdm.lib import clock
from rdm.lib.refusal import Refused, need

from ._change import record, require, tell, touch

if TYPE_CHECKING:
    from directory.models import User


@action
def involve(
    *, casus: Casus, by: User, organisation: Organisation, part: str, purpose: str, ground: str
) -> Involvement:
    """Let the people of `organisation` read the casus; needs a purpose and a legal ground."""
    require(by, casus, "involve")
    if organisation.pk in (casus.registered_by_id, casus.gemeente_id):
        raise Refused("Deze organisatie ziet de casus al.", "organisation")
    if casus.involvements.filter(organisation=organisation, ended_at=None).exists():
        raise Refused("Deze organisatie is al betrokken.", "organisation")
    involvement = Involvement.objects.create(
        casus=casus,
        organisation=organisation,
        part=need(part, "Vul in welke rol deze organisatie heeft.", "part"),
        purpose=need(purpose, "Vul in waarom u de casus deelt.", "purpose"),
        ground=need(ground, "Kies de grondslag.", "ground"),
        since=clock.now(),
        added_by_name=by.name,
    )
    tell(casus, "involved", f"Casus gedeeld met {organisation}", by=by, text=purpose)
    touch(casus)
    record(casus, "involve", by=by, part=organisation.slug)
    return involvement


@action
def end_involvement(*, involvement: Involvement, by: User) -> None:
    """From now on the organisation no longer sees the casus. History stays."""
    casus = involvement.casus
    require(by, casus, "end_involvement")
    ended = Involvement.objects.filter(pk=involvement.pk, ended_at=None).update(
        ended_at=clock.now()
    )
    if not ended:
        raise Refused("Het delen met deze organisatie was al gestopt.")
    tell(casus, "uninvolved", f"Delen met {involvement.organisation} gestopt", by=by)
    touch(casus)
    record(casus, "end_involvement", by=by, part=involvement.organisation.slug)
