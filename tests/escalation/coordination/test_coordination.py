"""Trede 3 over HTTP: the gate, looking over the answers, the inbox and the four decisions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from audit.models import AuditEntry
from demo import walk
from directory.agreements.college import actions as college
from directory.models import Gemeente, Membership, Organisation, Procesafspraak, Role, Tafel, User
from escalation.coordination.decisions import actions as coordination
from escalation.models import Casus
from escalation.notifications import people_of
from escalation.workflow import Turn
from rdm.lib import clock
from rdm.lib.workdays import add_workdays
from tests.cast import Cast
from tests.escalation.overleg.sending import hidden, send, text_of
from tests.world import (
    accepted_casus,
    incomplete_casus,
    registered_casus,
    submitted_casus,
    tried_casus,
)

ClientOf = Callable[[User], Client]
DECISIONS = (
    "submission_accept",
    "submission_ask_completion",
    "submission_return",
    "submission_spoed",
)


def url(name: str, casus: Casus) -> str:
    return reverse(name, args=[casus.code])


def answers(**more: Any) -> dict[str, Any]:
    return {
        "organisation": "enschede",
        "question": "Verzonnen vraag aan het overleg.\nMet een tweede regel.",
        "plan_of_approach": "Verzonnen plan.",
        "skipped_reason": "Verzonnen reden voor trede 2.",
    } | more


def carried(page: Any) -> dict[str, Any]:
    """The hidden answers on the page that is looked over before sending."""
    return dict(page.context["sent"])


# --- the gate ---------------------------------------------------------------------------------


def test_the_gate_shows_what_is_met_and_what_is_not(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.procesmanager).get(url("casus_submit", tried_casus(cast)))
    assert [condition["met"] for condition in page.context["conditions"]] == [True, True, False]
    words = text_of(page)
    assert "Waarom is trede 2 niet geprobeerd?" in words
    assert "Cliëntondersteuning is nog niet aangeboden." in words
    assert page.context["form"]["plan_of_approach"].value().startswith("Verzonnen plan")


def test_with_an_open_gate_no_reasons_are_asked(cast: Cast, client_of: ClientOf) -> None:
    casus = tried_casus(cast)
    walk.step(casus, cast.procesmanager, cast.tafel(2))
    form = client_of(cast.procesmanager).get(url("casus_submit", casus)).context["form"]
    assert "skipped_reason" not in form.fields and "exception_reason" not in form.fields


def test_what_the_gate_misses_is_asked_and_then_needed(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.procesmanager)
    one, none = url("casus_submit", tried_casus(cast)), url("casus_submit", registered_casus(cast))
    assert "exception_reason" not in client.get(one).context["form"].fields
    refused = send(client, one, **answers(skipped_reason=""))
    assert list(refused.context["form"].errors) == ["skipped_reason"]
    assert "Vul iets in bij “Waarom is trede 2 niet geprobeerd?”." in text_of(refused)
    page = client.get(none)
    assert "Waarom zijn trede 1 en 2 niet geprobeerd?" in text_of(page)
    assert all(page.context["form"].fields[name].required for name in REASONS)


REASONS = ("skipped_reason", "exception_reason")


def test_nothing_is_sent_before_the_answers_were_looked_over(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = tried_casus(cast)
    client = client_of(cast.procesmanager)
    check = send(client, url("casus_submit", casus), **answers())
    assert "Controleer uw aanmelding" in text_of(check)
    assert "Met een tweede regel." in text_of(check)
    assert not casus.submissions.exists()
    edit = client.post(url("casus_submit", casus), carried(check) | {"stage": "edit"})
    assert edit.status_code == 200
    assert "Verzonnen reden voor trede 2." in edit.content.decode()
    assert not casus.submissions.exists()
    for _ in range(2):
        sent = client.post(url("casus_submit", casus), carried(check) | {"stage": "send"})
        assert sent.status_code == 302
    submission = casus.submissions.get()
    assert submission.question == "Verzonnen vraag aan het overleg.\nMet een tweede regel."
    assert (submission.gate_gaps, submission.spoed_asked) == ([], False)


def test_a_gap_needs_a_request_for_an_exception(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    client = client_of(cast.procesmanager)
    refused = send(client, url("casus_submit", casus), **answers())
    assert refused.status_code == 422
    assert "exception_reason" in refused.context["form"].errors
    check = send(
        client, url("casus_submit", casus), **answers(exception_reason="Verzonnen uitzondering.")
    )
    assert "u vraagt een uitzondering" in text_of(check)
    client.post(url("casus_submit", casus), carried(check) | {"stage": "send"})
    assert casus.submissions.get().gate_gaps


def test_asking_for_spoed_needs_a_reason(cast: Cast, client_of: ClientOf) -> None:
    casus = tried_casus(cast)
    refused = send(
        client_of(cast.procesmanager), url("casus_submit", casus), **answers(spoed_asked="on")
    )
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["spoed_asked_reason"]


def test_what_is_no_personal_data_after_all_stays_let_through(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = tried_casus(cast)
    client = client_of(cast.procesmanager)
    typed = answers(question="Verzonnen dossiernummer 06-12345678.")
    hit = send(client, url("casus_submit", casus), **typed)
    assert hit.status_code == 422
    form = hit.context["form"]
    allowed = {form.OVERRIDE: "on", form.REASON: "Verzonnen: dit is een dossiernummer."}
    check = client.post(url("casus_submit", casus), typed | hidden(form) | allowed)
    assert "Controleer uw aanmelding" in text_of(check)
    client.post(url("casus_submit", casus), carried(check) | {"stage": "send"})
    assert casus.submissions.exists()
    assert AuditEntry.objects.filter(object_id=casus.code, part="screening:question").exists()
    assert "dossiernummer" in casus.events.get(kind="explained").text


@pytest.mark.parametrize("organisation", ["hengelo", "mediant", "9223372036854775808", ""])
def test_nobody_submits_for_another_organisation(
    cast: Cast, client_of: ClientOf, organisation: str
) -> None:
    casus = tried_casus(cast)
    client = client_of(cast.procesmanager)
    answer = send(client, url("casus_submit", casus), **answers(organisation=organisation))
    assert answer.status_code == 422
    assert not casus.submissions.exists()


def test_an_organisation_that_may_not_submit_is_told_so(cast: Cast, client_of: ClientOf) -> None:
    Organisation.objects.get(slug="enschede").submits_as.clear()
    page = client_of(cast.procesmanager).get(url("casus_submit", tried_casus(cast)))
    assert "mag niet aanmelden voor trede 3" in text_of(page)


def test_somebody_was_first_and_the_text_stays(cast: Cast, client_of: ClientOf) -> None:
    casus = tried_casus(cast)
    client = client_of(cast.procesmanager)
    check = send(client, url("casus_submit", casus), **answers())
    from escalation.registration import actions as registration

    registration.save_registration(
        casus=Casus.objects.get(pk=casus.pk),
        by=cast.procesmanager_only,
        plan_of_approach="Een ander plan.",
    )
    late = client.post(url("casus_submit", casus), carried(check) | {"stage": "send"})
    assert late.status_code == 409
    assert "Een ander plan." in text_of(late) and "Verzonnen plan." in late.content.decode()
    assert not casus.submissions.exists()


# --- completing and withdrawing ---------------------------------------------------------------


def test_the_aanmelder_completes_what_was_asked(cast: Cast, client_of: ClientOf) -> None:
    casus = incomplete_casus(cast)
    client = client_of(cast.procesmanager)
    assert "Verzonnen aanvulling." in text_of(client.get(url("casus_complete", casus)))
    send(client, url("casus_complete", casus), text="Verzonnen antwoord.")
    casus.refresh_from_db()
    assert casus.status == "submitted"
    assert casus.submissions.get().completion_given == "Verzonnen antwoord."


def test_withdrawing_needs_a_reason(cast: Cast, client_of: ClientOf) -> None:
    casus = submitted_casus(cast)
    client = client_of(cast.procesmanager)
    assert send(client, url("casus_withdraw", casus), reason=" ").status_code == 422
    send(client, url("casus_withdraw", casus), reason="Verzonnen reden.")
    casus.refresh_from_db()
    assert casus.status == "active"


# --- the inbox --------------------------------------------------------------------------------


def test_the_inbox_puts_spoed_first_and_then_what_is_due_first(
    cast: Cast, client_of: ClientOf
) -> None:
    from escalation.coordination.decisions import actions as coordination

    with clock.travel(clock.now() - timedelta(days=14)):
        old = submitted_casus(cast)
    new, urgent = submitted_casus(cast), submitted_casus(cast)
    coordination.mark_spoed(casus=urgent, by=cast.coordinator, reason="Verzonnen reden.")
    incomplete, accepted = incomplete_casus(cast), accepted_casus(cast)
    page = client_of(cast.coordinator).get(reverse("coordinatiepunt"))
    shown = [row.submission.casus.code for row in page.context["waiting"]]
    assert shown == [urgent.code, old.code, new.code]
    words = text_of(page)
    assert "werkdagen (termijn: 3)" in words and "te laat" in words
    for code in (incomplete.code, accepted.code):
        assert code in words
    assert "Nog geen datum" in words and "nog geen deelnemers" in words


def test_the_inbox_names_gemeenten_without_a_college_decision(
    cast: Cast, client_of: ClientOf
) -> None:
    """A college that decided not to take part did decide."""
    almelo = Gemeente.objects.get(organisation__slug="almelo")
    for gemeente, state in ((cast.hengelo, "decided"), (almelo, "rejected")):
        college.set_college_decision(
            gemeente=gemeente, by=cast.coordinator, state=state, decided_on=clock.today()
        )
    page = client_of(cast.coordinator).get(reverse("coordinatiepunt"))
    said = [
        alert.get_text(" ")
        for alert in BeautifulSoup(page.content, "html.parser").select(".rdm-alert")
    ]
    (unknown,) = [text for text in said if "nog niet bekend" in text]
    (not_taken_over,) = [text for text in said if "namen trede 3 niet over" in text]
    assert "Enschede" in unknown
    assert not [name for name in ("Hengelo", "Almelo") if name in unknown]
    assert "Almelo" in not_taken_over and "Hengelo" not in not_taken_over


def test_the_inbox_is_for_the_coordinator(cast: Cast, client_of: ClientOf) -> None:
    for name, user in cast.everybody.items():
        expected = 200 if name == "coordinator" else 403
        assert client_of(user).get(reverse("coordinatiepunt")).status_code == expected, name


def test_the_inbox_asks_as_many_queries_for_twenty_as_for_one(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(cast.coordinator)
    submitted_casus(cast), accepted_casus(cast)
    client.get(reverse("coordinatiepunt"))
    with django_assert_max_num_queries(15) as one:
        client.get(reverse("coordinatiepunt"))
    for _ in range(4):
        submitted_casus(cast), accepted_casus(cast), incomplete_casus(cast)
    with django_assert_max_num_queries(len(one)):
        client.get(reverse("coordinatiepunt"))


# --- one submission ---------------------------------------------------------------------------


def test_the_submission_shows_question_plan_process_and_gaps(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = submitted_casus(cast, spoed_asked=True, spoed_asked_reason="Verzonnen spoed.")
    page = client_of(cast.coordinator).get(url("submission_detail", casus))
    words = text_of(page)
    for expected in (
        "Verzonnen vraag: wie neemt deze inwoner op?",
        "Verzonnen plan: één aanspreekpunt",
        "Trede 2 is overgeslagen.",
        "Spoed gevraagd",
        "Verzonnen spoed.",
        "Nog geen collegebesluit",
        "Neem de casus aan",
    ):
        assert expected in words, expected
    assert AuditEntry.objects.filter(object_id=casus.code, part="submission").count() == 1


def test_a_submission_page_stays_at_15_queries(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    casus = tried_casus(cast)
    for position in range(3):
        walk.step(casus, cast.procesmanager, cast.tafel(1, position))
    walk.step(casus, cast.procesmanager, cast.tafel(2))
    walk.submitted(casus, cast.procesmanager)
    client = client_of(cast.coordinator)
    client.get(url("submission_detail", casus))
    for name in ("submission_detail", *DECISIONS):
        with django_assert_max_num_queries(15):
            client.get(url(name, casus))


def test_a_college_that_decided_gives_no_warning(cast: Cast, client_of: ClientOf) -> None:
    college.set_college_decision(
        gemeente=cast.enschede, by=cast.coordinator, state="decided", decided_on=clock.today()
    )
    page = client_of(cast.coordinator).get(url("submission_detail", submitted_casus(cast)))
    assert "Nog geen collegebesluit" not in text_of(page)


@pytest.mark.parametrize("name", ["submission_detail", *DECISIONS])
def test_only_the_coordinator_judges(cast: Cast, client_of: ClientOf, name: str) -> None:
    casus = submitted_casus(cast)
    assert client_of(cast.procesmanager).get(url(name, casus)).status_code == 403
    assert client_of(cast.outsider).get(url(name, casus)).status_code == 404
    assert client_of(cast.coordinator).get(url(name, casus)).status_code == 200


def test_a_casus_that_was_not_submitted_does_not_exist_here(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = registered_casus(cast)
    assert client_of(cast.coordinator).get(url("submission_detail", casus)).status_code == 404


def test_accepting_gives_the_gemeente_the_assignment(cast: Cast, client_of: ClientOf) -> None:
    casus = submitted_casus(cast)
    client = client_of(cast.coordinator)
    ready = client.get(url("submission_accept", casus)).context["form"]["assignment"].value()
    for expected in ("gemeente Enschede", casus.code, "cliëntondersteuner"):
        assert expected in ready
    send(client, url("submission_accept", casus), assignment=ready, initiator="wethouder zorg")
    overleg = casus.overleggen.get()
    assert overleg.initiator == "wethouder zorg"
    assert overleg.hold_before == add_workdays(clock.today(), 15)
    assert "Aangenomen" in text_of(client.get(url("submission_detail", casus)))


def test_letting_a_gap_through_needs_a_reason_that_stays(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    walk.submitted(casus, cast.procesmanager, exception_reason="Verzonnen uitzondering.")
    client = client_of(cast.coordinator)
    given = {"assignment": "Verzonnen opdracht.", "initiator": "burgemeester"}
    empty = send(client, url("submission_accept", casus), **given)
    assert list(empty.context["form"].errors) == ["gate_reason"]
    send(client, url("submission_accept", casus), **given, gate_reason="Verzonnen toelating.")
    assert "Verzonnen toelating." in text_of(client.get(url("submission_detail", casus)))


def test_asking_a_completion_gives_the_aanmelder_the_turn(cast: Cast, client_of: ClientOf) -> None:
    casus = submitted_casus(cast)
    send(
        client_of(cast.coordinator),
        url("submission_ask_completion", casus),
        what="Verzonnen aanvulling.",
    )
    casus.refresh_from_db()
    assert casus.status == "incomplete"
    words = text_of(client_of(cast.coordinator).get(url("submission_detail", casus)))
    assert "Aan zet de procesmanager van Enschede" in words
    assert "Aanvulling uiterlijk" in words and "Oordeel uiterlijk" not in words


def test_with_spoed_the_completion_is_due_as_soon_as_the_verdict(cast: Cast) -> None:
    casus = submitted_casus(cast)
    coordination.mark_spoed(casus=casus, by=cast.coordinator, reason="Verzonnen.")
    coordination.ask_completion(casus=casus, by=cast.coordinator, what="Verzonnen.")
    days = Procesafspraak.number_of("spoed_aanvulling")
    assert casus.due == add_workdays(clock.today(), days)
    assert days < Procesafspraak.number_of("aanvulling_termijn")


def test_returning_needs_a_tafel_and_a_reason(cast: Cast, client_of: ClientOf) -> None:
    casus = submitted_casus(cast)
    client = client_of(cast.coordinator)
    empty = send(client, url("submission_return", casus), reason="", advised_tafel="nergens")
    assert set(empty.context["form"].errors) == {"reason", "advised_tafel"}
    tafel = Tafel.objects.get(slug="oostnl-hoogcomplex")
    send(
        client,
        url("submission_return", casus),
        reason="Verzonnen advies.",
        advised_tafel=tafel.slug,
    )
    assert casus.submissions.get().advised_tafel == tafel
    casus.refresh_from_db()
    assert casus.status == "active"


def test_spoed_is_granted_once_with_a_motivation(cast: Cast, client_of: ClientOf) -> None:
    casus = submitted_casus(cast)
    client = client_of(cast.coordinator)
    send(client, url("submission_spoed", casus), reason="Verzonnen motivatie.")
    submission = casus.submissions.get()
    assert submission.spoed and submission.verdict_due == add_workdays(clock.today(), 1)
    assert "al spoed" in text_of(client.get(url("submission_detail", casus)))


def test_a_second_coordinator_is_told_that_somebody_was_first(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = submitted_casus(cast)
    client = client_of(cast.coordinator)
    old = client.get(url("submission_ask_completion", casus)).context["form"]
    send(
        client,
        url("submission_accept", casus),
        assignment="Verzonnen opdracht.",
        initiator="burgemeester",
    )
    late = client.post(
        url("submission_ask_completion", casus), hidden(old) | {"what": "Late tekst."}
    )
    assert late.status_code in (409, 422)
    assert "Late tekst." in late.content.decode()
    casus.refresh_from_db()
    assert casus.status == "accepted"


def test_a_role_that_ended_brings_no_mail_to_somebody_with_another_role(cast: Cast) -> None:
    Membership.objects.filter(user=cast.coordinator).update(ended_at=clock.now())
    Membership.objects.create(user=cast.coordinator, organisation=cast.mediant, role=Role.AANMELDER)
    casus = submitted_casus(cast)
    assert cast.coordinator not in people_of(casus, Turn.COORDINATOR)
    assert cast.procesmanager in people_of(casus, Turn.REGISTRANT)
