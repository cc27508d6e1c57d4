"""What the steps of a route put in Mijn werk (E-008, E-064, E-083, E-125)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db.models import F
from django.test import Client
from django.urls import reverse

from demo import walk
from directory.models import Procesafspraak, Tafel, User
from escalation.dossier.closing import actions as closing
from escalation.dossier.timeline import actions as timeline
from escalation.lists import work
from escalation.models import Casus, RouteStep
from escalation.route import actions as route
from escalation.route.client_support import actions as client_support
from escalation.route.instroom import actions as instroom
from rdm.lib import clock
from rdm.lib.dates import weekday_date
from rdm.lib.work import WorkItem
from tests.cast import Cast
from tests.world import draft_casus, registered_casus

ClientOf = Callable[[User], Client]


def items_of(cast: Cast, kind: str, who: str = "procesmanager") -> list[WorkItem]:
    return [one for one in work.for_user(getattr(cast, who)) if one.kind == kind]


def step_at(cast: Cast, until: str, **tafel: object) -> RouteStep:
    """A step at a tafel of trede 1 of which only these dates are known."""
    chosen = cast.tafel(1)
    known = {"rhythm_weeks": None, "rhythm_anchor": None, "response_hours": [], **tafel}
    # As every published change: what is kept of the tafels is then read again.
    Tafel.objects.filter(pk=chosen.pk).update(version=F("version") + 1, **known)
    chosen.refresh_from_db()
    return walk.step(registered_casus(cast), cast.procesmanager, chosen, until=until)


def days_without_news() -> int:
    return Procesafspraak.number_of("stap_zonder_nieuws")


def test_handing_in_on_time_is_a_task_until_it_is_done(cast: Cast) -> None:
    meeting = clock.today() + timedelta(days=30)
    step = step_at(cast, "prepared", rhythm_weeks=52, rhythm_anchor=meeting, submit_weeks_before=3)
    (task,) = items_of(cast, "hand-in")
    assert task.due == meeting - timedelta(weeks=3)
    assert not task.waiting and str(step.tafel) in task.title
    # It says more than that the casus must go on, so that line is not there as well.
    assert not [one for one in items_of(cast, "casus-active") if not one.waiting]
    walk.step_submitted(step, cast.procesmanager)
    assert not items_of(cast, "hand-in")


def what_now(http: Client, step: RouteStep) -> list[str]:
    """What the panel "Wat nu" says, on the page of the casus and on that of its step."""
    code = step.casus.code
    pages = [reverse("casus_detail", args=[code]), reverse("step_detail", args=[code, 1])]
    answers = [BeautifulSoup(http.get(page).content, "html.parser") for page in pages]
    return [" ".join(one.select_one(".rdm-next").get_text(" ").split()) for one in answers]


def test_the_last_day_to_hand_in_stands_on_the_casus_and_on_the_step(
    cast: Cast, client_of: ClientOf
) -> None:
    meeting = clock.today() + timedelta(days=30)
    step = step_at(cast, "prepared", rhythm_weeks=52, rhythm_anchor=meeting, submit_weeks_before=3)
    last_day = meeting - timedelta(weeks=3)
    http = client_of(cast.procesmanager)
    for panel in what_now(http, step):
        assert "Aanmelden uiterlijk" in panel
        assert f"Meld uiterlijk {weekday_date(last_day)}" in panel
    Casus.objects.filter(pk=step.casus_id).update(due=last_day - timedelta(days=1))
    whole, of_step = what_now(http, step)
    # The casus must go on even sooner; the day of the tafel stays in the words.
    assert "Volgende stap uiterlijk" in whole and "Aanmelden uiterlijk" not in whole
    assert f"Meld uiterlijk {weekday_date(last_day)}" in whole
    assert "Aanmelden uiterlijk" in of_step


def test_a_promise_stands_on_the_casus_and_on_the_step_until_it_is_kept(
    cast: Cast, client_of: ClientOf
) -> None:
    promises = [{"hours": 24, "for": "a"}, {"hours": 48, "for": "b"}]
    step = step_at(cast, "submitted", response_hours=promises)
    http = client_of(cast.procesmanager)
    for panel in what_now(http, step):
        assert "Zorg beloofd uiterlijk" in panel
        assert "Binnen 24 uur: a. Binnen 48 uur: b." in panel
    route.discuss_step(step=step, by=cast.procesmanager, on=clock.today())
    assert not any("beloofd" in panel for panel in what_now(http, step))


def test_too_late_for_one_meeting_is_in_time_for_the_next(cast: Cast) -> None:
    meeting = clock.today() + timedelta(days=10)
    step_at(cast, "prepared", rhythm_weeks=4, rhythm_anchor=meeting, submit_weeks_before=3)
    (task,) = items_of(cast, "hand-in")
    assert task.due == meeting + timedelta(weeks=4) - timedelta(weeks=3)


def test_a_promised_answer_is_waited_for_and_then_asked_after(cast: Cast) -> None:
    promises = [{"hours": 24, "for": "a"}, {"hours": 48, "for": "b"}]
    step = step_at(cast, "submitted", response_hours=promises)
    (task,) = items_of(cast, "promised")
    assert task.waiting and task.due == clock.today() + timedelta(days=2)
    assert task.who == str(step.tafel) and "48 uur" in task.title
    with clock.travel(clock.now() + timedelta(days=3)):
        (task,) = items_of(cast, "promised")
        assert not task.waiting and task.is_overdue(clock.today())
        route.discuss_step(step=step, by=cast.procesmanager, on=clock.today())
        assert not items_of(cast, "promised")


def test_a_step_without_news_is_a_task_from_the_agreed_day(cast: Cast) -> None:
    step = step_at(cast, "submitted")
    days = days_without_news()
    with clock.travel(clock.now() + timedelta(days=days - 1)):
        assert not items_of(cast, "no-news")
    with clock.travel(clock.now() + timedelta(days=days, minutes=5)):
        (task,) = items_of(cast, "no-news")
        assert "los op of schaal op" in task.title and task.due == clock.today()
        # Something about another step, or a note, is no news of this tafel.
        timeline.add_note(casus=step.casus, by=cast.procesmanager, text="Verzonnen.")
        assert items_of(cast, "no-news")
        route.discuss_step(step=step, by=cast.procesmanager, on=clock.today())
        assert not items_of(cast, "no-news")


def test_the_number_of_days_is_the_agreement_of_the_region(cast: Cast) -> None:
    step_at(cast, "submitted")
    Procesafspraak.objects.filter(code="stap_zonder_nieuws").update(
        number=5, version=F("version") + 1
    )
    with clock.travel(clock.now() + timedelta(days=5, minutes=5)):
        assert items_of(cast, "no-news")


def test_a_new_check_is_news(cast: Cast) -> None:
    step = step_at(cast, "prepared")
    with clock.travel(clock.now() + timedelta(days=days_without_news(), minutes=5)):
        assert items_of(cast, "no-news")
        instroom.check_instroom(step=step, by=cast.procesmanager, answers={})
        assert not items_of(cast, "no-news")


@pytest.mark.parametrize("who", ["gemeente", "coordinator", "outsider", "client_support"])
def test_only_who_brought_it_in_is_asked(cast: Cast, who: str) -> None:
    step_at(cast, "submitted")
    with clock.travel(clock.now() + timedelta(days=days_without_news() + 1)):
        assert not items_of(cast, "no-news", who)
        assert not items_of(cast, "client-support", who)


def test_support_is_a_task_until_it_is_offered(cast: Cast) -> None:
    draft_casus(cast)
    casus = registered_casus(cast)
    (task,) = items_of(cast, "client-support")
    assert task.casus_code == casus.code and task.due is None
    step = walk.step(casus, cast.procesmanager, cast.tafel(1), until="prepared")
    # The task of the casus says it already.
    assert not items_of(cast, "step-support")
    client_support.set_client_support(casus=casus, by=cast.procesmanager, state="offered")
    assert not items_of(cast, "client-support")
    (task,) = items_of(cast, "step-support")
    assert str(step.tafel) in task.title
    client_support.set_step_client_support(step=step, by=cast.procesmanager, state="declined")
    assert not items_of(cast, "step-support")


def test_nothing_is_asked_of_a_casus_at_rest(cast: Cast) -> None:
    step = step_at(cast, "prepared")
    route.close_step(
        step=step, by=cast.procesmanager, outcome="withdrawn", outcome_text="Verzonnen."
    )
    closing.close(casus=step.casus, by=cast.procesmanager, closing="withdrawn", reason="Verzonnen.")
    with clock.travel(clock.now() + timedelta(days=days_without_news() + 1)):
        kinds = {one.kind for one in work.for_user(cast.procesmanager)}
        assert not kinds & {"hand-in", "promised", "no-news", "client-support", "step-support"}


def test_a_step_that_was_there_before_counts_from_when_it_was_prepared(cast: Cast) -> None:
    """What the migration does for rows of before."""
    step = step_at(cast, "prepared")
    assert clock.local_date(step.news_at) == clock.today() == date.today()
