"""The criteria of a tafel as a checklist, for anybody."""

from __future__ import annotations

import pytest
from django.test import Client

from directory.models import Tafel
from directory.reading.instroom import MET, NOT_MET, UNKNOWN, judge, ways_in

pytestmark = pytest.mark.usefixtures("twente")
CRISIS = "crisis-ondersteuningsteam"


def codes(slug: str) -> list[list[str]]:
    tafel = Tafel.objects.get(slug=slug)
    return [way.codes for way in ways_in([tafel])[tafel.pk]]


def ask(client: Client, slug: str, **answers: str) -> str:
    return client.get(f"/tafels/{slug}/past-het/", answers).content.decode()


WITH_CRITERIA = ["topx", "regiotafel-zorgkantoor", CRISIS, "oostnl-hoogcomplex"]


@pytest.mark.parametrize("slug", WITH_CRITERIA)
def test_it_says_what_the_instroom_check_would_say(client: Client, slug: str) -> None:
    titles = {
        MET: "Deze casus past hier<",
        NOT_MET: "Deze casus past hier niet<",
        UNKNOWN: "Deze casus past hier misschien<",
    }
    ways = codes(slug)
    every = dict.fromkeys(code for way in ways for code in way)
    for yes in ways:
        for others in ("ja", "nee", "weet-ik-niet"):
            said = {code: "ja" if code in yes[1:] else others for code in every}
            words = {"ja": "yes", "nee": "no", "weet-ik-niet": "unknown"}
            verdict = judge(ways, {code: words[one] for code, one in said.items()})
            assert titles[verdict.result] in ask(client, slug, **said)


def test_nothing_is_said_before_anything_is_answered(client: Client) -> None:
    text = ask(client, "topx")
    assert "Past uw casus bij" in text and 'id="uitkomst"' not in text


def test_what_is_no_answer_does_not_count(client: Client) -> None:
    assert 'id="uitkomst"' not in ask(client, "topx", **{"ernstige-veiligheid": "<script>"})


def test_it_says_how_to_hand_in_when_it_fits(client: Client) -> None:
    text = ask(client, "topx", **{"ernstige-veiligheid": "ja"})
    assert "info@veiligheidshuistwente.nl" in text and "Hoe meldt u aan" in text


def test_a_tafel_without_criteria_has_no_checklist(client: Client) -> None:
    answer = client.get("/tafels/levensloopaanpak/past-het/")
    assert answer.status_code == 302 and answer["Location"] == "/tafels/levensloopaanpak/"
