"""Who was told what, how and on which day (E-129): the log, the timeline and the hint."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from directory.models import User
from escalation.blocks import ALL
from escalation.dossier.communication import actions as communication
from escalation.dossier.communication.actions import Told
from escalation.dossier.communication.rules import Informed, informed_of, last_told
from escalation.dossier.timeline import actions as timeline
from escalation.dossier.timeline.rules import events_of
from escalation.models import Casus, Communication
from escalation.route.client_support import actions as client_support
from rdm.lib import clock
from rdm.lib.refusal import Forbidden, Refused
from tests.cast import Cast
from tests.world import closed_casus, draft_casus, registered_casus

ClientOf = Callable[[User], Client]
SENT = {"party": "resident", "who": "", "way": "talk", "text": "De inwoner weet wat er volgt."}


def told(party: str = "resident", **more: Any) -> Told:
    return Told(**{"party": party, "way": "talk", "on": clock.today(), "text": "Verteld.", **more})


def words(html: bytes, select: str = "main") -> str:
    found = BeautifulSoup(html, "html.parser").select_one(select)
    assert found is not None
    return " ".join(found.get_text(" ").split())


def form(**more: str) -> dict[str, str]:
    return {**SENT, "on": clock.today().isoformat(), "request_id": str(uuid4()), **more}


def informed(casus: Casus) -> list[Informed]:
    casus = Casus.objects.get(pk=casus.pk)
    return informed_of(casus, events_of(casus, ALL).filter(last_told(casus)))


def waits(casus: Casus) -> list[str]:
    return [one.label for one in informed(casus) if one.waits]


def test_what_was_told_is_on_its_own_page_and_on_the_timeline(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = registered_casus(cast)
    http = client_of(cast.gemeente)
    sent = form(party="other", who="De woningcorporatie", way="mail")
    address = reverse("communication_add", args=[casus.code])
    for _ in range(2):  # twice has one effect
        assert http.post(address, sent).status_code == 302
    made = casus.communications.get()
    assert (made.party, made.way, made.on) == ("other", "mail", clock.today())
    for name in ("communication_list", "casus_timeline"):
        page = words(http.get(reverse(name, args=[casus.code])).content)
        assert "De woningcorporatie" in page and "De inwoner weet wat er volgt." in page
        assert "per e-mail" in page and cast.gemeente.name in page


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"party": ""}, "Kies een antwoord"),
        ({"party": "verzonnen"}, "uit de lijst"),
        ({"party": "other"}, "Vul in wie u hebt geïnformeerd."),
        ({"on": "31-02-2026"}, "Vul een datum in die bestaat"),
        ({"on": "2100-01-01"}, "Deze datum ligt in de toekomst."),
        ({"text": " "}, "Vul iets in"),
        ({"text": "Bel 06-12345678"}, "Dat lijkt op"),
        ({"who": "iemand@voorbeeld.example"}, "Dat lijkt op"),
    ],
)
def test_wrong_input_comes_back_with_what_was_typed(
    cast: Cast, client_of: ClientOf, wrong: dict[str, str], says: str
) -> None:
    casus = registered_casus(cast)
    address = reverse("communication_add", args=[casus.code])
    answer = client_of(cast.gemeente).post(address, form(**wrong))
    assert answer.status_code == 422 and says in words(answer.content)
    assert not casus.communications.exists()


def test_the_action_refuses_what_the_form_would_not_send(cast: Cast) -> None:
    casus = registered_casus(cast)
    log = communication.log_communication
    for wrong in (
        told(text=" "),
        told("other"),
        told(on=clock.today() + timedelta(days=1)),
    ):
        with pytest.raises(Refused):
            log(casus=casus, by=cast.gemeente, told=wrong)
    with pytest.raises(Forbidden):
        log(casus=casus, by=cast.outsider, told=told())
    with pytest.raises(Refused, match="Dit kan alleen"):
        log(casus=draft_casus(cast), by=cast.procesmanager, told=told())
    event = casus.events.all()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Communication.objects.create(casus=casus, event=event, party="other", way="talk")
    assert not casus.communications.exists()


def test_the_resident_can_also_be_told_that_it_is_over(cast: Cast) -> None:
    casus = closed_casus(cast)
    communication.log_communication(casus=casus, by=cast.gemeente, told=told())
    assert casus.communications.count() == 1


# --- Who was not told yet


def test_the_dossier_says_who_was_not_told_yet(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(
        cast, resident_informed=False, resident_informed_on=None, not_informed_reason="Nog niet."
    )
    assert waits(casus) == ["Verwijzer", "Inwoner"]
    http = client_of(cast.gemeente)
    address = reverse("casus_detail", args=[casus.code])
    panel = "section[aria-labelledby=informed-title]"
    shown = words(http.get(address).content, panel)
    assert shown.count("Nog niet geïnformeerd") == 2
    assert "Cliëntondersteuner niet gekoppeld" in shown
    assert "Gemeente ziet de casus zelf" in shown
    by = cast.procesmanager
    for party in ("referrer", "resident"):
        communication.log_communication(casus=casus, by=by, told=told(party))
    assert waits(casus) == []
    client_support.set_client_support(casus=casus, by=by, state="linked", organisation=cast.scot)
    assert waits(casus) == ["Cliëntondersteuner"]
    communication.log_communication(casus=casus, by=by, told=told("client_support"))
    assert waits(casus) == []
    assert "Nog niet geïnformeerd" not in words(http.get(address).content, panel)


def test_the_last_day_counts_and_not_the_last_line(cast: Cast) -> None:
    casus, today = registered_casus(cast), clock.today()
    for days in (0, 9):
        on = today - timedelta(days=days)
        communication.log_communication(casus=casus, by=cast.gemeente, told=told("referrer", on=on))
    for number in range(6):  # long before the last lines of the timeline
        timeline.add_note(casus=casus, by=cast.gemeente, text=f"Notitie {number}.")
    assert [one.on for one in informed(casus) if one.label == "Verwijzer"] == [today]


def test_what_registration_asked_counts_for_the_resident(cast: Cast) -> None:
    assert waits(registered_casus(cast)) == ["Verwijzer"]


# --- Corrections


def test_a_line_that_never_was_no_longer_counts_and_stays(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    made = communication.log_communication(casus=casus, by=cast.gemeente, told=told("referrer"))
    assert waits(casus) == []
    address = reverse("communication_correct", args=[casus.code, made.pk])
    http = client_of(cast.procesmanager)
    sent = form(happened="never", reason="Het was een andere casus.")
    assert http.post(address, sent).status_code == 302
    assert waits(casus) == ["Verwijzer"]
    page = words(http.get(reverse("communication_list", args=[casus.code])).content)
    assert "Verteld." in page and "Het was een andere casus." in page and "Klopt niet" in page
    with pytest.raises(Refused, match="al verbeterd"):
        communication.correct_communication(
            communication=made, by=cast.gemeente, reason="Nog eens.", told=told()
        )


def test_a_line_that_was_otherwise_is_followed_by_how_it_was(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = registered_casus(cast)
    day = clock.today() - timedelta(days=3)
    made = communication.log_communication(casus=casus, by=cast.gemeente, told=told("referrer"))
    before = list(casus.events.order_by("pk").values())
    address = reverse("communication_correct", args=[casus.code, made.pk])
    http = client_of(cast.gemeente)
    missing = http.post(address, form(happened="otherwise", reason="De dag.", text="", way=""))
    assert missing.status_code == 422 and "Vul ook in" in words(missing.content)
    sent = form(happened="otherwise", reason="De dag.", party="referrer", on=day.isoformat())
    assert http.post(address, sent).status_code == 302
    assert list(casus.events.order_by("pk").values())[:-1] == before
    right = casus.communications.exclude(pk=made.pk).get()
    assert right.on == day and right.event.corrects == made.event
    referrer = next(one for one in informed(casus) if one.label == "Verwijzer")
    assert referrer.on == day


def test_who_reads_the_casus_may_tell_and_others_see_nothing(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = registered_casus(cast)
    made = communication.log_communication(casus=casus, by=cast.gemeente, told=told())
    for name, more in (
        ("communication_list", []),
        ("communication_add", []),
        ("communication_correct", [made.pk]),
    ):
        address = reverse(name, args=[casus.code, *more])
        assert client_of(cast.client_support).get(address).status_code == 404
        assert client_of(cast.procesmanager_only).get(address).status_code == 200
    other = registered_casus(cast)
    foreign = reverse("communication_correct", args=[other.code, made.pk])
    assert client_of(cast.gemeente).get(foreign).status_code == 404
