"""After the overleg and the ministry there is a decision: what every page and mail then asks
(E-031, E-122, O-04, O-06)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from demo import walk
from directory.models import User
from escalation.dossier.closing import actions as closing
from escalation.lists import work
from escalation.models import Casus
from escalation.overleg import actions as overleg_actions
from escalation.overleg import sweeps as overleg_sweeps
from escalation.overleg.nomination import actions as nominations
from escalation.overleg.outcome import actions as outcomes
from escalation.route.instroom import actions as instroom
from escalation.workflow import CARRY_OUT, DOES_NOT_FIT, CasusStatus
from learning.actions import terugkoppelingen
from learning.models.terugkoppeling import RUBRIEKEN
from outbox.models import Message
from rdm.lib import clock
from rdm.lib.work import WorkItem
from tests import world
from tests.cast import Cast
from tests.escalation.lists.test_tasks import items_of

ClientOf = Callable[[User], Client]
SEARCHING = CasusStatus.ACTIVE.next.what


def what_now(http: Client, casus: Casus) -> str:
    page = BeautifulSoup(
        http.get(reverse("casus_detail", args=[casus.code])).content, "html.parser"
    )
    return " ".join(page.select_one(".rdm-next").get_text(" ").split())


def mine(cast: Cast, casus: Casus) -> WorkItem:
    """The line of Mijn werk that is about the casus itself."""
    items = [one for one in work.for_user(cast.procesmanager) if one.casus_code == casus.code]
    (found,) = [one for one in items if one.kind.startswith("casus-")]
    return found


def last_mail() -> str:
    return Message.objects.latest("pk").body


def test_back_in_the_gemeente_the_advice_is_carried_out_and_not_searched_again(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = world.held_casus(cast)
    overleg_actions.return_to_region(casus=casus, by=cast.gemeente, advice="Verzonnen advies.")
    said = what_now(client_of(cast.procesmanager), casus)
    assert CARRY_OUT in said and "Het overleg gaf de casus terug" in said
    assert "Meld aan voor trede 3" not in said and "vonden geen oplossing" not in said
    assert mine(cast, casus).title == CARRY_OUT
    assert CARRY_OUT in last_mail() and SEARCHING not in last_mail()
    # Whoever goes to a tafel after all searches again.
    walk.step(casus, cast.procesmanager, cast.tafel(2), until="submitted")
    assert CARRY_OUT not in what_now(client_of(cast.procesmanager), casus)


def test_the_answer_of_the_ministry_is_carried_out(cast: Cast, client_of: ClientOf) -> None:
    casus = world.nominated_casus(cast)
    # Until it comes the ministry has it.
    assert mine(cast, casus).waiting and "ministerie" in mine(cast, casus).who
    nominations.record_answer(
        casus=casus, by=cast.gemeente, answer="Verzonnen.", answered_on=clock.today()
    )
    said = what_now(client_of(cast.procesmanager), casus)
    assert CARRY_OUT in said and "Het ministerie heeft geantwoord" in said
    assert not mine(cast, casus).waiting and CARRY_OUT in last_mail()


def test_the_line_of_my_work_says_what_the_step_asks(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    assert mine(cast, casus).title == SEARCHING
    tafel = cast.tafel(2)
    step = walk.step(casus, cast.procesmanager, tafel, until="prepared", answer="no")
    assert mine(cast, casus).title == DOES_NOT_FIT.format(tafel=tafel)
    yes = {one.code: ("yes", "") for one in tafel.criteria.filter(active=True)}
    instroom.check_instroom(step=step, by=cast.procesmanager, answers=yes)
    assert mine(cast, casus).title == f"Meld de casus aan bij {tafel}"
    walk.step_submitted(step, cast.procesmanager)
    waiting = mine(cast, casus)
    assert waiting.waiting and waiting.who == str(tafel)
    # From the day after the term on it is no longer waiting, but asking.
    with clock.travel(clock.now() + timedelta(days=120)):
        assert not [one for one in work.for_user(cast.procesmanager) if one.waiting]


def test_a_terugkoppeling_that_came_in_is_no_longer_owed(cast: Cast, client_of: ClientOf) -> None:
    casus = world.held_casus(cast)
    overleg = casus.overleggen.get()
    http = client_of(cast.gemeente)
    assert "De gemeente schrijft de terugkoppeling" in what_now(http, casus)
    report = terugkoppelingen.open_for(overleg=overleg, by=cast.gemeente)
    terugkoppelingen.submit(
        terugkoppeling=report, by=cast.gemeente, texts={name: "Geen." for name, _ in RUBRIEKEN}
    )
    casus.refresh_from_db()
    assert "De terugkoppeling is ingediend" in what_now(http, casus)
    assert casus.due is not None and overleg.feedback_due < casus.due
    assert casus.events.filter(kind="terugkoppeling").count() == 1


def test_a_promise_outlives_the_casus(cast: Cast, client_of: ClientOf) -> None:
    casus = world.held_casus(cast)
    assert casus.overleggen.get().afspraken.exists()
    page = client_of(cast.gemeente).get(reverse("casus_close", args=[casus.code]))
    assert "Er staat nog 1 afspraak van het overleg open" in page.content.decode()
    closing.close(casus=casus, by=cast.gemeente, closing="solved", reason="Verzonnen.")
    assert items_of(cast, "afspraak", "gemeente")


def test_the_gemeente_is_reminded_of_a_promise_before_and_after_its_day(cast: Cast) -> None:
    promise = world.held_casus(cast).overleggen.get().afspraken.get()
    closing.close(
        casus=promise.overleg.casus, by=cast.gemeente, closing="solved", reason="Verzonnen."
    )

    def told() -> list[str]:
        overleg_sweeps.remind_of_afspraken()
        overleg_sweeps.remind_of_afspraken()
        mails = Message.objects.filter(key__startswith="afspraak:", to=cast.gemeente.email)
        return [one.subject.split(":")[0] for one in mails.order_by("pk")]

    assert told() == []
    noon = datetime.combine(promise.due, time(12), clock.AMSTERDAM)
    with clock.travel(noon):
        assert told() == ["Herinnering"]
    with clock.travel(noon + timedelta(days=5)):
        assert told()[0] == "Herinnering" and told()[1] == "Termijn voorbij"
        outcomes.change_afspraak(afspraak=promise, by=cast.gemeente, state="done", note="Gelukt.")
    with clock.travel(noon + timedelta(days=60)):
        assert len(told()) == 2
