"""What a resident asks about the casus: to correct it, to have it left alone (AVG)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from audit.transaction import action
from escalation.change import change, record, require, tell, touch
from escalation.models import Casus, Correction, Restriction
from escalation.registration.actions import CONTENT
from rdm.lib import clock
from rdm.lib.refusal import Refused, need

if TYPE_CHECKING:
    from directory.models import User
ALREADY_RESTRICTED = "De verwerking van deze casus is al beperkt."


@action
def restrict(*, casus: Casus, by: User, reason: str) -> Restriction:
    """From now on few people read this casus, and nobody changes it (AVG art. 18)."""
    kept = need(reason, "Leg uit waarom de verwerking wordt beperkt.", "reason")
    require(by, casus, "restrict")
    now = clock.now()
    try:
        with transaction.atomic():
            restriction = Restriction.objects.create(
                casus=casus, reason=kept, set_at=now, set_by_name=by.name
            )
    except IntegrityError:
        raise Refused(ALREADY_RESTRICTED) from None
    tell(casus, "restricted", "Verwerking beperkt", by=by, text=kept)
    # A new version as well: who was typing a change is told that somebody was first.
    change(casus, "restrict", by=by, restricted_at=now)
    return restriction


@action
def lift_restriction(*, casus: Casus, by: User, reason: str) -> None:
    """Everybody who works on the casus sees it again, and can go on."""
    kept = need(reason, "Leg uit waarom de beperking niet meer nodig is.", "reason")
    require(by, casus, "lift_restriction")
    lifted = casus.restrictions.filter(lifted_at=None).update(
        lifted_at=clock.now(), lifted_by_name=by.name, lift_reason=kept
    )
    if not lifted:
        raise Refused("De verwerking van deze casus is niet beperkt.")
    tell(casus, "restriction_lifted", "Beperking opgeheven", by=by, text=kept)
    change(casus, "lift_restriction", by=by, restricted_at=None)


@action
def correct_text(
    *,
    casus: Casus,
    by: User,
    field: str,
    asked: str,
    granted: bool,
    new_text: str = "",
    reason: str = "",
    version: int | None = None,
) -> Correction:
    """What the resident wants changed in one text, and what became of it (AVG art. 16).

    The old text stays readable in the correction. A refusal is kept as well, with why.
    """
    if field not in CONTENT:
        raise Refused("Kies welke tekst de inwoner wil veranderen.", "field")
    wish = need(asked, "Schrijf op wat de inwoner wil veranderen.", "asked")
    old = getattr(casus, field)
    kept = ""
    if granted:
        kept = need(new_text, "Schrijf de nieuwe tekst op.", "new_text")
        _fits(field, kept)
        change(casus, "correct_text", by=by, version=version, **{field: kept})
    else:
        need(reason, "Leg uit waarom de tekst niet verandert.", "reason")
        require(by, casus, "correct_text")
        touch(casus)
        record(casus, "correct_text", by=by, part="refused")
    correction = Correction.objects.create(
        casus=casus,
        field=field,
        asked=wish,
        granted=granted,
        old_text=old,
        new_text=kept,
        reason="" if granted else reason.strip(),
        at=clock.now(),
        by_name=by.name,
    )
    title = "Tekst gecorrigeerd" if granted else "Correctie niet doorgevoerd"
    tell(casus, "corrected", f"{title} op verzoek van de inwoner", by=by)
    return correction


def _fits(field: str, text: str) -> None:
    room = getattr(Casus._meta.get_field(field), "max_length", None)
    if room is not None and len(text) > room:
        raise Refused(f"Deze tekst mag hoogstens {room} tekens lang zijn.", "new_text")
