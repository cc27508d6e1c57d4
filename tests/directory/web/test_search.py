"""Searching the overview, as people spell it; the same on every database."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from directory.models import Tafel
from directory.web.search import find_tafels


@pytest.fixture
def region(db: None) -> None:
    call_command("region", "load", verbosity=0)


def found(query: str) -> list[str]:
    slugs = dict(Tafel.objects.values_list("pk", "slug"))
    return [slugs[key] for key in find_tafels(query).keys]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("topx", "topx"),
        ("triagetafel", "triage-transfertafel"),
        ("crisisteem", "crisis-ondersteuningsteam"),
        ("propersona", "oostnl-hoogcomplex"),
        ("gehandicaptenzorg", "regiotafel-zorgkantoor"),
        ("burgermeester", "bestuurlijk-escalatieoverleg"),
        ("escalatie overleg", "bestuurlijk-escalatieoverleg"),
    ],
)
def test_the_tafel_that_is_meant_comes_first(region: None, query: str, first: str) -> None:
    assert first in found(query)[:2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ggz", "psychiatrie"),
        ("LVB", "verstandelijke beperking"),
        ("VB", "verstandelijk gehandicapt"),
        ("wachtlijst", "wachtlijsten"),
        ("zorgkantoor", "zorgkantoren"),
        ("verslaving", "verslaafd"),
    ],
)
def test_words_that_mean_the_same_find_the_same(region: None, one: str, other: str) -> None:
    assert found(one)
    assert set(found(one)) == set(found(other))


def test_a_change_is_found_at_once(region: None) -> None:
    assert found("zwanendrift") == []
    tafel = Tafel.objects.get(slug="topx")
    tafel.alias, tafel.version = "Zwanendrift", tafel.version + 1
    tafel.save()
    assert found("zwanendrift") == ["topx"]


def test_the_page_says_when_it_guessed(region: None, client: Client) -> None:
    answer = client.get(reverse("tafel_list"), {"q": "politei"})
    text = BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)
    assert "Wij zochten op een woord dat lijkt op wat u typte" in text
    exact = client.get(reverse("tafel_list"), {"q": "politie"}).content.decode()
    assert "Wij zochten" not in exact
