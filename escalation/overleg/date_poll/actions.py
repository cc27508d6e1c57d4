"""When can everybody: proposing moments, asking, reminding, answering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from audit.transaction import action
from escalation.change import record, take, tell, touch
from escalation.models import DateAnswer, DateOption, Deelnemer, Overleg
from escalation.notifications import inform, people_of
from escalation.overleg.date_poll.mails import ask_for_dates, remind_of_dates
from escalation.overleg.date_poll.rules import Asking, agenda_of, asking_of
from escalation.overleg.deelnemers.actions import mark_invited, require_planning
from escalation.workflow import Turn
from rdm.lib import clock
from rdm.lib.refusal import Conflict, Refused

if TYPE_CHECKING:
    from directory.models import User


@action
def propose_date(
    *, overleg: Overleg, by: User, starts_at: datetime, ends_at: datetime
) -> DateOption:
    """One more moment to choose from; both the gemeente and the coördinator may propose (T-03)."""
    require_planning(by, overleg)
    check_moment(starts_at, ends_at)
    if overleg.date_options.filter(starts_at=starts_at).exists():
        raise Refused("Dit moment staat er al bij.", "starts_at")
    option = DateOption.objects.create(
        overleg=overleg, starts_at=starts_at, ends_at=ends_at, proposed_by_name=by.name
    )
    touch(overleg.casus)
    record(overleg.casus, "plan_overleg", by=by, part="date")
    return option


@action
def change_date(*, option: DateOption, by: User, starts_at: datetime, ends_at: datetime) -> None:
    """Another day or hour for a proposed moment. Who could come then has not said anything about
    now: everybody who answered is asked anew, and what they said of other moments stays."""
    overleg = option.overleg
    if (starts_at, ends_at) == (option.starts_at, option.ends_at):
        raise Refused("Dit moment stond er al zo.")
    require_planning(by, overleg)
    option.delete()
    propose_date(overleg=overleg, by=by, starts_at=starts_at, ends_at=ends_at)


@action
def drop_date(*, option: DateOption, by: User) -> None:
    """Take a proposed moment away, with the answers to it."""
    casus = option.overleg.casus
    require_planning(by, option.overleg)
    option.delete()
    touch(casus)
    record(casus, "plan_overleg", by=by, part="date")


def check_moment(starts_at: datetime, ends_at: datetime) -> None:
    if starts_at <= clock.now():
        raise Refused("Kies een moment in de toekomst.", "starts_at")
    if ends_at <= starts_at:
        raise Refused("Het einde moet na het begin liggen.", "ends_at")


@action
def ask_dates(*, overleg: Overleg, by: User) -> int:
    """Mail every deelnemer who has not been asked about these moments; returns how many.

    A moment that is proposed later is a new question, for everybody whose link works.
    """
    require_planning(by, overleg)
    asking = _asking(overleg)
    if asking.ask_denied:
        raise Refused(asking.ask_denied)
    for deelnemer in asking.unasked:
        ask_for_dates(deelnemer)
        mark_invited(deelnemer)
    count = _count(asking.unasked)
    tell(overleg.casus, "dates_asked", f"Data gevraagd aan {count}", by=by)
    touch(overleg.casus)
    record(overleg.casus, "plan_overleg", by=by, part="ask_dates")
    return len(asking.unasked)


@action
def remind_dates(*, overleg: Overleg, by: User) -> int:
    """Mail once more every deelnemer who was asked and did not answer; returns how many.

    Nobody gets more than one reminder a day, however often the button is pressed.
    """
    require_planning(by, overleg)
    asking = _asking(overleg)
    if asking.remind_denied:
        raise Refused(asking.remind_denied)
    for deelnemer in asking.to_remind:
        remind_of_dates(deelnemer)
    title = f"Herinnering gestuurd aan {_count(asking.to_remind)}"
    tell(overleg.casus, "dates_reminded", title, by=by)
    touch(overleg.casus)
    record(overleg.casus, "plan_overleg", by=by, part="remind_dates")
    return len(asking.to_remind)


def _asking(overleg: Overleg) -> Asking:
    listed = overleg.deelnemers.filter(removed_at=None).select_related(
        "overleg__casus__gemeente__organisation"
    )
    return asking_of(overleg, agenda_of(overleg, list(listed)))


def _count(people: Sequence[Deelnemer]) -> str:
    return "1 deelnemer" if len(people) == 1 else f"{len(people)} deelnemers"


@action
def answer_dates(
    *,
    deelnemer: Deelnemer,
    answers: Mapping[int, str],
    attendance: str | None = None,
    moment_version: int | None = None,
) -> None:
    """A deelnemer answers through the link: option id → yes, if_needed or no; no account.

    Answering again replaces the earlier answer. `attendance` (yes or no) is about the fixed date;
    `moment_version` is that of the overleg as the deelnemer saw it. Who answers for a date that was
    moved meanwhile, or another place, is told so (Conflict).
    """
    overleg = deelnemer.overleg
    take(overleg.casus)
    overleg.refresh_from_db(fields=["starts_at", "ends_at", "place", "moment_version"])
    if overleg.casus.restricted_at is not None:
        # Without the reason: a deelnemer reads nothing about the casus.
        raise Refused("De voorbereiding van dit overleg ligt stil. U hoeft nu niets te doen.")
    options = {option.pk: option for option in overleg.date_options.all()}
    if set(answers) - set(options):
        raise Refused("De voorgestelde momenten zijn veranderd. Bekijk ze opnieuw.")
    if attendance and overleg.starts_at is None:
        raise Refused("De datum van het overleg is veranderd. Bekijk de pagina opnieuw.")
    if attendance and moment_version not in (None, overleg.moment_version):
        raise Conflict(
            "De datum of de plaats is veranderd terwijl deze pagina openstond. Kijk hierboven "
            "wanneer en waar het overleg nu is, en verstuur uw antwoord daarna opnieuw."
        )
    now = clock.now()
    for pk, value in answers.items():
        DateAnswer.objects.update_or_create(
            option=options[pk],
            deelnemer=deelnemer,
            defaults={"value": DateAnswer.Value(value), "at": now},
        )
    deelnemer.answered_at = now
    if attendance:
        deelnemer.attendance = Deelnemer.Attendance(attendance)
    deelnemer.save(update_fields=["answered_at", "attendance"])
    tell(overleg.casus, "dates_answered", f"{deelnemer.party} heeft geantwoord", by=None)
    touch(overleg.casus)
    record(overleg.casus, "answer_dates", by=None, part=f"deelnemer-{deelnemer.pk}")
    if answers:
        _tell_when_everybody_answered(overleg)


def _tell_when_everybody_answered(overleg: Overleg) -> None:
    if overleg.deelnemers.filter(removed_at=None, answered_at=None).exists():
        return
    inform(
        overleg.casus,
        people_of(overleg.casus, Turn.GEMEENTE),
        subject="Alle deelnemers hebben geantwoord",
        text="Alle deelnemers van het overleg hebben laten weten wanneer zij kunnen.",
        key=f"all-answered:{overleg.pk}:{overleg.moment_version}:{clock.today():%Y%m%d}",
    )
