"""Before the sharing with an organisation runs out: is that meant, and what stays behind."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from escalation import terms
from escalation.blocks import Block
from escalation.models import Attachment, Involvement
from escalation.models.casus import AT_REST
from escalation.notifications import inform, people_of, readers_at
from escalation.reading.left_behind import out_of_reach
from escalation.workflow import Turn
from rdm.lib.dates import long_date


def warn_of_leaving_behind() -> int:
    """Tell the people of an organisation that they will not reach their own attachments any more
    after its last day, while they still can; returns how many end within days.

    Who shares the casus is asked to extend it (`sweeps.ask_to_extend`), and may let it run out.
    """
    own = Attachment.objects.filter(
        casus=OuterRef("casus"),
        organisation=OuterRef("organisation"),
        audience=Attachment.Audience.OWN,
        withdrawn_at=None,
    )
    ending = (
        Involvement.objects.current()
        .filter(Exists(own), until__lte=terms.sharing_ends_before(), casus__restricted_at=None)
        .select_related("casus", "organisation")
    )
    seen = 0
    for one in ending.iterator(500):
        assert one.until is not None
        if not any(Block(attachment.block) in one.shares for attachment in out_of_reach(one)):
            continue
        seen += 1
        inform(
            one.casus,
            readers_at(one.organisation),
            subject="Straks kunt u niet meer bij eigen bijlagen",
            text="Deze casus is met uw organisatie gedeeld. Dat eindigt na "
            f"{long_date(one.until)}. Uw organisatie heeft hier bijlagen die alleen uw "
            "organisatie en het coördinatiepunt zien. Daar kunt u daarna niet meer bij. Wie de "
            "casus deelt, ziet dan alleen hoeveel het er zijn, en kan ze verwijderen.\n\n"
            "Wat vragen wij van u? Bewaar zelf wat u nodig hebt. Trek in wat weg kan. Moet u de "
            "casus langer zien? Vraag het aan de gemeente.",
            key=f"leaving-behind:{one.pk}:{one.until:%Y%m%d}",
        )
    return seen


def ask_to_extend() -> int:
    """Before the sharing with an organisation ends by itself, ask who shares the casus whether that
    is meant; returns how many end within days. The mail does not say which organisation it is."""
    ending = (
        Involvement.objects.current()
        .filter(until__lte=terms.sharing_ends_before(), casus__restricted_at=None)
        .exclude(casus__status__in=AT_REST)
        .select_related("casus__gemeente__organisation", "casus__carried_by")
    )
    seen = 0
    for one in ending.iterator(500):
        assert one.until is not None
        seen += 1
        casus = one.casus
        inform(
            casus,
            [*people_of(casus, Turn.REGISTRANT), *people_of(casus, Turn.GEMEENTE)],
            subject="Het delen van een casus eindigt",
            text="Deze casus is gedeeld met een organisatie. Dat eindigt na "
            f"{long_date(one.until)}. Daarna ziet die organisatie de casus niet meer.\n\n"
            "Wat vragen wij van u? Verleng het delen als dat nodig is. Anders hoeft u niets te "
            "doen.",
            key=f"sharing-ends:{one.pk}:{one.until:%Y%m%d}",
        )
    return seen
