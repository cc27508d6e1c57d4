"""The number that an organisation gives a casus: for who reads it there, and nobody else (O-08)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from demo import walk
from directory.models import User
from escalation.models import Casus
from escalation.registration.references import actions as references
from rdm.lib.refusal import Forbidden, Refused
from tests.cast import Cast
from tests.escalation.overleg.sending import send, text_of

ClientOf = Callable[[User], Client]


@pytest.fixture
def casus(cast: Cast) -> Casus:
    """Of Mediant, in Enschede, and shared with SCOT."""
    found = walk.registered(cast.aanmelder, cast.enschede)
    walk.shared(found, cast.aanmelder, cast.scot)
    return found


def address(casus: Casus) -> str:
    return reverse("casus_reference", args=[casus.code])


def test_every_organisation_keeps_its_own(cast: Cast, client_of: ClientOf, casus: Casus) -> None:
    page = reverse("casus_detail", args=[casus.code])
    people = {"M-1": cast.aanmelder, "E-2": cast.gemeente, "S-3": cast.client_support}
    for number, who in people.items():
        http = client_of(who)
        assert "Noteer het kenmerk van uw organisatie" in text_of(http.get(page))
        answer = send(http, address(casus), reference=number)
        assert (answer.status_code, answer.headers["Location"]) == (302, page)
    events = str(list(casus.events.values()))
    for number, who in people.items():
        seen = text_of(client_of(who).get(page))
        assert number in seen
        for other in set(people) - {number}:
            assert other not in seen and other not in events
        assert casus.code in text_of(client_of(who).get(f"{reverse('casus_list')}?q={number}"))
    assert send(client_of(cast.gemeente), address(casus), reference=" ").status_code == 302
    assert set(casus.own_references.values_list("reference", flat=True)) == {"M-1", "S-3"}


def test_two_colleagues_at_once(cast: Cast, client_of: ClientOf, casus: Casus) -> None:
    mine = client_of(cast.gemeente)
    opened = mine.get(address(casus)).context["form"]
    references.note_reference(casus=casus, by=cast.procesmanager, reference="Z-1", before="")
    sent = {"reference": "Z-2", "before": "", "request_id": opened["request_id"].value()}
    late = mine.post(address(casus), sent)
    assert late.status_code == 422
    said = text_of(late)
    assert "in “Z-1”" in said and 'value="Z-2"' in late.content.decode()
    sent["before"] = late.context["form"]["before"].value()
    assert mine.post(address(casus), sent).status_code == 302
    assert casus.own_references.get().reference == "Z-2"


def test_not_for_who_does_not_read_it(cast: Cast, client_of: ClientOf, casus: Casus) -> None:
    assert client_of(cast.outsider).get(address(casus)).status_code == 404
    with pytest.raises(Forbidden):
        references.note_reference(casus=casus, by=cast.outsider, reference="X", before="")
    draft = walk.draft(cast.procesmanager)
    with pytest.raises(Refused):
        references.note_reference(casus=draft, by=cast.procesmanager, reference="X", before="")


def test_the_same_number_is_told_when_it_is_saved_and_afterwards(
    cast: Cast, client_of: ClientOf, casus: Casus
) -> None:
    other = walk.registered(cast.aanmelder, cast.enschede)
    http = client_of(cast.gemeente)
    send(http, address(casus), reference="Z2026-00123")
    send(http, address(other), reference="Zaak Z2026/00123.")
    said = text_of(http.get(reverse("casus_detail", args=[other.code])))
    assert f"het staat ook bij {casus.code}" in said
    page = text_of(http.get(address(other)))
    assert "staat ook bij een andere casus" in page and casus.code in page
    # Mediant noted no number, and hears of none.
    assert "staat ook bij" not in text_of(client_of(cast.aanmelder).get(address(other)))
