"""From the wegwijzer to a casus: the answers go along, and mean the same there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.guide.advice import FITS, FITS_NOT, MAYBE, advise
from directory.guide.answers import restore
from directory.guide.questions import NOT_SURE, guide_of
from directory.models import Region, Tafel, User
from directory.reading.instroom import UNKNOWN, ways_in
from directory.region.file.schema import LAWS
from escalation.models import Casus, InstroomToets
from escalation.reading import guide
from escalation.registration.drafts import actions as drafts
from escalation.route import actions as route
from escalation.route.instroom import actions as instroom
from tests.cast import Cast
from tests.world import registered_casus

ClientOf = Callable[[User], Client]
ANSWERS = (
    "nood=geen&leeftijd=volwassen&gemeente=enschede&wie=gemeente&speelt=ggz&speelt=wlz"
    "&veiligheid=gebied&geprobeerd=verwijzing&vast=regels&aanbieder=stappen&aanbieder=blijft"
)


def begin(client: Client, query: str, **answers: str) -> Any:
    data = {"request_id": str(uuid4()), "acute_danger": "no", "adult": "yes", **answers}
    return client.post(f"{reverse('casus_start')}?{query}", data)


def begun(client: Client, query: str = ANSWERS) -> Casus:
    assert begin(client, query).status_code == 302
    return Casus.objects.latest("pk")


def soup_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_the_laws_of_the_region_file_are_those_of_a_casus() -> None:
    assert Casus.Framework.values == LAWS


def test_a_registration_begins_with_what_was_answered(cast: Cast, client_of: ClientOf) -> None:
    casus = begun(client_of(cast.aanmelder))
    assert casus.gemeente == cast.enschede
    assert sorted(casus.domains.values_list("code", flat=True)) == ["ggz", "veiligheid", "wlz"]
    assert (casus.frameworks, casus.safety, casus.waiting_list_only) == (["wlz"], "yes", False)
    assert casus.tried_regular == "- een verwijzing naar een behandelaar of instelling"
    assert casus.guide_answers["veiligheid"] == ["gebied"]
    page = soup_of(client_of(cast.aanmelder).get(
        reverse("casus_register_step", args=[casus.code, "situatie"])
    ))  # fmt: skip
    assert page.select_one("select[name=gemeente] option[selected]")["value"] == "enschede"
    assert {one["value"] for one in page.select("input[name=domains][checked]")} == {
        "ggz", "veiligheid", "wlz",
    }  # fmt: skip
    # What came along is not yet a step that was begun and left half-way.
    states = [one["class"] for one in page.select(".rdm-progress li")]
    assert states[0] == ["is-now"] and ["is-error"] not in states


def test_the_first_page_says_that_answers_go_along(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.procesmanager)
    page = soup_of(client.get(f"{reverse('casus_start')}?{ANSWERS}"))
    assert "Uw antwoorden uit de wegwijzer gaan mee." in page.get_text()
    checked = {one["name"]: one["value"] for one in page.select("input[checked]")}
    assert checked == {"acute_danger": "no", "adult": "yes"}
    plain = soup_of(client.get(reverse("casus_start")))
    assert not plain.select("input[checked]") and "wegwijzer gaan mee" not in plain.get_text()


@pytest.mark.parametrize("query", ["nood=gevaar&leeftijd=jonger", "nood=weet-niet", "x=y", "nood="])
def test_what_was_not_answered_is_asked(cast: Cast, client_of: ClientOf, query: str) -> None:
    page = soup_of(client_of(cast.procesmanager).get(f"{reverse('casus_start')}?{query}"))
    assert not page.select("input[checked]")


def test_danger_that_is_said_now_wins(cast: Cast, client_of: ClientOf) -> None:
    """O-03: also when the wegwijzer heard of none."""
    begin(client_of(cast.procesmanager), ANSWERS, acute_danger="yes")
    assert not Casus.objects.exists()


def test_a_casus_without_the_wegwijzer_is_as_before(cast: Cast, client_of: ClientOf) -> None:
    casus = begun(client_of(cast.procesmanager), "")
    assert casus.guide_answers == {} and casus.gemeente == cast.enschede
    assert (casus.safety, casus.tried_regular, casus.waiting_list_only) == ("", "", None)
    assert guide.settled(casus, ()) == {} and guide.fits(casus, []) == {}


def test_only_codes_of_the_region_are_kept(cast: Cast, client_of: ClientOf) -> None:
    casus = begun(client_of(cast.procesmanager), "speelt=ggz&speelt=Jan&naam=Jan&wie=%3Cb%3E")
    assert casus.guide_answers == {"speelt": ["ggz"]}


def test_a_thrown_away_draft_keeps_no_answers(cast: Cast, client_of: ClientOf) -> None:
    casus = begun(client_of(cast.procesmanager))
    drafts.discard(casus=casus, by=cast.procesmanager)
    casus.refresh_from_db()
    assert casus.guide_answers == {} and casus.tried_regular == ""


# --- At the tafels ------------------------------------------------------------------------------


@pytest.fixture
def guided(cast: Cast) -> Casus:
    """A registered casus that began with ANSWERS."""
    casus = registered_casus(cast)
    kept: dict[str, list[str]] = {}
    for name, value in QueryDict(ANSWERS).lists():
        kept[name] = list(value)
    Casus.objects.filter(pk=casus.pk).update(guide_answers=kept)
    return Casus.objects.get(pk=casus.pk)


def test_choosing_a_tafel_shows_what_fits(cast: Cast, guided: Casus, client_of: ClientOf) -> None:
    client = client_of(cast.procesmanager)
    page = soup_of(client.get(reverse("step_add", args=[guided.code]))).get_text(" ", strip=True)
    assert "Past volgens uw antwoorden in de wegwijzer. Meer veiligheid." in page
    assert "Past niet volgens uw antwoorden in de wegwijzer. Ingrijpen als" in page
    assert "Past misschien, volgens uw antwoorden in de wegwijzer. Een passende plek" in page
    other = registered_casus(cast)
    plain = soup_of(client.get(reverse("step_add", args=[other.code]))).get_text(" ", strip=True)
    assert "wegwijzer" not in plain.partition("Zet een tafel op de route")[2]


def test_the_check_starts_with_what_the_answers_settle(
    cast: Cast, guided: Casus, client_of: ClientOf
) -> None:
    tafel = Tafel.objects.get(slug="regiotafel-zorgkantoor")
    step = route.add_step(casus=guided, by=cast.procesmanager, tafel=tafel, question="Verzonnen")
    client, url = client_of(cast.procesmanager), reverse("step_instroom", args=[guided.code, 1])
    page = soup_of(client.get(url))
    checked = {one["name"]: one["value"] for one in page.select("input[type=radio][checked]")}
    assert checked == {
        "answer-geen-crisis": "yes",
        "answer-stappen-2-en-3": "yes",
        "answer-huidige-aanbieder-blijft": "yes",
    }
    assert "Controleer of dat klopt." in page.get_text()
    # Once there is a check, that is what counts.
    instroom.check_instroom(step=step, by=cast.procesmanager, answers={"geen-crisis": ("no", "")})
    page = soup_of(client.get(url))
    checked = {one["name"]: one["value"] for one in page.select("input[type=radio][checked]")}
    assert checked["answer-geen-crisis"] == "no"
    assert checked["answer-stappen-2-en-3"] == "unknown"
    assert "Controleer of dat klopt." not in page.get_text()


def test_the_check_says_what_the_wegwijzer_said(cast: Cast) -> None:
    """For any answers and every tafel with criteria, through the action itself."""
    casus = registered_casus(cast)
    asked = guide_of(Region.current().guide, ())
    tafels = [one for one in Tafel.objects.exclude(special="escalatieoverleg") if one.pk]
    ways = ways_in(tafels)
    steps = {
        one.slug: route.add_step(casus=casus, by=cast.procesmanager, tafel=one, question="Vraag")
        for one in tafels
    }
    options = {
        one.code: st.lists(
            st.sampled_from([*(each.code for each in one.options), NOT_SURE]), max_size=3
        )
        for one in asked.questions
        if one.options
    }

    @settings(
        deadline=None, max_examples=12, suppress_health_check=list(HealthCheck), derandomize=True
    )
    @given(st.fixed_dictionaries({}, optional=options))
    def check(chosen: dict[str, list[str]]) -> None:
        advice = advise(restore(asked, chosen), tafels, ways)
        for one in advice.findings:
            answers = {code: (said, "") for code, said in one.settled.items()}
            toets = instroom.check_instroom(
                step=steps[one.tafel.slug], by=cast.procesmanager, answers=answers
            )
            assert toets.result == one.verdict.result
            if toets.result == InstroomToets.Result.MET:
                assert one.fit in (FITS, MAYBE)
            if toets.result == InstroomToets.Result.NOT_MET:
                assert one.fit == FITS_NOT
                assert toets.deciding == [each.text for each in one.deciding]
            if toets.result == InstroomToets.Result.UNKNOWN:
                assert one.fit != FITS and UNKNOWN in one.settled.values()

    check()
