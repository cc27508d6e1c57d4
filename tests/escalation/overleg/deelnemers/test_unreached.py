"""A mail to a deelnemer that does not arrive: who plans the overleg hears of it and can act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from demo import walk
from directory.models import User
from escalation.lists import work
from escalation.models import Casus, Deelnemer, Overleg
from escalation.overleg import actions as overleg_actions
from escalation.overleg.deelnemers import actions as deelnemers
from escalation.overleg.deelnemers.sweeps import tell_of_unreached
from outbox import queue
from outbox.models import Message
from rdm.lib import clock
from rdm.lib.work import WorkItem
from tests import world
from tests.cast import Cast
from tests.escalation.overleg.test_mails import fix
from tests.escalation.overleg.test_overleg import text_of

SignIn = Callable[[User], Client]
WRONG, RIGHT = "verkeerd@voorbeeld.example", "goed@voorbeeld.example"


@pytest.fixture
def casus(cast: Cast) -> Casus:
    return world.accepted_casus(cast)


@pytest.fixture
def overleg(cast: Cast, casus: Casus) -> Overleg:
    return walk.with_deelnemers(world.open_overleg(casus), cast.gemeente)


@pytest.fixture
def one(cast: Cast, overleg: Overleg) -> Deelnemer:
    """Somebody who was asked for dates at an address that does not exist."""
    one = overleg.deelnemers.all()[0]
    address(one, cast, WRONG)
    one.refresh_from_db()
    deelnemers.renew_link(deelnemer=one, by=cast.gemeente)
    refuse()
    return Deelnemer.objects.get(pk=one.pk)


def address(one: Deelnemer, cast: Cast, email: str) -> None:
    new = deelnemers.NewDeelnemer(
        kind=one.kind,
        name=one.name,
        function=one.function,
        email=email,
        organisation=one.organisation,
        organisation_name=one.organisation_name,
    )
    deelnemers.update_deelnemer(deelnemer=one, by=cast.gemeente, new=new)


def refuse() -> None:
    """What the mail server says of everything that waits for the wrong address."""
    waiting = Message.objects.filter(to=WRONG, state="ready")
    assert waiting.update(state="failed", last_error="SMTPRecipientsRefused")


def arrive() -> None:
    assert Message.objects.filter(state="ready").update(state="sent", sent_at=clock.now())


def tasks(user: User) -> list[WorkItem]:
    return [item for item in work.for_user(user) if item.kind == "deelnemer-onbereikt"]


def test_who_plans_has_a_task_with_the_person_and_what_to_do(
    cast: Cast, client_of: SignIn, casus: Casus, overleg: Overleg, one: Deelnemer
) -> None:
    for planner in (cast.gemeente, cast.coordinator):
        (task,) = tasks(planner)
        assert one.name in task.title and "verbeter het e-mailadres" in task.title
        assert (task.due, task.who, task.waiting) == (overleg.hold_before, "u", False)
        assert (task.casus_code, task.url) == (
            casus.code,
            reverse("deelnemer_edit", args=[casus.code, one.pk]),
        )
    for nobody in (cast.admin, cast.aanmelder, cast.outsider):
        assert tasks(nobody) == []
    page = text_of(client_of(cast.gemeente).get(tasks(cast.gemeente)[0].url))
    for said in ("E-mail kwam niet aan", WRONG, "Vraag het juiste adres", "kent dit adres niet"):
        assert said in page, said
    listed = text_of(client_of(cast.gemeente).get(reverse("overleg_detail", args=[casus.code])))
    assert listed.count("E-mail kwam niet aan") == 1


def test_the_task_goes_when_the_address_is_mended(cast: Cast, one: Deelnemer) -> None:
    address(one, cast, RIGHT)
    assert tasks(cast.gemeente) == []
    assert Message.objects.filter(to=RIGHT, state="ready").exists()


def test_or_when_a_later_mail_arrives_there(cast: Cast, one: Deelnemer) -> None:
    deelnemers.renew_link(deelnemer=one, by=cast.gemeente)
    assert len(tasks(cast.gemeente)) == 1
    arrive()
    assert tasks(cast.gemeente) == []


def test_or_when_the_beheerder_tries_again(cast: Cast, one: Deelnemer) -> None:
    queue.retry_failed()
    assert tasks(cast.gemeente) == []


def test_or_when_this_person_is_no_longer_asked(cast: Cast, one: Deelnemer) -> None:
    deelnemers.remove_deelnemer(deelnemer=one, by=cast.gemeente, reason="Gaat toch niet mee.")
    assert tasks(cast.gemeente) == []


def test_or_when_the_overleg_stops_before_there_was_a_date(
    cast: Cast, overleg: Overleg, one: Deelnemer
) -> None:
    overleg_actions.stop_overleg(overleg=overleg, by=cast.gemeente, reason="Is opgelost.")
    assert tasks(cast.gemeente) == []


@pytest.mark.parametrize("how", ["removed", "stopped"])
def test_who_did_not_hear_that_it_is_off_is_called_before_that_moment(
    cast: Cast, overleg: Overleg, one: Deelnemer, how: str
) -> None:
    fix(overleg, cast, days=4)
    arrive()
    if how == "removed":
        one = Deelnemer.objects.get(pk=one.pk)
        deelnemers.remove_deelnemer(deelnemer=one, by=cast.gemeente, reason="Gaat niet mee.")
    else:
        overleg = Overleg.objects.get(pk=overleg.pk)
        overleg_actions.stop_overleg(overleg=overleg, by=cast.gemeente, reason="Is opgelost.")
    refuse()
    (task,) = tasks(cast.gemeente)
    assert task.title == f"Bel {one.name}: de afzegging van het overleg kwam niet aan"
    assert task.url == reverse("overleg_detail", args=[overleg.casus.code])
    with clock.travel(clock.now() + timedelta(days=5)):
        assert tasks(cast.gemeente) == []


def test_what_a_backup_held_back_says_nothing_of_an_address(cast: Cast, one: Deelnemer) -> None:
    Message.objects.filter(to=WRONG).update(last_error=queue.RESTORED)
    assert tasks(cast.gemeente) == []


def test_who_plans_gets_one_mail_that_names_nobody(
    cast: Cast, casus: Casus, one: Deelnemer
) -> None:
    def told() -> list[Message]:
        return list(Message.objects.filter(key__startswith="unreached:").order_by("pk"))

    assert tell_of_unreached() == 1
    assert tell_of_unreached() == 1
    at_the_gemeente = (cast.gemeente, cast.procesmanager, cast.procesmanager_only)
    planners = sorted(one.email for one in (cast.coordinator, *at_the_gemeente))
    assert sorted(mail.to for mail in told()) == planners
    for mail in told():
        assert casus.code in mail.subject
        assert reverse("deelnemer_edit", args=[casus.code, one.pk]) in mail.body
        assert one.name not in mail.subject + mail.body and WRONG not in mail.body


def test_of_several_mails_to_one_person_there_is_one_task(
    cast: Cast, overleg: Overleg, one: Deelnemer
) -> None:
    fix(overleg, cast, days=4)
    refuse()
    assert len(tasks(cast.gemeente)) == 1
    assert tell_of_unreached() == 1
