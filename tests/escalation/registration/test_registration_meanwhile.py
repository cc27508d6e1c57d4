"""A draft is kept while somebody types: the page sends what stands in the form by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from directory.models import User
from escalation.models import Casus
from escalation.registration import actions as registration
from rdm.lib.refusal import Refused
from tests.cast import Cast
from tests.escalation.overleg.sending import hidden, text_of
from tests.world import draft_casus, registered_casus

ClientOf = Callable[[User], Client]
KEPT, NOT_KEPT, PARTLY = "Bewaard om", "nog niet bewaard", "Nog niet alles is bewaard"


def step_of(casus: Casus) -> str:
    return reverse("casus_register_step", args=[casus.code, "situatie"])


def carried(answer: Any) -> dict[str, str]:
    """What the page takes over for the next time that it sends the form."""
    inputs = BeautifulSoup(answer.content, "html.parser").find_all("input")
    return {str(one["name"]): str(one["value"]) for one in inputs}


def test_what_is_half_typed_is_kept_again_and_again(cast: Cast, client_of: ClientOf) -> None:
    casus = draft_casus(cast)
    http, url = client_of(cast.procesmanager), step_of(casus)
    typed = {"gemeente": "enschede", "meanwhile": "1"}
    first = http.post(url, hidden(http.get(url).context["form"]) | typed | {"situation": "Half"})
    assert first.status_code == 200 and KEPT in text_of(first)
    second = http.post(url, carried(first) | typed | {"situation": "Half af"})
    assert KEPT in text_of(second)
    assert Casus.objects.get(pk=casus.pk).situation == "Half af"
    # Nothing waits to be said on a next page, and the form itself can still be sent.
    assert KEPT not in text_of(http.get(reverse("casus_list")))
    answers = {"gemeente": "enschede", "situation": "Af", "safety": "no"}
    assert http.post(url, carried(second) | answers).status_code == 302
    assert Casus.objects.get(pk=casus.pk).situation == "Af"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Bel 06-12345678.", "In regel 1 staat “06-12345678”"),
        ("Te lang " * 2000, "Maak de tekst korter"),
    ],
)
def test_what_may_not_be_kept_is_said_and_the_rest_is_kept(
    cast: Cast, client_of: ClientOf, text: str, why: str
) -> None:
    casus = draft_casus(cast, situation="Eerst")
    http, url = client_of(cast.procesmanager), step_of(casus)
    typed = {"situation": text, "safety": "yes", "safety_text": "Brand", "meanwhile": "1"}
    answer = http.post(url, hidden(http.get(url).context["form"]) | typed)
    said = text_of(answer)
    assert answer.status_code == 200 and PARTLY in said
    assert "Wat is er aan de hand?" in said and why in said
    now = Casus.objects.get(pk=casus.pk)
    assert (now.situation, now.safety_text) == ("Eerst", "Brand")
    assert carried(answer)["version"] == str(now.version)


def test_a_risk_and_no_risk_do_not_go_together(cast: Cast, client_of: ClientOf) -> None:
    casus = draft_casus(cast, safety="yes", safety_text="Brand")
    http, url = client_of(cast.procesmanager), step_of(casus)
    sent = hidden(http.get(url).context["form"]) | {
        "gemeente": "enschede",
        "situation": "Wat er is",
        "safety": "no",
        "safety_text": "Brand",
    }
    said = http.post(url, sent | {"meanwhile": "1"})
    assert PARTLY in text_of(said) and "haal die tekst weg" in text_of(said)
    now = Casus.objects.get(pk=casus.pk)
    assert (now.situation, now.safety, now.safety_text) == ("Wat er is", "yes", "Brand")
    sent |= carried(said)
    assert http.post(url, sent).status_code == 422
    assert http.post(url, sent | {"safety_text": ""}).status_code == 302
    now.refresh_from_db()
    assert (now.safety, now.safety_text) == ("no", "")


@pytest.mark.parametrize("step", ["geprobeerd", "inwoner", "delen"])
def test_every_step_keeps_what_it_can(cast: Cast, client_of: ClientOf, step: str) -> None:
    casus = draft_casus(cast)
    http = client_of(cast.procesmanager)
    url = reverse("casus_register_step", args=[casus.code, step])
    page = http.get(url).context["form"]
    wrong = {name: "Bel 06-12345678." for name in page.fields if name not in page.hidden_names}
    answer = http.post(url, hidden(page) | wrong | {"meanwhile": "1"})
    assert PARTLY in text_of(answer)
    before = Casus.objects.filter(pk=casus.pk).values().get()
    assert "06-12345678" not in str(before)


def test_consent_needs_somebody_who_knows(cast: Cast, client_of: ClientOf) -> None:
    casus = draft_casus(cast)
    http = client_of(cast.procesmanager)
    url = reverse("casus_register_step", args=[casus.code, "delen"])
    answers = {
        "sharing_purpose": "Samen zoeken",
        "ground": "Toestemming van de inwoner",
        "resident_informed": "no",
        "not_informed_reason": "Nog niet gesproken",
    }
    answer = http.post(url, hidden(http.get(url).context["form"]) | answers)
    assert answer.status_code == 422 and "kan dus geen toestemming geven" in text_of(answer)
    with pytest.raises(Refused, match="geen toestemming"):
        registration.save_registration(
            casus=casus,
            by=cast.procesmanager,
            sharing_ground="Toestemming van de inwoner",
            resident_informed=False,
        )


def test_somebody_else_was_first(cast: Cast, client_of: ClientOf) -> None:
    """The version that the page carries stays the old one, so that sending shows both texts."""
    casus = draft_casus(cast)
    http, url = client_of(cast.procesmanager), step_of(casus)
    sent = hidden(http.get(url).context["form"]) | {"gemeente": "enschede", "safety": "no"}
    registration.save_registration(casus=casus, by=cast.procesmanager, situation="Van een collega")
    answer = http.post(url, sent | {"situation": "Van mij", "meanwhile": "1"})
    assert NOT_KEPT in text_of(answer) and not carried(answer)
    both = http.post(url, sent | {"situation": "Van mij"})
    assert both.status_code == 409 and "Van een collega" in text_of(both)


def test_a_registered_casus_changes_only_when_somebody_says_so(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = registered_casus(cast)
    http = client_of(cast.procesmanager)
    page = http.get(reverse("casus_edit", args=[casus.code, "situatie"]))
    assert "data-meanwhile" not in page.content.decode()
    draft = http.get(step_of(draft_casus(cast)))
    assert "data-meanwhile" in draft.content.decode()
