"""The yearly question to every tafel: by link or with an account, reminders, and what is late."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from directory.models import Confirmation, Procesafspraak, Proposal, Tafel, User
from directory.reading import confirmations
from directory.upkeep.confirmations import actions, links
from directory.upkeep.confirmations.sweeps import ask_to_confirm
from directory.upkeep.proposals import actions as proposals
from outbox.models import Message
from rdm.lib import clock, dates
from rdm.lib.refusal import Conflict, Refused
from rdm.lib.workdays import add_workdays
from tests.cast import Cast
from tests.directory.keeping import REASON, other_tafel, own_tafel, published
from tests.escalation.overleg.sending import hidden, send, text_of

ClientOf = Callable[[User], Client]
CHAIR = "voorzitter van de tafel"


@contextmanager
def on(day: date, hour: int = 9) -> Iterator[None]:
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=clock.AMSTERDAM)
    with clock.travel(moment):
        yield


def due(cast: Cast) -> date:
    found = confirmations.state_of(own_tafel(cast), clock.today()).due
    assert found is not None
    return found


def link(cast: Cast) -> str:
    return links.yearly_link(own_tafel(cast)).replace("http://127.0.0.1:8000", "")


def answers(page: Any, **more: Any) -> dict[str, Any]:
    return hidden(page.context["form"]) | {"function": CHAIR} | more


# --- Where a tafel stands -------------------------------------------------------------------------


def test_the_term_counts_from_the_first_edition_until_somebody_confirms(cast: Cast) -> None:
    tafel, today = own_tafel(cast), clock.today()
    state = confirmations.state_of(tafel, today)
    assert (state.confirmed_on, state.overdue) == (None, False)
    assert state.due == dates.years_later(today, 1)
    assert "Nog niemand" in state.sentence
    late = confirmations.state_of(tafel, state.due + timedelta(days=1))
    assert late.overdue and late.label == "Niet op tijd bevestigd"
    assert not confirmations.state_of(tafel, state.due).overdue
    Procesafspraak.objects.filter(code=confirmations.TERM).update(number=2)
    fresh = Tafel.objects.get(pk=tafel.pk)
    assert confirmations.state_of(fresh, today).due == dates.years_later(today, 2)


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2025, 12, 31), 1, date(2026, 12, 31)),
        (date(9998, 5, 1), 50, date(9999, 5, 1)),
    ],
)
def test_a_year_later(day: date, years: int, later: date) -> None:
    assert dates.years_later(day, years) == later


def test_the_share_of_this_year(cast: Cast) -> None:
    actions.confirm(tafel=own_tafel(cast), by=cast.tafel_contact, version=1)
    share = confirmations.share_of(Tafel.objects.all(), clock.today().year)
    assert (share.confirmed, share.all) == (1, Tafel.objects.count())
    assert share.percent == round(100 / share.all)
    assert confirmations.share_of(Tafel.objects.all(), clock.today().year - 1).confirmed == 0
    assert confirmations.share_of([], 2026).percent == 0


def test_many_tafels_cost_one_query(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        for tafel in confirmations.with_terms(Tafel.objects.all()):
            assert confirmations.state_of(tafel, clock.today()).due


# --- With an account ------------------------------------------------------------------------------


def test_the_contact_reads_the_page_and_confirms(cast: Cast, client_of: ClientOf) -> None:
    tafel = own_tafel(cast)
    client = client_of(cast.tafel_contact)
    address = reverse("tafel_confirm", args=[tafel.slug])
    words = text_of(client.get(address))
    assert "teamleider van Mediant" in words and "niet vermeld" in words and "2 weken" in words
    assert send(client, address, note="Verzonnen opmerking.", seen_by_chair="on").status_code == 302
    tafel.refresh_from_db()
    assert tafel.confirmed_on == tafel.checked_by_chair_on == clock.today()
    assert tafel.confirmed_by == "de contactpersoon van de tafel bij Mediant"
    assert Confirmation.objects.get().note == "Verzonnen opmerking."
    assert client.get(reverse("tafel_confirm", args=[other_tafel(cast).slug])).status_code == 403
    assert client_of(cast.procesmanager).get(address).status_code == 403


def test_nobody_confirms_a_page_that_they_did_not_see(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.tafel_contact)
    address = reverse("tafel_confirm", args=[own_tafel(cast).slug])
    old = hidden(client.get(address).context["form"])
    published(cast, chair="een nieuwe voorzitter")
    late = client.post(address, old)
    assert late.status_code == 409 and "een nieuwe voorzitter" in text_of(late)
    assert not Confirmation.objects.exists()
    assert client.post(address, hidden(late.context["form"])).status_code == 302
    assert Confirmation.objects.get().edition_number == 2


# --- By the link ----------------------------------------------------------------------------------


def test_the_link_confirms_without_an_account_and_once(cast: Cast) -> None:
    address, visitor = link(cast), Client()
    page = visitor.get(address)
    assert page.status_code == 200 and page["Cache-Control"] == "no-store"
    assert "noindex" in page["X-Robots-Tag"]
    assert not Confirmation.objects.exists(), "a GET changes nothing"
    assert visitor.post(address, answers(page)).status_code == 302
    tafel = own_tafel(cast)
    assert (tafel.confirmed_by, tafel.confirmed_on) == (f"de {CHAIR}", clock.today())
    assert Confirmation.objects.get().by_link
    again = visitor.get(address)
    assert again.status_code == 200 and "al beantwoord" in text_of(again)
    assert "al beantwoord" in text_of(visitor.post(address, answers(page)))
    assert Confirmation.objects.count() == 1
    # The next question has a link of its own, and the old one does not answer it.
    assert "Alles klopt nog" in text_of(visitor.get(link(cast)))
    assert "al beantwoord" in text_of(visitor.get(address))


def test_the_function_is_asked_and_is_a_choice(cast: Cast) -> None:
    address, visitor = link(cast), Client()
    page = visitor.get(address)
    for given in ("", "Jan Jansen"):
        answer = visitor.post(address, answers(page, function=given))
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["function"]


def test_the_link_can_answer_with_a_proposal(cast: Cast) -> None:
    address, visitor = link(cast), Client()
    propose = f"{address}wijzigen/"
    form = visitor.get(propose).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: "" if value is None else value for name, value in data.items()}
    data = {name: value for name, value in data.items() if value is not False}
    data |= hidden(form) | {"function": CHAIR, "reason": REASON, "chair": "een ander"}
    assert visitor.post(propose, data).status_code == 302
    proposal = Proposal.objects.get()
    assert (proposal.proposed_by, proposal.proposed_by_name, proposal.confirms) == (
        None, f"de {CHAIR}", True,
    )  # fmt: skip
    # Answered: the link says so, and no second answer is taken.
    assert "wordt nu nagekeken" in text_of(visitor.get(address))
    assert "wordt nu nagekeken" in text_of(visitor.get(propose))
    # Refused: the question is open again. Published: it was the confirmation.
    proposals.refuse(proposal=proposal, by=cast.themagroep, reason="Verzonnen: nee.")
    told = Message.objects.get(key=f"proposal:{proposal.pk}:refused")
    assert told.to == own_tafel(cast).contact_email
    assert visitor.post(propose, data | hidden(visitor.get(propose).context["form"])).url
    again = Proposal.objects.get(status="open")
    proposals.publish(proposal=again, by=cast.tafel_contact, version=1)
    assert own_tafel(cast).confirmed_by == f"de {CHAIR}"
    assert Confirmation.objects.get().by_link


def test_a_link_expires_and_cannot_be_made_up(cast: Cast) -> None:
    address, visitor = link(cast), Client()
    days = Procesafspraak.number_of("tafellink_geldig")
    with clock.travel(clock.now() + timedelta(days=days, minutes=1)):
        assert visitor.get(address).status_code == 404
        assert visitor.post(address, {}).status_code == 404
    for token in ("verzonnen", link(cast).split("/")[-2][:-3], "%00"):
        answer = visitor.get(f"/tafels/bevestigen/{token}/")
        assert answer.status_code == 404
        assert visitor.get(f"/tafels/bevestigen/{token}/wijzigen/").status_code == 404
    # A link for something else is no link for this.
    subscriber = links.tokens.sign("directory.subscribe", {"tafel": 1, "after": 0})
    assert visitor.get(f"/tafels/bevestigen/{subscriber}/").status_code == 404


def test_an_answer_over_an_older_page_is_shown_the_new_one(cast: Cast) -> None:
    address, visitor = link(cast), Client()
    old = answers(visitor.get(address))
    published(cast, chair="een nieuwe voorzitter")
    late = visitor.post(address, old)
    assert late.status_code == 409 and "een nieuwe voorzitter" in text_of(late)
    with pytest.raises(Conflict):
        question = links.question_of(address.split("/")[-2])
        assert question is not None
        actions.confirm_by_link(question=question, function=CHAIR, version=1)


@pytest.mark.django_db(transaction=True)
def test_two_people_with_the_same_link_give_one_answer(cast: Cast) -> None:
    question = links.question_of(link(cast).split("/")[-2])
    assert question is not None
    outcomes: list[str] = []
    begin = threading.Barrier(2)

    def answer() -> None:
        begin.wait()
        try:
            actions.confirm_by_link(question=question, function=CHAIR, version=1)
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    people = [threading.Thread(target=answer) for _ in range(2)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert sorted(outcomes) == ["done", "refused"]
    assert Confirmation.objects.count() == 1


# --- Reminders ------------------------------------------------------------------------------------


def asked() -> list[Message]:
    return list(Message.objects.filter(key__startswith="confirm:").order_by("pk"))


def test_the_tafel_and_its_contact_are_asked_before_the_term(cast: Cast) -> None:
    term = due(cast)
    with on(add_workdays(term, -2)):
        ask_to_confirm()
    assert asked() == []
    with on(add_workdays(term, -1)):
        for _ in range(3):
            ask_to_confirm()
        tafel = own_tafel(cast)
        mine = [one for one in asked() if f"confirm:{tafel.pk}:" in one.key]
        assert {one.to for one in mine} == {tafel.contact_email, cast.tafel_contact.email}
        by_link = next(one for one in mine if one.to == tafel.contact_email)
        address = next(word for word in by_link.body.split() if "/tafels/bevestigen/" in word)
        assert Client().get(address.replace("http://127.0.0.1:8000", "")).status_code == 200
        # Every tafel is asked once, and all of them are asked.
        keys = [one.key.split(":")[1] for one in asked()]
        assert {int(key) for key in keys} == set(Tafel.objects.values_list("pk", flat=True))


def test_after_the_term_each_reminder_waits_twice_as_long(cast: Cast) -> None:
    term, tafel = due(cast), own_tafel(cast)
    mine, seen = f"confirm:{tafel.pk}:", []
    for day in range(1, 41):
        before = len(asked())
        with on(add_workdays(term, day)):
            ask_to_confirm()
        if any(one.key.startswith(mine) for one in asked()[before:]):
            seen.append(day)
    assert seen == [1, 2, 4, 8, 16, 32]


def test_an_outage_of_three_days_leads_to_one_late_mail(cast: Cast) -> None:
    term, tafel = due(cast), own_tafel(cast)
    with on(add_workdays(term, 3)):
        ask_to_confirm()
        ask_to_confirm()
    mine = [one for one in asked() if one.key.startswith(f"confirm:{tafel.pk}:")]
    assert len(mine) == 2 and {one.to for one in mine} == {
        tafel.contact_email, cast.tafel_contact.email,
    }  # fmt: skip


def test_who_confirmed_is_not_asked_again_until_next_year(cast: Cast) -> None:
    term, tafel = due(cast), own_tafel(cast)
    with on(add_workdays(term, -1)):
        ask_to_confirm()
        actions.confirm(tafel=tafel, by=cast.tafel_contact, version=1)
    before = len([one for one in asked() if one.key.startswith(f"confirm:{tafel.pk}:")])
    with on(add_workdays(term, 10)):
        ask_to_confirm()
    mine = [one for one in asked() if one.key.startswith(f"confirm:{tafel.pk}:")]
    assert len(mine) == before
    with on(dates.years_later(add_workdays(term, -1), 1)):
        ask_to_confirm()
    mine = [one for one in asked() if one.key.startswith(f"confirm:{tafel.pk}:")]
    assert len(mine) == before + 2


def test_a_tafel_whose_proposal_waits_is_left_alone(cast: Cast) -> None:
    tafel = own_tafel(cast)
    question = links.question_of(link(cast).split("/")[-2])
    assert question is not None
    actions.propose_by_link(
        question=question, function=CHAIR, values={"chair": "x"}, based_on=1, reason=REASON
    )
    with on(add_workdays(due(cast), 5)):
        ask_to_confirm()
    assert not [one for one in asked() if one.key.startswith(f"confirm:{tafel.pk}:")]


def test_a_tafel_without_an_address_is_for_the_themagroep(cast: Cast) -> None:
    tafel = other_tafel(cast)
    Tafel.objects.filter(pk=tafel.pk).update(contact_email="", led_by=None)
    with on(add_workdays(due(cast), 1)):
        ask_to_confirm()
    mine = [one for one in asked() if one.key.startswith(f"confirm:{tafel.pk}:")]
    assert [one.to for one in mine] == [cast.themagroep.email]


# --- The board, and Mijn werk ---------------------------------------------------------------------


def test_the_board_of_the_themagroep(cast: Cast, client_of: ClientOf) -> None:
    actions.confirm(
        tafel=own_tafel(cast), by=cast.tafel_contact, version=1, note="Verzonnen opmerking."
    )
    proposal = proposals.propose_tafel(
        tafel=own_tafel(cast),
        by=cast.tafel_contact,
        values={"chair": "x"},
        based_on=1,
        reason=REASON,
    )
    with on(dates.years_later(clock.today(), 1) - timedelta(days=5)):
        page = client_of(cast.themagroep).get(reverse("upkeep_board"))
    words = text_of(page)
    number = Tafel.objects.count()
    assert f"1 van {number} tafels" in words or f"0 van {number} tafels" in words
    assert "contactpersoon van de tafel bij Mediant" in words
    assert reverse("proposal_detail", args=[proposal.pk]) in page.content.decode()
    assert "Enschede" in words and "Abonnees" in words and "“Verzonnen opmerking.”" in words
    for name in ("tafel_contact", "coordinator", "gemeente"):
        assert client_of(getattr(cast, name)).get(reverse("upkeep_board")).status_code == 403


def test_what_waits_in_mijn_werk(cast: Cast, client_of: ClientOf) -> None:
    proposals.propose_tafel(
        tafel=own_tafel(cast),
        by=cast.tafel_contact,
        values={"chair": "x"},
        based_on=1,
        reason=REASON,
    )

    def kinds(user: User, waiting: bool = False) -> list[str]:
        context = client_of(user).get("/").context
        found = [one.kind for one in context["others" if waiting else "mine"]]
        return [kind for kind in found if kind in ("voorstel", "bevestiging", "ingang")]

    assert kinds(cast.themagroep) == ["voorstel"]
    assert kinds(cast.tafel_contact) == [] and kinds(cast.tafel_contact, True) == ["voorstel"]
    assert "ingang" in kinds(cast.gemeente) and "ingang" in kinds(cast.outsider)
    assert "ingang" not in kinds(cast.coordinator)
    with on(add_workdays(due(cast), 1)):
        assert kinds(cast.tafel_contact) == ["bevestiging"]
        assert sorted(kinds(cast.themagroep)) == ["bevestiging", "voorstel"]
