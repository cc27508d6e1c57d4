"""Casussen of the cast in every state, reached by walking the real workflow."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from demo import walk
from escalation.coordination.decisions import actions as coordination
from escalation.dossier.closing import actions as closing
from escalation.models import Casus, Overleg
from escalation.overleg.nomination import actions as nominations
from escalation.overleg.nomination import rules as nomination_rules
from escalation.registration.drafts import actions as drafts
from learning.actions import leersessies, terugkoppelingen
from learning.models import Leersessie, Terugkoppeling
from rdm.lib import clock
from tests.cast import Cast

FOUR_TEXTS = {
    "case_description": "Verzonnen: een inwoner zonder passende plek.",
    "outcomes": "Verzonnen: er komt een vaste begeleider.",
    "regional_lessons": "Verzonnen: er is te weinig aanbod.",
    "national_advice": "geen",
}


def draft_casus(cast: Cast, **fields: Any) -> Casus:
    return walk.draft(cast.procesmanager, **fields)


def registered_casus(cast: Cast, **fields: Any) -> Casus:
    return walk.registered(cast.procesmanager, cast.enschede, **fields)


def tried_casus(cast: Cast, **fields: Any) -> Casus:
    """Trede 1 was tried without a solution."""
    casus = registered_casus(cast, **fields)
    walk.step(casus, cast.procesmanager, cast.tafel(1))
    return casus


def submitted_casus(cast: Cast, **fields: Any) -> Casus:
    casus = tried_casus(cast)
    walk.submitted(casus, cast.procesmanager, **fields)
    return casus


def incomplete_casus(cast: Cast) -> Casus:
    casus = submitted_casus(cast)
    coordination.ask_completion(casus=casus, by=cast.coordinator, what="Verzonnen aanvulling.")
    return casus


def accepted_casus(cast: Cast) -> Casus:
    casus = submitted_casus(cast)
    walk.accepted(casus, cast.coordinator)
    return casus


def planned_casus(cast: Cast) -> Casus:
    casus = accepted_casus(cast)
    walk.planned(open_overleg(casus), cast.procesmanager)
    return Casus.objects.get(pk=casus.pk)


def held_casus(cast: Cast, *, solution: str = Overleg.Solution.FOUND) -> Casus:
    """Everything up to the overleg lies ten days back; the overleg itself was today."""
    with clock.travel(clock.now() - timedelta(days=10)):
        casus = planned_casus(cast)
    walk.held(open_overleg(casus), cast.procesmanager, solution=solution)
    return Casus.objects.get(pk=casus.pk)


def nominated_casus(cast: Cast) -> Casus:
    casus = held_casus(cast, solution=Overleg.Solution.NONE)
    nominations.nominate(
        casus=casus,
        by=cast.procesmanager,
        motivation="Verzonnen motivatie.",
        checklist=nomination_rules.trede_4_conditions(),
    )
    return casus


def closed_casus(cast: Cast) -> Casus:
    casus = registered_casus(cast)
    closing.close(
        casus=casus, by=cast.procesmanager, closing="solved", reason="Verzonnen: opgelost."
    )
    return casus


def discarded_casus(cast: Cast) -> Casus:
    casus = draft_casus(cast)
    drafts.discard(casus=casus, by=cast.procesmanager)
    return casus


def open_overleg(casus: Casus) -> Overleg:
    """The overleg that is being prepared or planned."""
    return casus.overleggen.get(held_on=None, cancelled_at=None)


IN_STATUS = {
    "draft": draft_casus,
    "discarded": discarded_casus,
    "active": registered_casus,
    "submitted": submitted_casus,
    "incomplete": incomplete_casus,
    "accepted": accepted_casus,
    "planned": planned_casus,
    "held": held_casus,
    "nominated": nominated_casus,
    "closed": closed_casus,
}


def draft_terugkoppeling(cast: Cast) -> Terugkoppeling:
    casus = held_casus(cast)
    overleg = casus.overleggen.get()
    return terugkoppelingen.open_for(overleg=overleg, by=cast.gemeente)


def submitted_terugkoppeling(cast: Cast) -> Terugkoppeling:
    terugkoppeling = draft_terugkoppeling(cast)
    terugkoppelingen.submit(terugkoppeling=terugkoppeling, by=cast.gemeente, texts=FOUR_TEXTS)
    return terugkoppeling


def planned_leersessie(cast: Cast) -> Leersessie:
    return leersessies.plan(
        by=cast.coordinator,
        title="Verzonnen leersessie",
        held_on=clock.today(),
        terugkoppelingen=[submitted_terugkoppeling(cast)],
    )
