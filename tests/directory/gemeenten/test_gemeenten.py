"""The public page of a gemeente, and the gemeente that keeps it itself (E-045, E-131, E-243)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.agreements.college import actions as college
from directory.models import Edition, Entrance, Gemeente, Proposal, Tafel, User
from directory.upkeep.entrances.actions import propose_entrances
from directory.upkeep.proposals import actions as proposals
from rdm.lib import clock
from rdm.lib.refusal import Forbidden
from tests.cast import Cast
from tests.directory.keeping import ENTRANCE, REASON, entrances_of
from tests.escalation.overleg.sending import hidden, send, text_of

ClientOf = Callable[[User], Client]
OTHER = {**ENTRANCE, "kind": "procesmanager", "name": "Procesmanager zorg en veiligheid"}


def detail(slug: str = "enschede") -> str:
    return reverse("gemeente_detail", args=[slug])


def edit(slug: str = "enschede") -> str:
    return reverse("entrances_edit", args=[slug])


def row(number: int = 0, **values: str) -> dict[str, str]:
    return {f"entrance_{number}_{name}": value for name, value in (ENTRANCE | values).items()}


def test_all_gemeenten_are_in_public(cast: Cast) -> None:
    page = Client().get(reverse("gemeente_list"))
    words = text_of(page)
    for gemeente in Gemeente.objects.select_related("organisation", "ggz_provider"):
        assert str(gemeente) in words
    assert "Mediant" in words and "Dimence" in words
    assert "public" in page["Cache-Control"] and not page.cookies
    again = Client().get(reverse("gemeente_list"), headers={"If-None-Match": page["ETag"]})
    assert again.status_code == 304


def test_a_page_says_what_is_known_and_what_is_not(cast: Cast) -> None:
    college.set_college_decision(
        gemeente=cast.enschede,
        by=cast.coordinator,
        state="decided",
        decided_on=clock.today(),
        note="Verzonnen toelichting.",
    )
    words = text_of(Client().get(detail()))
    assert "Mediant" in words and "Besloten" in words and "Verzonnen toelichting." in words
    assert words.count("Niet vermeld. De gemeente heeft dit nog niet ingevuld.") == 2
    for tafel in Tafel.objects.all():
        assert str(tafel) in words
    tafel.gemeenten.set([cast.hengelo])
    assert str(tafel) not in text_of(Client().get(detail()))
    assert Client().get(detail("bestaat-niet")).status_code == 404


def test_the_gemeente_fills_in_compares_and_publishes(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.gemeente)
    assert edit() in client.get(detail()).content.decode()
    answer = send(client, edit(), **row(), client_support=["scot"], reason=REASON)
    proposal = Proposal.objects.get()
    assert answer.url == reverse("proposal_detail", args=[proposal.pk])
    assert not Entrance.objects.exists(), "nothing is on the page before it is published"
    page = client.get(answer.url)
    words = text_of(page)
    assert "Verzonnen wijkteam Noord" in words and "SCOT" in words and "Niet overnemen" not in words
    assert (
        client.post(
            reverse("proposal_publish", args=[proposal.pk]), hidden(page.context["publish"])
        ).url
        == detail()
    )
    words = text_of(Client().get(detail()))
    assert "Verzonnen wijkteam Noord" in words and "werkdagen van 9 tot 12 uur" in words
    assert "SCOT Cliëntondersteuning" in words and "versie 2" in words
    html = Client().get(detail()).content.decode()
    assert 'href="tel:0531234567"' in html and 'href="mailto:noord@voorbeeld.example"' in html
    edition = Edition.objects.get(gemeente=cast.enschede, number=2)
    assert edition.published_by_name == "de gemeente Enschede"
    assert edition.summary == (
        "Toegevoegd: ingang Verzonnen wijkteam Noord en cliëntondersteuning."
    )
    log = text_of(Client().get(reverse("change_log")))
    assert "Gemeente Enschede" in log and edition.summary in log


def test_rows_are_changed_taken_away_and_kept_in_order(cast: Cast, client_of: ClientOf) -> None:
    entrances_of(cast.enschede, cast.gemeente, ENTRANCE, OTHER)
    client = client_of(cast.procesmanager_only)
    form = client.get(edit()).context["form"]
    assert form["entrance_0_name"].value() == ENTRANCE["name"]
    data = hidden(form) | row(0, name="Wijkteam Zuid") | {"entrance_1_away": "on"}
    data |= {f"entrance_1_{name}": value for name, value in OTHER.items()}
    data |= row(2, name="Loket", kind="anders", website="") | {"reason": REASON}
    assert client.post(edit(), data).status_code == 302
    proposals.publish(proposal=Proposal.objects.get(status="open"), by=cast.gemeente, version=2)
    names = list(cast.enschede.entrances.values_list("name", "kind"))
    assert names == [("Wijkteam Zuid", "wijkteam"), ("Loket", "anders")]
    changes = Edition.objects.get(gemeente=cast.enschede, number=3).changes
    assert [(one["label"], bool(one["old"]), bool(one["new"])) for one in changes] == [
        ("Ingang Verzonnen wijkteam Noord", True, False),
        ("Ingang Procesmanager zorg en veiligheid", True, False),
        ("Ingang Wijkteam Zuid", False, True),
        ("Ingang Loket", False, True),
    ]
    history = text_of(Client().get(reverse("gemeente_history", args=["enschede"])))
    assert "Versie 3" in history and "Versie 1" in history


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"entrance_0_name": ""}, "entrance_0_name"),
        ({"entrance_0_kind": ""}, "entrance_0_kind"),
        ({"entrance_0_kind": "verzonnen"}, "entrance_0_kind"),
        ({"entrance_0_email": "geen adres"}, "entrance_0_email"),
        ({"entrance_0_phone": "bel"}, "entrance_0_phone"),
        ({"entrance_0_website": "voorbeeld"}, "entrance_0_website"),
        ({"entrance_0_note": "Het nummer is 111222333."}, "entrance_0_note"),
        ({**row(1), "entrance_1_name": "VERZONNEN wijkteam noord"}, "entrance_1_name"),
        ({"client_support": ["mediant"]}, "client_support"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_makes_no_sense_is_said(
    cast: Cast, client_of: ClientOf, changed: dict[str, Any], field: str
) -> None:
    answer = send(client_of(cast.gemeente), edit(), **(row() | {"reason": REASON} | changed))
    assert answer.status_code == 422 and field in answer.context["form"].errors


def test_an_empty_row_does_not_count(cast: Cast, client_of: ClientOf) -> None:
    answer = send(client_of(cast.gemeente), edit(), entrance_0_kind="wijkteam", reason=REASON)
    assert answer.status_code == 422 and "niets gewijzigd" in text_of(answer)


def test_two_people_of_the_gemeente_at_once(cast: Cast, client_of: ClientOf) -> None:
    """Each changes something else; the second sees three texts and chooses."""
    entrances_of(cast.enschede, cast.gemeente, ENTRANCE)
    client = client_of(cast.procesmanager_only)
    form = client.get(edit()).context["form"]
    data = hidden(form) | row(0, hours="alleen op maandag") | {"reason": REASON}
    entrances_of(cast.enschede, cast.gemeente, ENTRANCE, OTHER)
    assert client.post(edit(), data).status_code == 302
    proposal = Proposal.objects.get(status="open")
    page = client.get(reverse("proposal_detail", args=[proposal.pk]))
    assert "drie teksten" in text_of(page) and "Wat komt er op de pagina" in text_of(page)
    publish = reverse("proposal_publish", args=[proposal.pk])
    assert client.post(publish, hidden(page.context["publish"])).status_code == 422
    chosen = hidden(page.context["publish"]) | {"keep_entrances": "new"}
    assert client.post(publish, chosen).status_code == 302
    assert cast.enschede.entrances.get().hours == "alleen op maandag"


def test_only_the_gemeente_itself(cast: Cast, client_of: ClientOf) -> None:
    may = {"procesmanager", "procesmanager_only", "gemeente"}
    for name, user in cast.everybody.items():
        expected = 200 if name in may else 403
        assert client_of(user).get(edit()).status_code == expected, name
    assert Client().get(edit()).status_code == 302
    proposal = propose_entrances(
        gemeente=cast.enschede,
        by=cast.gemeente,
        values={"entrances": [ENTRANCE]},
        based_on=1,
        reason=REASON,
    )
    for user in (cast.outsider, cast.themagroep, cast.tafel_contact):
        with pytest.raises(Forbidden):
            proposals.publish(proposal=proposal, by=user, version=1)
        address = reverse("proposal_detail", args=[proposal.pk])
        assert client_of(user).get(address).status_code == 404
    # A colleague of the same gemeente may finish it, or take it back.
    proposals.withdraw(proposal=proposal, by=cast.procesmanager_only)


def test_what_is_typed_is_never_read_as_a_template(cast: Cast, client_of: ClientOf) -> None:
    nasty = {**ENTRANCE, "name": "{{ 7|add:42 }} <script>alert(1)</script>"}
    entrances_of(cast.enschede, cast.gemeente, nasty)
    for address, client in (
        (detail(), Client()),
        (edit(), client_of(cast.gemeente)),
        (reverse("gemeente_history", args=["enschede"]), Client()),
        (reverse("gemeente_compare", args=["enschede"]), Client()),
        (reverse("change_log"), Client()),
    ):
        html = client.get(address).content.decode()
        assert "{{ 7|add:42 }}" in html and "<script>alert" not in html, address
