"""The first page: public for a visitor, "Mijn werk" for who is signed in."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from directory.models import Tafel, Trede, User
from directory.region.snapshot import snapshot
from rdm.lib import clock
from tests import world
from tests.cast import Cast

ClientOf = Callable[[User], Client]
MOST_QUERIES = 16


def test_a_visitor_sees_the_treden_and_the_way_in(cast: Cast) -> None:
    page = Client().get("/").content.decode()
    assert Trede.objects.count() == 5
    for trede in Trede.objects.all():
        assert escape(trede.name) in page
    assert reverse("tafel_list") in page and reverse("account_login") in page


def test_without_a_region_the_first_page_still_works(db: None) -> None:
    assert Client().get("/").status_code == 200


def test_everybody_gets_a_first_page_with_something_to_begin(
    cast: Cast, client_of: ClientOf
) -> None:
    for role, somebody in cast.everybody.items():
        answer = client_of(somebody).get("/")
        assert answer.status_code == 200, role
        for start in answer.context["starts"]:
            assert client_of(somebody).get(start.url).status_code == 200, (role, start.url)
        assert answer.context["starts"], role


def headings(client: Client) -> list[str]:
    return re.findall(r'<h2 [^>]*id="(\w+)"', client.get("/").content.decode())


def test_who_never_waits_is_not_told_so(cast: Cast, client_of: ClientOf) -> None:
    for somebody in (
        cast.procesmanager,
        cast.coordinator,
        cast.client_support,
        cast.admin,
        cast.tafel_contact,
    ):
        assert headings(client_of(somebody)) == ["mine", "others", "starts"]
    for somebody in (cast.portefeuillehouder, cast.themagroep, cast.privacy_officer):
        assert headings(client_of(somebody)) == ["mine", "starts"]


def test_a_card_promises_what_this_person_may_do(cast: Cast, client_of: ClientOf) -> None:
    def text(somebody: User) -> str:
        starts = client_of(somebody).get("/").context["starts"]
        (found,) = (start.text for start in starts if start.url == reverse("leersessie_list"))
        return str(found)

    assert text(cast.themagroep).startswith("Plan de leersessie")
    assert "Plan" not in text(cast.portefeuillehouder)


def test_the_contact_of_a_tafel_finds_the_own_tafel(cast: Cast, client_of: ClientOf) -> None:
    own = Tafel.objects.get(led_by=cast.mediant)
    starts = client_of(cast.tafel_contact).get("/").context["starts"]
    assert starts[0].label == f"Uw tafel: {own.name}"
    assert starts[0].url == reverse("tafel_detail", args=[own.slug])
    labels = [start.label for start in client_of(cast.aanmelder).get("/").context["starts"]]
    assert not [label for label in labels if label.startswith("Uw tafel")]


def test_work_moves_from_one_to_the_other(cast: Cast, client_of: ClientOf) -> None:
    casus = world.tried_casus(cast)

    def on_the_page(somebody: User) -> tuple[list[str], list[str]]:
        context = client_of(somebody).get("/").context
        mine = [item.title for item in context["mine"] if item.casus_code == casus.code]
        others = [item.who for item in context["others"] if item.casus_code == casus.code]
        return mine, others

    assert on_the_page(cast.procesmanager_only)[0]
    assert on_the_page(cast.coordinator) == ([], [])
    world.walk.submitted(casus, cast.procesmanager)
    assert on_the_page(cast.coordinator)[0] == ["Beoordeel de aanmelding"]
    # Cliëntondersteuning stays a task of their own, whosever turn it is (E-125).
    support = ["Bied de inwoner cliëntondersteuning aan"]
    assert on_the_page(cast.procesmanager_only) == (support, ["het coördinatiepunt"])
    assert on_the_page(cast.outsider) == ([], [])


def test_the_oldest_term_comes_first_and_says_how_late_it_is(
    cast: Cast, client_of: ClientOf
) -> None:
    later = world.submitted_casus(cast)
    with clock.travel(clock.now() - timedelta(days=21)):
        late = world.submitted_casus(cast)
    answer = client_of(cast.coordinator).get("/")
    codes = [item.casus_code for item in answer.context["mine"] if item.casus_code]
    assert codes == [late.code, later.code]
    assert answer.context["overdue"] == 1
    text = answer.content.decode()
    assert "1 taak is over de termijn" in text and "te laat" in text


def test_an_expired_invitation_waits_for_the_beheerder(cast: Cast, client_of: ClientOf) -> None:
    data = {
        "request_id": str(uuid4()),
        "name": "Verzonnen Nieuweling",
        "email": "nieuw@voorbeeld.example",
        "role": "aanmelder",
    }
    with clock.travel(clock.now() - timedelta(days=30)):
        client_of(cast.admin).post(f"{reverse('member_invite')}?organisatie=mediant", data)
    answer = client_of(cast.admin).get("/")
    # Nothing swept or copied here yet, and that is work too.
    kinds = {item.kind for item in answer.context["mine"]}
    assert kinds == {"uitnodiging", "gezondheid", "reservekopie"}
    others = client_of(cast.coordinator).get("/").context["mine"]
    assert "uitnodiging" not in {item.kind for item in others}


@pytest.mark.parametrize("role", ["procesmanager", "coordinator", "gemeente", "admin"])
def test_the_page_asks_little_of_the_database(
    cast: Cast,
    client_of: ClientOf,
    role: str,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    for status in ("draft", "active", "submitted", "incomplete", "accepted", "held"):
        for _ in range(2):
            world.IN_STATUS[status](cast)
    client = client_of(cast.everybody[role])
    # What the region says is read again after a change, and then kept.
    snapshot()
    # The first click begins the session, which is then the same for every page.
    client.get(reverse("health_live"))
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get("/")


def test_a_post_to_the_first_page_is_refused(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.coordinator).post("/").status_code == 405
