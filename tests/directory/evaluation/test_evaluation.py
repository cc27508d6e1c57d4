"""The yearly question whether the overview helps (E-174)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from directory.evaluation import actions as evaluations
from directory.evaluation.links import evaluation_link
from directory.evaluation.rules import results
from directory.evaluation.work import for_user
from directory.models import Evaluation, EvaluationAnswer, Region, Subscriber
from directory.upkeep.subscriptions import actions as subscriptions
from outbox.models import Message
from rdm.lib import clock
from rdm.lib.refusal import Conflict, Forbidden, Refused
from tests.cast import Cast

ALL = {
    "gevonden": "ja",
    "sneller": "weet-niet",
    "klopte": "meeste",
    "aanraden": "ja",
    "beter": "Zet er een kaart bij.",
}


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def opened(cast: Cast) -> Evaluation:
    return evaluations.open_year(by=cast.themagroep)


def path_of(evaluation: Evaluation) -> str:
    return "/" + evaluation_link(evaluation).split("/", 3)[3]


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"request_id": uuid4(), **data})


def test_opening_keeps_the_questions_and_the_last_day(cast: Cast, opened: Evaluation) -> None:
    Region.objects.update(evaluation_questions=[])
    opened.refresh_from_db()
    assert [one["code"] for one in opened.questions] == list(ALL)
    assert opened.closes_on >= clock.today() + timedelta(days=30)
    assert opened.closes_on.weekday() < 5


def test_everybody_gets_the_same_link_once(cast: Cast) -> None:
    for address in ("lezer@voorbeeld.example", cast.gemeente.email):
        subscriptions.subscribe(email=address, is_gp=False)
        subscriptions.confirm(subscriber=Subscriber.objects.get(email=address))
    opened = evaluations.open_year(by=cast.themagroep)
    mails = Message.objects.filter(key__startswith=f"evaluation:{opened.year}:")
    to = [one.to for one in mails]
    assert len(to) == len(set(to)) and cast.gemeente.email in to
    reader = mails.get(to="lezer@voorbeeld.example")
    assert reader.unsubscribe_url and "Geen bericht meer?" in reader.body
    # The time of signing is in it, so the links of one opening differ in nothing.
    links = {
        line for one in mails for line in one.body.splitlines() if "/evaluatie/vragen/" in line
    }
    assert len(links) == 1


def asked(opened: Evaluation, address: str) -> Message | None:
    return Message.objects.filter(key__startswith=f"evaluation:{opened.year}:", to=address).first()


def next_year(cast: Cast) -> Evaluation:
    with clock.travel(clock.now() + timedelta(days=370)):
        return evaluations.open_year(by=cast.themagroep)


def stop_path(message: Message) -> str:
    line = next(one for one in message.body.splitlines() if "Geen vragenlijst meer?" in one)
    return "/" + line.split(" ")[-1].split("/", 3)[3]


def test_who_has_an_account_can_stop_the_survey_too(cast: Cast, opened: Evaluation) -> None:
    """As a reader can; with a button, because a mail program that opens every link must not."""
    message = asked(opened, cast.gemeente.email)
    assert message is not None
    page, visitor = stop_path(message), Client()
    assert "Stuur mij geen vragenlijst meer" in visitor.get(page).content.decode()
    assert visitor.head(page).status_code == 200
    cast.gemeente.refresh_from_db()
    assert cast.gemeente.surveys_stopped_at is None
    for _ in range(2):
        assert post(visitor, page).status_code == 302
    assert "niet meer" in visitor.get(page).content.decode()
    assert asked(next_year(cast), cast.gemeente.email) is None
    assert (
        Message.objects.filter(key__startswith="evaluation:", to=cast.coordinator.email).count()
        == 2
    )


def test_who_stopped_can_come_back(cast: Cast, opened: Evaluation) -> None:
    message = asked(opened, cast.gemeente.email)
    assert message is not None
    evaluations.stop_asking(person=cast.gemeente)
    assert post(Client(), stop_path(message), weer="1").status_code == 302
    assert asked(next_year(cast), cast.gemeente.email) is not None


def test_the_button_of_the_mail_program_stops_the_survey(cast: Cast, opened: Evaluation) -> None:
    """RFC 8058: a POST without page or cookie; every mail of the survey has that address."""
    sent = Message.objects.filter(key__startswith=f"evaluation:{opened.year}:")
    assert sent and all(one.unsubscribe_url for one in sent)
    message = asked(opened, cast.gemeente.email)
    assert message is not None
    address = "/" + message.unsubscribe_url.split("/", 3)[3]
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(address).status_code == 302
    for _ in range(2):
        assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    cast.gemeente.refresh_from_db()
    assert cast.gemeente.surveys_stopped_at is not None
    # The page for people keeps its token, and nobody else's link stops anything.
    assert strict.post(stop_path(message), {}).status_code == 403
    for path in ("/evaluatie/stop/verzonnen/", "/evaluatie/stop/verzonnen/direct/"):
        assert strict.get(path).status_code == 404
    survey = path_of(opened).replace("/vragen/", "/stop/")
    assert Client().get(survey).status_code == 404


def test_a_closed_account_gets_no_mail(cast: Cast) -> None:
    cast.gemeente.is_active = False
    cast.gemeente.save()
    opened = evaluations.open_year(by=cast.themagroep)
    assert not Message.objects.filter(
        key__startswith=f"evaluation:{opened.year}:", to=cast.gemeente.email
    )


def test_once_a_year(cast: Cast, opened: Evaluation) -> None:
    with pytest.raises(Refused, match="al geopend"):
        evaluations.open_year(by=cast.themagroep)


def test_without_questions_there_is_nothing_to_open(cast: Cast) -> None:
    Region.objects.update(evaluation_questions=[])
    with pytest.raises(Refused, match="geen vragen"):
        evaluations.open_year(by=cast.themagroep)
    assert not [one for one in for_user(cast.themagroep) if one.kind == "evaluatie"]


def test_only_the_themagroep_opens_and_closes(cast: Cast, opened: Evaluation) -> None:
    with pytest.raises(Forbidden):
        evaluations.open_year(by=cast.coordinator)
    with pytest.raises(Forbidden):
        evaluations.close(evaluation=opened, by=cast.portefeuillehouder)


def test_the_themagroep_is_told_until_it_is_open(cast: Cast) -> None:
    (item,) = [one for one in for_user(cast.themagroep) if one.kind == "evaluatie"]
    assert item.due and (item.due.month, item.due.day) == (12, 31)
    evaluations.open_year(by=cast.themagroep)
    assert not [one for one in for_user(cast.themagroep) if one.kind == "evaluatie"]


def test_a_visitor_answers_and_nobody_knows_who(client: Client, opened: Evaluation) -> None:
    answer = post(client, path_of(opened), **ALL)
    assert answer.status_code == 302 and answer["Location"] == reverse("evaluation_thanks")
    kept = EvaluationAnswer.objects.get()
    assert kept.answers == ALL and kept.on == clock.today()
    assert {field.name for field in EvaluationAnswer._meta.fields} == {
        "id", "evaluation", "answers", "on",
    }  # fmt: skip


def test_twice_the_same_form_is_one_answer(client: Client, opened: Evaluation) -> None:
    once = uuid4()
    for _ in range(2):
        client.post(path_of(opened), {"request_id": once, "gevonden": "ja"})
    assert EvaluationAnswer.objects.count() == 1


def test_a_question_may_be_left_open_but_not_all(client: Client, opened: Evaluation) -> None:
    assert post(client, path_of(opened), aanraden="nee").status_code == 302
    refused = post(client, path_of(opened))
    assert refused.status_code == 422 and "minstens één vraag" in refused.content.decode()


def test_a_strange_answer_and_personal_data_are_refused_and_kept(
    client: Client, opened: Evaluation
) -> None:
    refused = post(client, path_of(opened), gevonden="verzonnen", beter="Bel 06 12345678")
    page = refused.content.decode()
    assert refused.status_code == 422 and "Bel 06 12345678" in page
    assert not EvaluationAnswer.objects.exists()


def test_after_the_last_day_it_says_so(client: Client, opened: Evaluation) -> None:
    later = datetime.combine(opened.closes_on, datetime.min.time(), UTC) + timedelta(days=2)
    with clock.travel(later):
        page = client.get(path_of(opened))
        assert page.status_code == 200 and "gesloten" in page.content.decode()
        with pytest.raises(Refused):
            evaluations.answer(evaluation=opened, answers=ALL)


def test_a_made_up_link_is_no_page(client: Client, opened: Evaluation) -> None:
    assert client.get("/evaluatie/vragen/verzonnen/").status_code == 404


def test_of_two_who_close_one_is_told(cast: Cast, opened: Evaluation) -> None:
    seen = Evaluation.objects.get(pk=opened.pk)
    evaluations.close(evaluation=opened, by=cast.themagroep)
    with pytest.raises(Conflict):
        evaluations.close(evaluation=seen, by=cast.themagroep, version=seen.version)


def test_results_in_figures_and_words(cast: Cast, opened: Evaluation) -> None:
    evaluations.answer(evaluation=opened, answers=ALL)
    evaluations.answer(evaluation=opened, answers={"gevonden": "nee", "beter": "Alles is goed."})
    evaluations.answer(evaluation=opened, answers={"gevonden": "ja"})
    found = results(opened)
    first = found.found[0]
    assert found.number == 3
    assert [row.cells[-1][1] for row in first.rows] == ["2 (67%)", "0 (0%)", "1 (33%)", "0 (0%)"]
    assert first.message == "Het meest gekozen: ‘ja’ (2 van 3)."
    assert found.found[-1].texts == ["Alles is goed.", "Zet er een kaart bij."]


def test_the_years_stand_beside_each_other(cast: Cast) -> None:
    now = clock.now()
    for back in (2, 1, 0):
        with clock.travel(now.replace(year=now.year - back, day=1)):
            one = evaluations.open_year(by=cast.themagroep)
            evaluations.answer(evaluation=one, answers={"aanraden": "ja" if back else "nee"})
    found = results(one)
    assert [year for year, _ in found.years] == [now.year - 2, now.year - 1, now.year]
    (row, other) = found.found[3].rows
    assert [cell for _, cell in row.cells] == ["1 (100%)", "1 (100%)", "0 (0%)"]
    assert [cell for _, cell in other.cells] == ["0 (0%)", "0 (0%)", "1 (100%)"]


def test_who_reads_the_results(cast: Cast, opened: Evaluation) -> None:
    page = reverse("evaluation_detail", args=[opened.year])
    for who in (cast.themagroep, cast.coordinator, cast.portefeuillehouder):
        client = Client()
        client.force_login(who)
        assert client.get(page).status_code == 200
    client = Client()
    client.force_login(cast.gemeente)
    assert client.get(page).status_code == 403


def test_opening_and_closing_over_http(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.themagroep)
    soup = BeautifulSoup(client.get(reverse("evaluation_list")).content, "html.parser")
    assert soup.select_one(f"a[href='{reverse('evaluation_open')}']")
    answer = post(client, reverse("evaluation_open"))
    opened = Evaluation.objects.get()
    assert answer["Location"] == reverse("evaluation_detail", args=[opened.year])
    shown = client.get(answer["Location"]).content.decode()
    assert "/evaluatie/vragen/" in shown and "Nog niemand" in shown
    closing = reverse("evaluation_close", args=[opened.year])
    assert post(client, closing, version=opened.version).status_code == 302
    opened.refresh_from_db()
    assert not opened.is_open(clock.today())
