"""The route over HTTP: a tafel, its instroom check, submitting, and what the tafel said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from audit.models import AuditEntry
from demo import walk
from directory.models import Tafel, User
from escalation.blocks import ALL
from escalation.models import Casus, RouteStep
from escalation.reading.lead_times import Process, process_of
from escalation.reading.progress import progress_of
from escalation.route import actions as route
from escalation.route.client_support import actions as client_support
from escalation.route.instroom import actions as instroom
from rdm.lib import clock
from tests.cast import Cast
from tests.escalation.overleg.sending import hidden, send, text_of
from tests.world import registered_casus, submitted_casus, tried_casus

ClientOf = Callable[[User], Client]


def url(name: str, step: RouteStep) -> str:
    return reverse(name, args=[step.casus.code, step.position])


def tafel(slug: str) -> Tafel:
    return Tafel.objects.get(slug=slug)


def prepared(cast: Cast, slug: str) -> RouteStep:
    """A tafel on the route, by the page: nothing was checked or submitted yet."""
    return route.add_step(
        casus=registered_casus(cast),
        by=cast.procesmanager,
        tafel=tafel(slug),
        question="Verzonnen vraag.",
    )


def everything(step: RouteStep, answer: str) -> dict[str, str]:
    return {f"answer-{one.code}": answer for one in step.tafel.criteria.filter(active=True)}


def test_a_tafel_is_chosen_by_trede_and_asked_a_question(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    client = client_of(cast.procesmanager)
    page = client.get(reverse("step_add", args=[casus.code]))
    words = text_of(page)
    assert words.index("Trede 1: Regionaal") < words.index("Regiotafel zorgkantoor")
    assert words.index("Trede 2: Bovenregionaal") < words.index("Regio OostNL hoogcomplex")
    assert "Bestuurlijk escalatieoverleg" not in words
    answer = send(
        client,
        reverse("step_add", args=[casus.code]),
        tafel="regiotafel-zorgkantoor",
        question="Verzonnen vraag.",
        client_support="offered",
    )
    step = casus.steps.get()
    assert answer.url == url("step_detail", step)  # type: ignore[attr-defined]
    assert (step.tafel.slug, step.client_support) == ("regiotafel-zorgkantoor", "offered")
    assert (
        "Regiotafel" not in text_of(client.get(page.request["PATH_INFO"])).split("Begin zo laag")[1]
    )


@pytest.mark.parametrize("chosen", ["bestuurlijk-escalatieoverleg", "bestaat-niet", "9" * 30, ""])
def test_another_tafel_than_the_listed_ones_cannot_be_chosen(
    cast: Cast, client_of: ClientOf, chosen: str
) -> None:
    casus = registered_casus(cast)
    answer = send(
        client_of(cast.procesmanager),
        reverse("step_add", args=[casus.code]),
        tafel=chosen,
        question="Verzonnen vraag die blijft staan.",
        client_support="offered",
    )
    assert answer.status_code == 422
    assert "Verzonnen vraag die blijft staan." in answer.content.decode()
    assert not casus.steps.exists()


def test_the_question_is_screened(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    answer = send(
        client_of(cast.procesmanager),
        reverse("step_add", args=[casus.code]),
        tafel="regiotafel-zorgkantoor",
        question="Bel 06-12345678",
        client_support="offered",
    )
    assert answer.status_code == 422
    assert "telefoonnummer" in text_of(answer)
    assert not casus.steps.exists()


def test_the_check_shows_its_result_and_what_decides(cast: Cast, client_of: ClientOf) -> None:
    step = prepared(cast, "crisis-ondersteuningsteam")
    client = client_of(cast.procesmanager)
    page = client.get(url("step_instroom", step))
    # Four ways in over four criteria: each is asked once.
    assert len(page.context["form"].criteria) == 4
    assert page.content.decode().count("Hierboven al gevraagd") == 4
    answers = everything(step, "unknown") | {"answer-woont-thuis": "yes"}
    send(client, url("step_instroom", step), **answers)
    assert step.toetsen.get().result == "unknown"
    answers |= {"answer-zorg-valt-weg": "yes", "why-zorg-valt-weg": "Verzonnen toelichting."}
    send(client, url("step_instroom", step), **answers)
    latest = step.toetsen.first()
    assert latest is not None and latest.result == "met"
    words = text_of(client.get(url("step_detail", step)))
    assert "Dit klopt en is genoeg:" in words
    assert all(text in words for text in latest.deciding) and len(latest.deciding) == 2
    assert "Verzonnen toelichting." in words
    assert "Eerdere toetsen (1)" in words
    # A second look starts from the latest answers.
    form = client.get(url("step_instroom", step)).context["form"]
    assert form["answer-zorg-valt-weg"].value() == "yes"


def test_an_unanswered_criterion_is_asked_again(cast: Cast, client_of: ClientOf) -> None:
    step = prepared(cast, "crisis-ondersteuningsteam")
    answers = everything(step, "no") | {"answer-woont-thuis": "misschien"}
    del answers["answer-direct-gevaar"]
    answer = send(client_of(cast.procesmanager), url("step_instroom", step), **answers)
    assert answer.status_code == 422
    assert "Kies ja, nee of weet ik niet bij" in text_of(answer)
    assert not step.toetsen.exists()


def test_without_a_check_the_way_to_submitting_leads_back(cast: Cast, client_of: ClientOf) -> None:
    step = prepared(cast, "regiotafel-zorgkantoor")
    client = client_of(cast.procesmanager)
    answer = client.get(url("step_submit", step), follow=True)
    assert answer.redirect_chain == [(url("step_detail", step), 302)]
    assert "Doe eerst de instroomtoets" in text_of(answer)


def test_against_the_check_needs_a_reason_and_extra_questions_an_answer(
    cast: Cast, client_of: ClientOf
) -> None:
    step = prepared(cast, "regiotafel-zorgkantoor")
    client = client_of(cast.procesmanager)
    send(client, url("step_instroom", step), **everything(step, "no"))
    empty = send(client, url("step_submit", step), submitted_on=clock.today())
    assert set(empty.context["form"].errors) == {"cce", "against_check_reason"}
    send(
        client,
        url("step_submit", step),
        submitted_on=clock.today(),
        cce="Verzonnen: ja.",
        against_check_reason="Verzonnen reden.",
    )
    step.refresh_from_db()
    assert step.status == "submitted"
    assert step.extra_answers == {"cce": "Verzonnen: ja."}
    assert step.submitted_against_check_reason == "Verzonnen reden."
    assert "Verzonnen reden." in text_of(client.get(url("step_detail", step)))


def test_a_tafel_can_not_admit_with_a_reason(cast: Cast, client_of: ClientOf) -> None:
    step = walk.step(registered_casus(cast), cast.procesmanager, cast.tafel(1), until="submitted")
    client = client_of(cast.procesmanager)
    empty = send(client, url("step_result", step), what="not_admitted", on=clock.today())
    assert list(empty.context["form"].errors) == ["reason"]
    send(
        client,
        url("step_result", step),
        what="not_admitted",
        on=clock.today(),
        reason="Verzonnen reden.",
    )
    step.refresh_from_db()
    assert step.status == "not_admitted"
    wrong = send(
        client,
        url("step_close", step),
        outcome="solved",
        outcome_text="Verzonnen.",
        closed_on=clock.today(),
    )
    assert "kan hem dus niet hebben opgelost" in text_of(wrong)


def test_the_outcome_ends_the_step_and_leads_on(cast: Cast, client_of: ClientOf) -> None:
    step = walk.step(registered_casus(cast), cast.procesmanager, cast.tafel(1), until="submitted")
    client = client_of(cast.procesmanager)
    send(
        client,
        url("step_result", step),
        what="discussed",
        on=clock.today(),
        advice="Verzonnen advies.",
    )
    send(
        client,
        url("step_close", step),
        outcome="no_solution",
        outcome_text="Verzonnen uitkomst.",
        closed_on=clock.today(),
    )
    step.refresh_from_db()
    assert (step.status, step.outcome) == ("closed", "no_solution")
    words = text_of(client.get(url("step_detail", step)))
    for expected in ("Verzonnen advies.", "Verzonnen uitkomst.", "Meld aan voor trede 3"):
        assert expected in words


def test_a_step_the_tafel_said_nothing_about_can_only_be_taken_back(
    cast: Cast, client_of: ClientOf
) -> None:
    step = walk.step(registered_casus(cast), cast.procesmanager, cast.tafel(1), until="submitted")
    client = client_of(cast.procesmanager)
    page = client.get(url("step_close", step))
    assert "outcome" not in page.context["form"].fields
    words = text_of(page)
    assert "Waarom trekt u deze stap in?" in words and "Annuleren" in words
    assert "Leg de uitkomst vast" not in words and "geen passende oplossing" not in words
    answers = {"outcome_text": "Verzonnen reden.", "closed_on": clock.today()}
    send(client, url("step_close", step), **answers)
    step.refresh_from_db()
    assert (step.status, step.outcome) == ("closed", "withdrawn")
    assert "Deze stap is ingetrokken" in text_of(client.get(url("step_detail", step)))


@pytest.mark.parametrize(("shift", "word"), [(1, "toekomst"), (-1, "voor de vorige gebeurtenis")])
def test_a_step_goes_forward_in_time(
    cast: Cast, client_of: ClientOf, shift: int, word: str
) -> None:
    step = walk.step(registered_casus(cast), cast.procesmanager, cast.tafel(1), until="submitted")
    day = clock.today() + timedelta(days=shift)
    answer = send(client_of(cast.procesmanager), url("step_result", step), what="discussed", on=day)
    assert answer.status_code == 422
    assert word in text_of(answer)


def test_two_people_at_once_the_second_keeps_the_text(cast: Cast, client_of: ClientOf) -> None:
    step = walk.step(registered_casus(cast), cast.procesmanager, cast.tafel(1), until="discussed")
    first, second = client_of(cast.procesmanager), client_of(cast.procesmanager_only)
    old = second.get(url("step_close", step)).context["form"]
    answers = {"outcome": "advice", "outcome_text": "Eerste.", "closed_on": clock.today()}
    send(first, url("step_close", step), **answers)
    late = second.post(
        url("step_close", step), hidden(old) | answers | {"outcome_text": "Tweede tekst."}
    )
    assert late.status_code in (409, 422)
    assert "Tweede tekst." in late.content.decode()
    step.refresh_from_db()
    assert step.outcome_text == "Eerste."


def test_a_form_sent_twice_has_one_effect(cast: Cast, client_of: ClientOf) -> None:
    step = prepared(cast, "crisis-ondersteuningsteam")
    client = client_of(cast.procesmanager)
    data = hidden(client.get(url("step_instroom", step)).context["form"])
    for _ in range(2):
        client.post(url("step_instroom", step), data | everything(step, "yes"))
    assert step.toetsen.count() == 1


@pytest.mark.parametrize("name", ["step_instroom", "step_submit", "step_result", "step_close"])
def test_who_only_reads_gets_403_and_a_stranger_404(
    cast: Cast, client_of: ClientOf, name: str
) -> None:
    step = walk.step(registered_casus(cast), cast.procesmanager, cast.tafel(1), until="submitted")
    for method in ("get", "post"):
        assert getattr(client_of(cast.gemeente), method)(url(name, step)).status_code == 403
        assert getattr(client_of(cast.outsider), method)(url(name, step)).status_code == 404
    assert client_of(cast.gemeente).get(url("step_detail", step)).status_code == 200


@pytest.mark.parametrize("position", [99, 10**40])
def test_an_unknown_step_is_not_found(cast: Cast, client_of: ClientOf, position: int) -> None:
    casus = registered_casus(cast)
    address = reverse("step_detail", args=[casus.code, position])
    assert client_of(cast.procesmanager).get(address).status_code == 404


def test_no_step_is_shown_without_an_audit_row(cast: Cast, client_of: ClientOf) -> None:
    casus = tried_casus(cast)
    step = casus.steps.get()
    before = AuditEntry.objects.filter(action="read", object_id=casus.code).count()
    client_of(cast.procesmanager).get(url("step_detail", step))
    assert AuditEntry.objects.filter(action="read", object_id=casus.code).count() == before + 1


def test_a_step_page_stays_at_15_queries_however_often_it_was_checked(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    step = prepared(cast, "crisis-ondersteuningsteam")
    client = client_of(cast.procesmanager)
    for _ in range(6):
        instroom.check_instroom(step=step, by=cast.procesmanager, answers={})
    # The first visit also writes the session.
    client.get(url("step_detail", step))
    with django_assert_max_num_queries(15):
        client.get(url("step_detail", step))
    with django_assert_max_num_queries(15):
        client.get(url("step_instroom", step))


# --- the process ------------------------------------------------------------------------------


def process(casus: Casus) -> Process:
    return process_of(progress_of(Casus.objects.get(pk=casus.pk), ALL))


def kinds(casus: Casus) -> list[str]:
    return [gap.kind for gap in process(casus).gaps]


def test_a_skipped_trede_is_named_with_its_reason(cast: Cast) -> None:
    casus = submitted_casus(cast, skipped_reason="Verzonnen reden voor trede 2.")
    found = process(casus)
    states = [rung.state for rung in found.route.treden]
    assert states == ["done", "done", "skipped", "now", "later"]
    skipped = next(gap for gap in found.gaps if gap.kind == "skipped")
    assert "Trede 2" in skipped.text and "Verzonnen reden voor trede 2." in skipped.text


def test_what_was_withdrawn_or_left_open_is_not_finished(cast: Cast) -> None:
    """The same test as the gate: both pages and the gate say of a trede what the others say."""
    casus = registered_casus(cast)
    by = cast.procesmanager
    withdrawn = walk.step(casus, by, cast.tafel(1), until="submitted")
    route.close_step(step=withdrawn, by=by, outcome="withdrawn", outcome_text="Verzonnen.")
    walk.step(casus, by, cast.tafel(2), until="submitted")
    walk.submitted(casus, by, exception_reason="Verzonnen uitzondering.")
    found = process(casus)
    states = [rung.state for rung in found.route.treden]
    assert states == ["done", "open_end", "open_end", "now", "later"]
    assert [gap.text.split(".")[0] for gap in found.gaps if gap.kind == "skipped"] == [
        "Trede 1 is niet afgerond",
        "Trede 2 is niet afgerond",
    ]
    assert progress_of(casus, ALL).gate.untried == (1, 2)
    assert progress_of(tried_casus(cast), ALL).gate.untried == (2,)


def test_a_step_is_an_open_end_once_the_casus_went_on_without_it(cast: Cast) -> None:
    casus = registered_casus(cast)
    walk.step(casus, cast.procesmanager, cast.tafel(1), until="submitted")
    assert "open_end" not in kinds(casus)
    walk.step(casus, cast.procesmanager, cast.tafel(2))
    assert "open_end" in kinds(casus)


def test_a_tafel_that_spoke_without_an_outcome_is_an_open_end(cast: Cast) -> None:
    casus = registered_casus(cast)
    walk.step(casus, cast.procesmanager, cast.tafel(1), until="discussed")
    assert "open_end" in kinds(casus)


def test_submitting_against_the_check_is_named(cast: Cast) -> None:
    casus = registered_casus(cast)
    walk.step(casus, cast.procesmanager, tafel("regiotafel-zorgkantoor"), answer="yes")
    assert "against_check" not in kinds(casus)
    walk.step(casus, cast.procesmanager, tafel("oostnl-hoogcomplex"), answer="no")
    gap = next(gap for gap in process(casus).gaps if gap.kind == "against_check")
    assert "OostNL" in gap.text and gap.position == 2


def test_a_step_without_a_check_is_named(cast: Cast) -> None:
    casus = registered_casus(cast)
    walk.step(casus, cast.procesmanager, cast.tafel(1), until="submitted")
    assert "no_check" not in kinds(casus)
    # The tafel got criteria after the casus was submitted to it.
    cast.tafel(1).criteria.create(code="nieuw", text="Verzonnen criterium")
    assert "no_check" in kinds(casus)


def test_client_support_that_was_not_offered_is_named_until_it_is(cast: Cast) -> None:
    casus = registered_casus(cast)
    assert "client_support" in kinds(casus)
    client_support.set_client_support(casus=casus, by=cast.procesmanager, state="offered")
    assert "client_support" not in kinds(casus)


def test_the_lead_time_counts_from_submitting_to_the_outcome(cast: Cast) -> None:
    casus = registered_casus(cast)
    with clock.travel(clock.now() - timedelta(days=12)):
        step = walk.step(casus, cast.procesmanager, cast.tafel(1), until="discussed")
    (passage,) = process(casus).passages
    assert (passage.days, passage.lead_time) == (12, "12 dagen")
    route.close_step(
        step=RouteStep.objects.get(pk=step.pk),
        by=cast.procesmanager,
        outcome="advice",
        outcome_text="Verzonnen.",
        closed_on=clock.today() - timedelta(days=2),
    )
    assert process(casus).passages[0].days == 10


def test_a_step_says_what_is_next_only_while_it_is(cast: Cast, client_of: ClientOf) -> None:
    """A tafel that does not fit leads elsewhere, and so does a finished step, until there is a next
    one."""
    casus = registered_casus(cast)
    by, http = cast.procesmanager, client_of(cast.procesmanager)
    tafel = next(one for one in Tafel.objects.filter(trede=1) if one.criteria.filter(active=True))
    step = route.add_step(casus=casus, by=by, tafel=tafel, question="Wie?")
    answers = {one.code: ("no", "Nee.") for one in tafel.criteria.filter(active=True)}
    instroom.check_instroom(step=step, by=by, answers=answers)
    address = reverse("step_detail", args=[casus.code, step.position])
    for page in (address, reverse("casus_detail", args=[casus.code])):
        assert "voldoet niet aan de voorwaarden" in text_of(http.get(page)), page
    walk.step(casus, by, cast.tafel(2))
    first = text_of(http.get(address))
    assert "voldoet niet aan de voorwaarden" in first
    finished = reverse("step_detail", args=[casus.code, 2])
    assert "Los op of schaal op" in text_of(http.get(finished))
    other = Tafel.objects.filter(special="").exclude(pk__in=casus.steps.values("tafel"))[0]
    route.add_step(casus=casus, by=by, tafel=other, question="Wie?")
    assert "Los op of schaal op" not in text_of(http.get(finished))
