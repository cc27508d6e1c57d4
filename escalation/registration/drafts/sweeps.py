"""Drafts that nobody goes on with: asked about first, then forgotten (O-10)."""

from __future__ import annotations

from directory.models import Procesafspraak
from escalation.models import Casus
from escalation.notifications import inform, people_of
from escalation.registration.drafts import actions as drafts
from escalation.workflow import CasusStatus, Turn
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.workdays import add_workdays


def ask_to_finish() -> int:
    """Before a draft is thrown away because nobody goes on with it, ask who registers whether that
    is meant; returns how many drafts come to their last day."""
    ahead = add_workdays(clock.today(), Procesafspraak.number_of("herinnering_vooraf"))
    ending = Casus.objects.filter(status=CasusStatus.DRAFT, due__lte=ahead).for_list()
    seen = 0
    for casus in ending.iterator(500):
        assert casus.due is not None
        seen += 1
        inform(
            casus,
            people_of(casus, Turn.REGISTRANT),
            subject="Een concept verdwijnt",
            text="Een registratie is begonnen en niet afgemaakt. Als niemand verdergaat, verdwijnt "
            f"het concept na {long_date(casus.due)}.\n\n"
            "Wat vragen wij van u? Maak de registratie af. Is zij niet meer nodig? Dan hoeft u "
            "niets te doen.",
            key=f"draft-ends:{casus.pk}:{casus.due:%Y%m%d}",
        )
    return seen


def forget_drafts() -> int:
    """Throw away the drafts of which the last day has passed; how many (O-10)."""
    late = Casus.objects.filter(status=CasusStatus.DRAFT, due__lt=clock.today())
    return sum(drafts.expire(casus=casus) for casus in late.iterator(500))
