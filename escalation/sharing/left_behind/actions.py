"""Attachments that no longer can be read by the organisation whose they are: telling it so, and
clearing them away. Why they are kept until then: `escalation.reading.left_behind`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.transaction import action
from escalation.attachments.actions import take_away
from escalation.change import require
from escalation.notifications import inform, readers_at
from escalation.reading.left_behind import left_behind, out_of_reach, reach_of
from rdm.lib.refusal import Refused, need

if TYPE_CHECKING:
    from directory.models import User
    from escalation.models import Involvement

NOTHING = "Er staan geen bijlagen meer die alleen deze organisatie kon zien."


def tell_left_behind(involvement: Involvement, *, key: str) -> None:
    """Within the action that ends or narrows the sharing: the people of the organisation hear that
    they cannot reach attachments of their own any more. Not which, and not how many (promise 6)."""
    inform(
        involvement.casus,
        readers_at(involvement.organisation),
        subject="U kunt niet meer bij eigen bijlagen",
        text="De gemeente of de instelling die deze casus deelt, deelt hem niet meer met uw "
        "organisatie, of minder dan eerst. Uw organisatie had hier bijlagen die alleen uw "
        "organisatie en het coördinatiepunt konden zien. Daar kunt u nu niet meer bij.\n\n"
        "Wie de casus deelt, ziet alleen hoeveel het er zijn. Zij kunnen de bijlagen niet openen, "
        "wel verwijderen.\n\nHebt u ze nog nodig? Vraag de gemeente om de casus weer te delen.",
        key=f"left-behind:{involvement.pk}:{key}",
        link="",
    )


@action
def withdraw_left_behind(*, involvement: Involvement, by: User, reason: str) -> int:
    """Every attachment that this organisation left behind is gone at once, unread; how many. The
    organisation hears of it. Nothing on the timeline, as for everything that only it could see."""
    casus = involvement.casus
    require(by, casus, "end_involvement")
    of = involvement.organisation_id
    found = [one for one in left_behind(casus) if one.involvement.organisation_id == of]
    if not found:
        raise Refused(NOTHING)
    kept = need(reason, "Leg uit waarom de bijlagen weg kunnen.", "reason")
    last = found[0].involvement
    gone = out_of_reach(last, reach_of(last))
    for one in gone:
        one.casus = casus
        take_away(one, by, kept)
    inform(
        casus,
        readers_at(involvement.organisation),
        subject="Bijlagen van uw organisatie zijn verwijderd",
        text="Bij deze casus stonden nog bijlagen die alleen uw organisatie en het "
        "coördinatiepunt konden zien. De casus wordt niet meer met u gedeeld, of minder dan eerst. "
        "Daarom zijn de bijlagen verwijderd. Wie dat deed, kon ze niet openen.",
        key=f"left-behind-gone:{gone[0].pk}",
        link="",
    )
    return len(gone)
