"""By when something must be done: dates worked out from the procesafspraken (O-01, O-02, O-06).

All dates are days in Europe/Amsterdam; werkdagen leave out weekends and Dutch public holidays.
"""

from __future__ import annotations

from datetime import date, timedelta

from directory.models import Procesafspraak
from rdm.lib import clock
from rdm.lib.workdays import add_workdays, on_workday


def verdict_due(submitted_on: date, *, spoed: bool) -> date:
    """The last day on which the coördinatiepunt judges a casus."""
    code = "spoed_oordeel" if spoed else "coordinatiepunt_oordeel"
    return add_workdays(submitted_on, Procesafspraak.number_of(code))


def hold_before(accepted_on: date, *, spoed: bool) -> date:
    """The last day on which the overleg takes place."""
    code = "spoed_overleg" if spoed else "overleg_houden"
    return add_workdays(accepted_on, Procesafspraak.number_of(code))


def feedback_due(held_on: date) -> date:
    """The last day on which the gemeente submits the terugkoppeling."""
    return add_workdays(held_on, Procesafspraak.number_of("terugkoppeling_indienen"))


def completion_due(asked_on: date, *, spoed: bool) -> date:
    """The last day on which the aanmelder completes the submission."""
    code = "spoed_aanvulling" if spoed else "aanvulling_termijn"
    return add_workdays(asked_on, Procesafspraak.number_of(code))


def transfer_due() -> date:
    """The last day on which a gemeente answers whether it takes a casus over, asked today."""
    return add_workdays(clock.today(), Procesafspraak.number_of("overdracht_antwoord"))


def sharing_until() -> date:
    """The last day up to which a casus is shared with an organisation in one go."""
    return clock.today() + timedelta(days=Procesafspraak.number_of("delen_hoogstens"))


def sharing_ends_before(workdays: int | None = None) -> date:
    """Of what is shared up to this day or an earlier one, somebody is asked whether to extend.
    `workdays` is what the region agreed, for who knows it already."""
    if workdays is None:
        workdays = Procesafspraak.number_of("delen_einde_vooraf")
    return add_workdays(clock.today(), workdays)


def draft_due() -> date:
    """The last day on which somebody goes on with a draft; after it the draft is thrown away."""
    return clock.today() + timedelta(days=Procesafspraak.number_of("concept_bewaren"))


def news_due() -> date:
    """Without news by then a casus asks for attention: los op of schaal op (E-008)."""
    days = Procesafspraak.number_of("stap_zonder_nieuws")
    return on_workday(clock.today() + timedelta(days=days))
