"""Sharing a casus with another organisation: what of it, until when, and ending that (O-09)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from audit.transaction import action
from directory.models import Organisation
from escalation import terms
from escalation.blocks import Block, in_words, stored
from escalation.change import record, require, tell, touch
from escalation.grounds import contradiction
from escalation.models import Casus, Involvement
from escalation.notifications import inform, readers_at
from escalation.reading.left_behind import out_of_reach
from escalation.sharing.left_behind.actions import tell_left_behind
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.refusal import Refused, need
from rdm.lib.versions import compare_and_set, somebody_was_first

if TYPE_CHECKING:
    from directory.models import User

WHY_MORE = (
    "Leg uit waarom deze organisatie nu meer moet zien, en of de inwoner dat weet. Weet de inwoner "
    "het niet, schrijf dan waarom."
)
STOPPED = "Het delen met deze organisatie was al gestopt."


@dataclass(frozen=True)
class NewInvolvement:
    """With whom, why and on which ground; what of the casus, and until when.

    When the resident heard of it or why not, and of an organisation that is no partner in the
    covenant when it signed a statement of secrecy.
    """

    organisation: Organisation
    part: str
    purpose: str
    ground: str
    blocks: Collection[Block]
    until: date
    resident_informed_on: date | None = None
    not_informed_reason: str = ""
    secrecy_signed_on: date | None = None


@action
def involve(*, casus: Casus, by: User, new: NewInvolvement) -> Involvement:
    """Let the people of an organisation read these blocks of the casus, up to and including the
    day `until`."""
    require(by, casus, "involve")
    organisation = new.organisation
    if organisation.pk in (casus.carried_by_id, casus.gemeente_id):
        raise Refused("Deze organisatie ziet de casus al.", "organisation")
    if casus.involvements.current().filter(organisation=organisation).exists():
        raise Refused("Deze organisatie is al betrokken.", "organisation")
    ground = need(new.ground, "Kies de grondslag.", "ground")
    values = {
        "part": need(new.part, "Vul in welke rol deze organisatie heeft.", "part"),
        "purpose": need(new.purpose, "Vul in waarom u de casus deelt.", "purpose"),
        "ground": ground,
        "blocks": _chosen(new.blocks),
        "until": _last_day(new.until),
        "secrecy_signed_on": _secrecy(organisation, new.secrecy_signed_on),
    }
    on, why = _informed(new.resident_informed_on, new.not_informed_reason)
    if refusal := contradiction(ground, on is not None):
        raise Refused(refusal, "ground")
    close_what_ran_out(casus, organisation)
    involvement = Involvement.objects.create(
        casus=casus,
        organisation=organisation,
        since=clock.now(),
        added_by_name=by.name,
        resident_informed_on=on,
        not_informed_reason=why,
        **values,
    )
    words = f"{_what(involvement)} Doel: {involvement.purpose}"
    tell(casus, "involved", f"Casus gedeeld met {organisation}", by=by, text=words)
    inform(
        casus,
        readers_at(organisation),
        subject="Er is een casus met u gedeeld",
        text="Een casus is met uw organisatie gedeeld. U ziet wat voor uw rol nodig is, tot en met "
        f"{long_date(new.until)}.",
        key=f"involved:{involvement.pk}",
    )
    touch(casus)
    record(casus, "involve", by=by, part=organisation.slug)
    return involvement


@action
def change_involvement(
    *,
    involvement: Involvement,
    by: User,
    blocks: Collection[Block],
    until: date,
    why: str = "",
    version: int | None = None,
) -> None:
    """Share more or less of the casus, or for longer or shorter. From now on, at once.

    To let an organisation read more than it did, somebody says why, and whether the resident knows
    (O-09); that stands on the timeline.
    """
    casus = involvement.casus
    require(by, casus, "change_involvement")
    kept, last = _chosen(blocks), _last_day(until)
    if (kept, last) == (involvement.blocks, involvement.until):
        raise Refused("Er is niets veranderd.")
    if set(blocks) - involvement.shares:
        need(why, WHY_MORE, "why")
    current = Involvement.objects.current()
    if not current.filter(pk=involvement.pk).exists():
        raise Refused(STOPPED)
    shared = involvement.shares
    no = somebody_was_first("het delen met deze organisatie")
    compare_and_set(involvement, seen=version, no=no, among=current, blocks=kept, until=last)
    lost = {Block(one.block) for one in out_of_reach(involvement, frozenset(blocks))}
    if lost & shared:
        tell_left_behind(involvement, key=f"version-{involvement.version}")
    title = f"Delen met {involvement.organisation} gewijzigd"
    words = f"{_what(involvement)} {why}".strip()
    tell(casus, "involvement_changed", title, by=by, text=words)
    touch(casus)
    record(casus, "change_involvement", by=by, part=involvement.organisation.slug)


@action
def end_involvement(*, involvement: Involvement, by: User) -> None:
    """From now on the organisation no longer sees the casus. History stays, and so do the
    attachments that only this organisation could see: see `escalation.reading.left_behind`."""
    casus = involvement.casus
    require(by, casus, "end_involvement")
    current = Involvement.objects.current().filter(pk=involvement.pk)
    if not current.update(ended_at=clock.now()):
        raise Refused(STOPPED)
    tell(casus, "uninvolved", f"Delen met {involvement.organisation} gestopt", by=by)
    if any(Block(one.block) in involvement.shares for one in out_of_reach(involvement)):
        tell_left_behind(involvement, key="ended")
    touch(casus)
    record(casus, "end_involvement", by=by, part=involvement.organisation.slug)


def _chosen(blocks: Collection[Block]) -> str:
    if not blocks:
        raise Refused("Kies wat deze organisatie mag zien.", "blocks")
    return stored(blocks)


def _last_day(until: date) -> date:
    if until < clock.today():
        raise Refused("Deze datum is al voorbij.", "until")
    latest = terms.sharing_until()
    if until > latest:
        raise Refused(
            f"U kunt delen tot en met {long_date(latest)}. Daarna kunt u het verlengen.", "until"
        )
    return until


def _secrecy(organisation: Organisation, signed_on: date | None) -> date | None:
    if signed_on is not None and signed_on > clock.today():
        raise Refused("Deze datum ligt in de toekomst.", "secrecy_signed_on")
    if signed_on is None and not organisation.covenant_partner:
        raise Refused(
            f"{organisation} is geen partner in het convenant. Vul in wanneer de verklaring van "
            "geheimhouding is getekend.",
            "secrecy_signed_on",
        )
    return signed_on


def _informed(on: date | None, why_not: str) -> tuple[date | None, str]:
    """When the resident heard of it, or why not: one of the two (O-09)."""
    if on is None:
        reason = "Vul in wanneer de inwoner het hoorde, of waarom niet."
        return None, need(why_not, reason, "resident_informed")
    if on > clock.today():
        raise Refused("Deze datum ligt in de toekomst.", "resident_informed_on")
    return on, ""


def close_what_ran_out(casus: Casus, organisation: Organisation) -> None:
    """What was shared before and ran out by itself ended after its last day; only one is open."""
    for old in casus.involvements.filter(organisation=organisation, ended_at=None):
        assert old.until is not None  # or it would be current
        last_moment = datetime.combine(old.until, time(23, 59), tzinfo=clock.AMSTERDAM)
        Involvement.objects.filter(pk=old.pk).update(ended_at=last_moment)


def _what(involvement: Involvement) -> str:
    """ "Zorg en proces, tot en met 3 mei 2027." """
    assert involvement.until is not None  # of what is shared from now on
    words = in_words(involvement.shares)
    return f"{words[:1].upper()}{words[1:]}, tot en met {long_date(involvement.until)}."
