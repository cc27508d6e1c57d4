"""Registering a casus over HTTP: the crisis question, four steps, half-way saving, two at once."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from directory.models import Region
from escalation.models import Casus
from escalation.registration import actions as registration
from escalation.registration.drafts import actions as drafts
from escalation.workflow import CasusStatus
from tests.cast import Cast
from tests.world import draft_casus, registered_casus

BSN = "111222333"  # passes the eleven-test; of nobody

ANSWERS: dict[str, dict[str, Any]] = {
    "situatie": {
        "gemeente": "enschede",
        "situation": "Verzonnen: de inwoner heeft geen plek.",
        "domains": ["ggz", "verslaving"],
        "frameworks": ["zvw"],
        "safety": "yes",
        "safety_text": "Verzonnen: brandgevaar.",
    },
    "geprobeerd": {
        "tried_regular": "Verzonnen: drie verwijzingen.",
        "waiting_list_only": "no",
        "stagnation": "Verzonnen: niemand neemt de regie.",
    },
    "inwoner": {"resident_view": "‘Ik wil rust.’", "client_support": "offered"},
    "delen": {
        "sharing_purpose": "Samen passende zorg vinden.",
        "ground": "Toestemming van de inwoner",
        "resident_informed": "yes",
        "resident_informed_on": "2020-01-02",
        "own_reference": "Z-4411",
    },
}


@pytest.fixture
def http(cast: Cast, client: Client) -> Client:
    client.force_login(cast.procesmanager)
    return client


def once(**more: Any) -> dict[str, Any]:
    return {"request_id": str(uuid4()), **more}


def step_url(casus: Casus, step: str, name: str = "casus_register_step") -> str:
    return reverse(name, args=[casus.code, step])


def send(http: Client, casus: Casus, step: str, *, version: int | None = None, **more: Any) -> Any:
    number = Casus.objects.get(pk=casus.pk).version if version is None else version
    return http.post(step_url(casus, step), once(version=number, **more))


def texts(response: Any) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


# --- Before anything is kept


def test_acute_danger_shows_who_to_call_and_keeps_nothing(http: Client) -> None:
    sent = http.post(reverse("casus_start"), once(acute_danger="yes"))
    # An address of its own: who comes back to this page later sees it again, without sending.
    assert (sent.status_code, sent.url) == (302, reverse("casus_crisis"))
    answer = http.get(sent.url)
    page = texts(answer)
    for route in Region.current().crisis_routes:
        assert route["name"] in page
    assert 'href="tel:112"' in answer.content.decode()
    assert not Casus.objects.exists()


def test_acute_danger_wins_over_every_other_answer(http: Client) -> None:
    sent = http.post(reverse("casus_start"), once(acute_danger="yes", adult="no"))
    assert sent.url == reverse("casus_crisis")
    assert not Casus.objects.exists()


def test_under_18_is_told_where_to_go(http: Client) -> None:
    sent = http.post(reverse("casus_start"), once(acute_danger="no", adult="no"))
    assert sent.status_code == 302
    assert "wijkteam" in texts(http.get(sent.url))
    assert not Casus.objects.exists()


def test_no_answer_to_the_crisis_question_does_not_go_on(http: Client) -> None:
    answer = http.post(reverse("casus_start"), once(adult="yes"))
    assert answer.status_code == 422
    assert "Is er nu acuut gevaar?" in texts(answer)
    assert not Casus.objects.exists()


def test_a_double_start_makes_one_draft(http: Client) -> None:
    form = once(acute_danger="no", adult="yes")
    first = http.post(reverse("casus_start"), form)
    http.post(reverse("casus_start"), form)
    casus = Casus.objects.get()
    assert first.url == step_url(casus, "situatie")
    assert casus.gemeente is not None  # the gemeente of the procesmanager is filled in


def test_a_role_that_does_not_register_is_refused(cast: Cast, client: Client) -> None:
    client.force_login(cast.client_support)
    for name in ("casus_start", "casus_crisis", "casus_minor"):
        assert client.get(reverse(name)).status_code == 403


# --- The steps


def test_from_the_first_question_to_a_registered_casus(http: Client) -> None:
    http.post(reverse("casus_start"), once(acute_danger="no", adult="yes"))
    casus = Casus.objects.get()
    steps = list(ANSWERS)
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        answer = send(http, casus, step, next="1", **ANSWERS[step])
        check = reverse("casus_check", args=[casus.code])
        assert answer.url == (step_url(casus, following) if following else check)
    page = texts(http.get(check))
    assert "Verzonnen: drie verwijzingen." in page and "Z-4411" in page
    assert "Nog niet ingevuld" not in page
    casus.refresh_from_db()
    answer = http.post(check, once(version=casus.version))
    assert answer.url == reverse("casus_detail", args=[casus.code])
    casus.refresh_from_db()
    assert casus.status == CasusStatus.ACTIVE
    assert casus.sharing_ground == "Toestemming van de inwoner"
    assert sorted(casus.domains.values_list("code", flat=True)) == ["ggz", "verslaving"]
    assert http.get(answer.url).status_code == 200


def test_going_on_asks_for_what_is_missing(http: Client, cast: Cast) -> None:
    casus = draft_casus(cast)
    answer = send(http, casus, "geprobeerd", next="1", stagnation="Verzonnen")
    assert answer.status_code == 422
    page = texts(answer)
    assert "Wat hebt u via de gewone weg geprobeerd?" in page and "Verzonnen" in page


def test_later_keeps_half_an_answer_and_resumes_there(http: Client, cast: Cast) -> None:
    casus = draft_casus(cast)
    assert send(http, casus, "geprobeerd", later="1", stagnation="Half verhaal").status_code == 302
    casus.refresh_from_db()
    assert casus.stagnation == "Half verhaal"
    assert http.get(reverse("casus_resume", args=[casus.code])).url == step_url(casus, "situatie")
    send(http, casus, "situatie", next="1", **ANSWERS["situatie"])
    found = http.get(reverse("casus_resume", args=[casus.code])).url
    assert found == step_url(casus, "geprobeerd")


@pytest.mark.parametrize("button", ["next", "later"])
def test_personal_data_is_stopped_with_a_way_out(http: Client, cast: Cast, button: str) -> None:
    casus = draft_casus(cast)
    text = {**ANSWERS["geprobeerd"], "stagnation": f"Nummer {BSN} loopt vast"}
    answer = send(http, casus, "geprobeerd", **{button: "1"}, **text)
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content, "html.parser")
    assert BSN in page.find("textarea", {"name": "stagnation"}).text
    seen = page.find("input", {"name": "screening_seen"})["value"]
    casus.refresh_from_db()
    assert casus.stagnation == ""
    way_out = {
        "screening_override": "on",
        "screening_reason": "Het is een ordernummer",
        "screening_seen": seen,
    }
    assert send(http, casus, "geprobeerd", **{button: "1"}, **text, **way_out).status_code == 302
    casus.refresh_from_db()
    assert BSN in casus.stagnation
    row = AuditEntry.objects.get(object_type="casus", part="screening:stagnation")
    assert (row.object_id, row.outcome) == (casus.code, "bsn")
    assert "ordernummer" not in str(AuditEntry.objects.values())
    kept = casus.events.get(kind="explained")
    assert "Waarom loopt het vast?" in kept.text
    assert "Uitleg: Het is een ordernummer" in kept.text
    drafts.discard(casus=casus, by=cast.procesmanager)
    assert not casus.events.filter(kind="explained").exists()


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"ground": "other"}, "Vul in welke grondslag u bedoelt."),
        ({"resident_informed": "no"}, "maak dit veld dan leeg"),
        ({"resident_informed_on": ""}, "Vul in wanneer u het de inwoner hebt verteld."),
        ({"resident_informed_on": "2090-01-01"}, "Deze datum ligt in de toekomst."),
        (
            {"resident_informed": "no", "resident_informed_on": ""},
            "Leg uit waarom de inwoner het niet weet.",
        ),
        ({"ground": "verzonnen"}, "een antwoord uit de lijst"),
    ],
)
def test_sharing_needs_a_whole_answer(
    http: Client, cast: Cast, fields: dict[str, str], error: str
) -> None:
    casus = draft_casus(cast)
    answer = send(http, casus, "delen", next="1", **{**ANSWERS["delen"], **fields})
    assert answer.status_code == 422
    assert error in texts(answer)


def test_another_ground_in_own_words_comes_back_in_the_form(http: Client, cast: Cast) -> None:
    casus = draft_casus(cast)
    own = {"ground": "other", "ground_other": "Verzonnen grondslag"}
    send(http, casus, "delen", next="1", **{**ANSWERS["delen"], **own})
    casus.refresh_from_db()
    assert casus.sharing_ground == "Verzonnen grondslag"
    page = BeautifulSoup(http.get(step_url(casus, "delen")).content, "html.parser")
    assert page.find("input", {"name": "ground_other"})["value"] == "Verzonnen grondslag"
    assert page.find("input", {"name": "ground", "value": "other"}).has_attr("checked")


def test_only_a_waiting_time_points_to_the_triagetafel(http: Client, cast: Cast) -> None:
    casus = draft_casus(cast, waiting_list_only=True)
    assert "Triage- en transfertafel" in texts(http.get(step_url(casus, "geprobeerd")))
    registration.save_registration(casus=casus, by=cast.procesmanager, waiting_list_only=False)
    assert "Triage- en transfertafel" not in texts(http.get(step_url(casus, "geprobeerd")))


def test_who_was_second_sees_both_texts_and_loses_nothing(http: Client, cast: Cast) -> None:
    casus = draft_casus(cast)
    seen = casus.version
    other = Casus.objects.get(pk=casus.pk)
    registration.save_registration(
        casus=other, by=cast.procesmanager_only, stagnation="Tekst van de collega"
    )
    mine = {**ANSWERS["geprobeerd"], "stagnation": "Mijn eigen tekst"}
    answer = send(http, casus, "geprobeerd", version=seen, next="1", **mine)
    assert answer.status_code == 409
    page = texts(answer)
    assert "Tekst van de collega" in page and "Mijn eigen tekst" in page
    assert Casus.objects.get(pk=casus.pk).stagnation == "Tekst van de collega"
    # The form now carries the new version: saving again is a choice made knowingly.
    again = BeautifulSoup(answer.content, "html.parser").find("input", {"name": "version"})
    assert send(http, casus, "geprobeerd", version=again["value"], next="1", **mine).url
    assert Casus.objects.get(pk=casus.pk).stagnation == "Mijn eigen tekst"


def test_an_incomplete_casus_cannot_be_registered(http: Client, cast: Cast) -> None:
    casus = draft_casus(cast)
    check = reverse("casus_check", args=[casus.code])
    page = texts(http.get(check))
    assert "De registratie is nog niet compleet" in page
    assert "Registreer de casus" not in page
    answer = http.post(check, once(version=casus.version))
    assert answer.status_code == 422
    casus.refresh_from_db()
    assert casus.status == CasusStatus.DRAFT


def test_wijzig_on_the_check_page_comes_back_there(http: Client, cast: Cast) -> None:
    casus = draft_casus(cast)
    check = reverse("casus_check", args=[casus.code])
    page = BeautifulSoup(http.get(check).content, "html.parser")
    change = next(
        a["href"] for a in page.select(".rdm-summary__change a") if "geprobeerd" in a["href"]
    )
    url = change.split("#")[0]
    answer = http.post(url, once(version=casus.version, next="1", **ANSWERS["geprobeerd"]))
    assert answer.url == check


def test_a_colleague_resumes_and_an_outsider_finds_nothing(cast: Cast, client: Client) -> None:
    casus = draft_casus(cast)
    url = step_url(casus, "situatie")
    client.force_login(cast.procesmanager_only)
    assert client.get(url).status_code == 200
    for user in (cast.outsider, cast.gemeente, cast.coordinator, cast.privacy_officer):
        client.force_login(user)
        assert client.get(url).status_code == 404


def test_throwing_away_asks_first_and_takes_the_text(http: Client, cast: Cast) -> None:
    casus = draft_casus(cast, situation="Verzonnen geheim")
    url = reverse("casus_discard", args=[casus.code])
    assert "Concept weggooien?" in texts(http.get(url))
    assert Casus.objects.get(pk=casus.pk).status == CasusStatus.DRAFT
    assert http.post(url, once(version=casus.version)).url == reverse("casus_list")
    casus.refresh_from_db()
    assert (casus.status, casus.situation) == (CasusStatus.DISCARDED, "")


# --- After registration


def test_a_registered_casus_is_edited_in_the_same_steps(http: Client, cast: Cast) -> None:
    casus = registered_casus(cast)
    assert http.get(step_url(casus, "geprobeerd")).url == step_url(
        casus, "geprobeerd", "casus_edit"
    )
    url = step_url(casus, "situatie", "casus_edit")
    page = BeautifulSoup(http.get(url).content, "html.parser")
    assert page.find(attrs={"name": "gemeente"}) is None
    assert page.find("button", {"name": "later"}) is None
    casus.refresh_from_db()
    answers = {**ANSWERS["situatie"], "situation": "Verzonnen: nu anders."}
    # A made-up `later` does not make a registered casus incomplete.
    half = {**answers, "situation": "", "later": "1"}
    assert http.post(url, once(version=casus.version, **half)).status_code == 422
    assert http.post(url, once(version=casus.version, **answers)).status_code == 302
    casus.refresh_from_db()
    assert casus.situation == "Verzonnen: nu anders."


def test_who_may_only_read_cannot_edit(cast: Cast, client: Client) -> None:
    casus = registered_casus(cast)
    client.force_login(cast.gemeente)
    assert client.get(step_url(casus, "situatie", "casus_edit")).status_code == 403
