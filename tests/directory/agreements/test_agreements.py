"""Procesafspraken and college decisions over HTTP, and that the terms follow them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import Procesafspraak, User
from rdm.lib import clock
from rdm.lib.workdays import add_workdays
from tests.cast import Cast
from tests.escalation.overleg.sending import hidden, send, text_of
from tests.world import submitted_casus

ClientOf = Callable[[User], Client]
LIST = "procesafspraak_list"


def edit(code: str) -> str:
    return reverse("procesafspraak_edit", args=[code])


def test_every_role_reads_what_the_region_agreed(cast: Cast, client_of: ClientOf) -> None:
    for name, user in cast.everybody.items():
        page = client_of(user).get(reverse(LIST))
        assert page.status_code == 200, name
        words = text_of(page)
        assert "15 werkdagen" in words and "Voorlopig" in words
        assert ("Wijzig" in words) == (name == "coordinator"), name
    assert Client().get(reverse(LIST)).status_code == 302


def test_settling_shows_date_and_body_and_keeps_the_history(
    cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast.coordinator)
    page = send(
        client,
        edit("coordinatiepunt_oordeel"),
        number="4",
        state="vastgesteld",
        decided_on=clock.today(),
        decided_by="Verzonnen stuurgroep",
        reason="Verzonnen reden.",
    )
    assert page.status_code == 302
    words = text_of(client.get(reverse(LIST)))
    assert "Verzonnen stuurgroep" in words and "Vastgesteld" in words
    assert "3 werkdagen werd 4 werkdagen." in words and "Verzonnen reden." in words
    casus = submitted_casus(cast)
    assert casus.submissions.get().verdict_due == add_workdays(clock.today(), 4)


def test_a_running_term_keeps_its_date(cast: Cast, client_of: ClientOf) -> None:
    submission = submitted_casus(cast).submissions.get()
    send(
        client_of(cast.coordinator),
        edit("coordinatiepunt_oordeel"),
        number="9",
        state="voorlopig",
        reason="Verzonnen reden.",
    )
    assert Procesafspraak.number_of("coordinatiepunt_oordeel") == 9
    due = submission.verdict_due
    submission.refresh_from_db()
    assert submission.verdict_due == due


@pytest.mark.parametrize("number", ["", "-1", "1,5", "NaN", "٣", "101", str(2**63), "drie"])
def test_a_number_that_makes_no_sense_is_refused(
    cast: Cast, client_of: ClientOf, number: str
) -> None:
    answer = send(
        client_of(cast.coordinator),
        edit("coordinatiepunt_oordeel"),
        number=number,
        state="voorlopig",
        reason="Verzonnen reden.",
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["number"]
    assert Procesafspraak.number_of("coordinatiepunt_oordeel") == 3


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"decided_on": ""}, "decided_on"),
        ({"decided_by": ""}, "decided_by"),
        ({"reason": "  "}, "reason"),
    ],
)
def test_settled_needs_a_date_a_body_and_a_reason(
    cast: Cast, client_of: ClientOf, missing: dict[str, str], field: str
) -> None:
    data = {
        "number": "3",
        "state": "vastgesteld",
        "decided_on": clock.today(),
        "decided_by": "Verzonnen stuurgroep",
        "reason": "Verzonnen reden.",
    }
    answer = send(client_of(cast.coordinator), edit("coordinatiepunt_oordeel"), **data | missing)
    assert list(answer.context["form"].errors) == [field]


def test_a_text_can_be_an_agreement(cast: Cast, client_of: ClientOf) -> None:
    send(
        client_of(cast.coordinator),
        edit("voorwaarden_trede_4"),
        text="Verzonnen voorwaarde.",
        state="voorlopig",
        reason="Verzonnen reden.",
    )
    assert Procesafspraak.objects.get(code="voorwaarden_trede_4").text == "Verzonnen voorwaarde."


def test_two_coordinators_at_once(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.coordinator)
    old = client.get(edit("overleg_houden")).context["form"]
    data = {"state": "voorlopig", "reason": "Verzonnen reden."}
    send(client, edit("overleg_houden"), number="20", **data)
    late = client.post(edit("overleg_houden"), hidden(old) | data | {"number": "12"})
    assert late.status_code == 409
    assert "Uw tekst en wat er nu staat" in text_of(late)
    assert Procesafspraak.number_of("overleg_houden") == 20
    # Sent once more, in the knowledge of both.
    again = hidden(late.context["form"]) | data | {"number": "12"}
    assert client.post(edit("overleg_houden"), again).status_code == 302
    assert Procesafspraak.number_of("overleg_houden") == 12


def test_only_the_coordinator_changes(cast: Cast, client_of: ClientOf) -> None:
    college = reverse("college_edit", args=["enschede"])
    for name, user in cast.everybody.items():
        expected = 200 if name == "coordinator" else 403
        for address in (edit("overleg_houden"), college):
            assert client_of(user).get(address).status_code == expected, name
        if expected == 403:
            assert client_of(user).post(college, {}).status_code == 403


def test_the_decision_of_a_college_has_a_date(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.coordinator)
    address = reverse("college_edit", args=["enschede"])
    empty = send(client, address, college_state="decided", college_note="")
    assert list(empty.context["form"].errors) == ["college_decided_on"]
    later = {"college_state": "decided", "college_decided_on": "2099-01-01"}
    assert "toekomst" in text_of(send(client, address, **later))
    send(
        client,
        address,
        college_state="decided",
        college_decided_on=clock.today(),
        college_note="Verzonnen toelichting.",
    )
    assert cast.enschede.college_state == "decided"
    words = text_of(client.get(reverse("college_list")))
    assert "Besloten" in words and "Verzonnen toelichting." in words


def test_unknown_agreements_and_gemeenten_do_not_exist(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.coordinator)
    assert client.get(edit("bestaat-niet")).status_code == 404
    assert client.get(reverse("college_edit", args=["bestaat-niet"])).status_code == 404
