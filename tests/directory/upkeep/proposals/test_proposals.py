"""A change of a tafel: proposed, laid beside the page, published as a new edition or refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit import log
from audit.models import AuditEntry
from directory.models import Confirmation, Edition, Proposal, Tafel, User
from directory.upkeep.proposals import actions as proposals
from outbox.models import Message
from rdm.lib.refusal import Conflict, Forbidden, Refused
from tests.cast import Cast
from tests.directory.keeping import (
    REASON,
    colleague,
    other_tafel,
    own_tafel,
    page_of,
    proposed,
    published,
)
from tests.escalation.overleg.sending import hidden, send, text_of

ClientOf = Callable[[User], Client]


def propose_url(tafel: Tafel) -> str:
    return reverse("tafel_propose", args=[tafel.slug])


def form_data(client: Client, tafel: Tafel, **changed: Any) -> dict[str, Any]:
    """Everything that stands in the form, as a browser sends it, with some of it changed."""
    form = client.get(propose_url(tafel)).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: "" if value is None else value for name, value in data.items()}
    data |= hidden(form) | {"reason": REASON} | changed
    return {name: value for name, value in data.items() if value is not False}


# --- From proposal to page ------------------------------------------------------------------------


def test_the_whole_way_from_the_form_to_a_new_edition(cast: Cast, client_of: ClientOf) -> None:
    tafel = own_tafel(cast)
    contact = client_of(cast.tafel_contact)
    data = form_data(contact, tafel, chair="voorzitter uit een verzonnen team", rhythm_weeks="3")
    answer = contact.post(propose_url(tafel), data)
    proposal = Proposal.objects.get()
    assert answer.url == reverse("proposal_detail", args=[proposal.pk])
    # Only what differs was proposed, and nothing is on the page yet.
    assert proposal.values == {"chair": "voorzitter uit een verzonnen team", "rhythm_weeks": 3}
    assert proposal.base == {"chair": "teamleider van Mediant", "rhythm_weeks": 2}
    assert "teamleider van Mediant" in text_of(
        Client().get(reverse("tafel_detail", args=[tafel.slug]))
    )
    words = text_of(contact.get(answer.url))
    assert "wacht op de themagroep" in words and "Publiceer" not in words

    checker = client_of(cast.themagroep)
    shown = checker.get(answer.url)
    words = text_of(shown)
    assert "Nu op de pagina" in words and "Voorstel" in words and REASON in words
    assert "2 weken" in words and "3 weken" in words
    assert (
        checker.post(
            reverse("proposal_publish", args=[proposal.pk]), hidden(shown.context["publish"])
        ).status_code
        == 302
    )
    tafel.refresh_from_db()
    assert (tafel.chair, tafel.rhythm_weeks, tafel.version) == (
        "voorzitter uit een verzonnen team", 3, 2,
    )  # fmt: skip
    edition = Edition.objects.get(tafel=tafel, number=2)
    assert edition.proposal == proposal
    assert edition.summary == "Gewijzigd: om de hoeveel weken is er overleg en voorzitter."
    assert edition.published_by_name == "de themagroep"
    assert {(one["field"], one["old"], one["new"]) for one in edition.changes} == {
        ("chair", "teamleider van Mediant", "voorzitter uit een verzonnen team"),
        ("rhythm_weeks", "2 weken", "3 weken"),
    }
    proposal.refresh_from_db()
    assert (proposal.status, proposal.decided_by_name) == ("published", cast.themagroep.name)
    assert log.check() is None


def test_every_field_of_the_page_can_be_changed(cast: Cast, client_of: ClientOf) -> None:
    tafel = other_tafel(cast)
    client = client_of(cast.themagroep)
    data = form_data(
        client,
        tafel,
        name="Verzonnen naam",
        purpose="Verzonnen doel.\nMet een tweede regel.",
        domains=["ggz"],
        submitters=["huisarts", "gemeente"],
        gemeenten=["almelo", "enschede"],
        led_by="mediant",
        rhythm_anchor="2026-12-03",
        submit_weeks_before="4",
        contact_email="verzonnen@voorbeeld.example",
        contact_phone="074 123 45 67",
        website="https://voorbeeld.example",
        links_0_label="Verzonnen pagina",
        links_0_url="https://voorbeeld.example/pagina",
        response_hours_0_hours="12",
        response_hours_0_for="iedereen",
        extra_questions_0_question="Wat is er al geprobeerd?",
        criterium_1_text="Een ander criterium.",
    )
    assert client.post(propose_url(tafel), data).status_code == 302
    proposal = Proposal.objects.get()
    proposals.publish(proposal=proposal, by=cast.themagroep, version=1)
    now = Tafel.objects.get(pk=tafel.pk)
    assert now.name == "Verzonnen naam" and now.purpose.endswith("tweede regel.")
    assert {one.code for one in now.domains.all()} == {"ggz"}
    assert {one.code for one in now.submitters.all()} == {"huisarts", "gemeente"}
    assert {one.slug for one in now.gemeenten.all()} == {"almelo", "enschede"}
    assert now.led_by == cast.mediant and now.rhythm_anchor == date(2026, 12, 3)
    assert now.links[0] == {"label": "Verzonnen pagina", "url": "https://voorbeeld.example/pagina"}
    assert now.response_hours[0] == {"hours": 12, "for": "iedereen"}
    assert now.extra_questions[0]["question"] == "Wat is er al geprobeerd?"
    # A question keeps its code, because answers of casussen point at it.
    assert now.extra_questions[0]["code"] == tafel.extra_questions[0]["code"]
    first = now.criteria.order_by("position")[0]
    assert first.text == "Een ander criterium."
    assert page_of(now)["links"] == now.links
    # An unticked box of a criterium that counts.
    assert first.active is True


def test_a_criterium_can_be_switched_off(cast: Cast, client_of: ClientOf) -> None:
    tafel = other_tafel(cast)
    client = client_of(cast.themagroep)
    data = form_data(client, tafel)
    del data["criterium_1_counts"]
    assert client.post(propose_url(tafel), data).status_code == 302
    proposals.publish(proposal=Proposal.objects.get(), by=cast.themagroep, version=1)
    assert tafel.criteria.order_by("position")[0].active is False
    assert "telt nu niet mee" in Edition.objects.get(tafel=tafel, number=2).changes[0]["new"]


def test_a_form_that_changes_nothing_is_refused(cast: Cast, client_of: ClientOf) -> None:
    """Also the page of every tafel comes back from its own form exactly as it was."""
    client = client_of(cast.themagroep)
    for tafel in Tafel.objects.all():
        answer = client.post(propose_url(tafel), form_data(client, tafel))
        assert answer.status_code == 422, tafel.slug
        assert "niets gewijzigd" in text_of(answer), tafel.slug
    assert not Proposal.objects.exists()


def test_a_reason_is_required(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.tafel_contact)
    data = form_data(client, own_tafel(cast), chair="iemand anders", reason=" ")
    answer = client.post(propose_url(own_tafel(cast)), data)
    assert list(answer.context["form"].errors) == ["reason"]


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("name", "", "Vul iets in"),
        ("contact_email", "geen adres", "e-mailadres"),
        ("contact_phone", "bel maar", "telefoonnummer"),
        ("website", "voorbeeld", "webadres"),
        ("website", "https://eur01.safelinks.protection.outlook.com/?url=x", "Outlook"),
        ("rhythm_weeks", "0", "van 1 of hoger"),
        ("rhythm_weeks", "999", "van 104 of lager"),
        ("rhythm_anchor", "31-02-2026", "datum"),
        ("purpose", "Bel mevrouw op 06 12345678", "telefoonnummer"),
        ("links_1_url", "https://voorbeeld.example", "Vul in wat er op de pagina staat"),
        ("extra_questions_0_question", "x" * 501, "korter"),
        ("submitters", ["verzonnen"], "uit de lijst"),
        ("led_by", "verzonnen", "uit de lijst"),
    ],
)
def test_what_makes_no_sense_is_said_and_kept(
    cast: Cast, client_of: ClientOf, field: str, value: Any, error: str
) -> None:
    tafel = own_tafel(cast)
    client = client_of(cast.tafel_contact)
    answer = client.post(propose_url(tafel), form_data(client, tafel, **{field: value}))
    assert answer.status_code == 422
    assert error in text_of(answer)
    if isinstance(value, str) and value:
        assert value in answer.content.decode()


def test_an_address_that_stands_there_already_is_no_personal_data(
    cast: Cast, client_of: ClientOf
) -> None:
    """Functional contact data belongs on the page; a new address is asked about."""
    tafel = Tafel.objects.get(slug="regiotafel-zorgkantoor")
    client = client_of(cast.themagroep)
    text = page_of(tafel)["how_to_submit"]
    assert "@" in text
    data = form_data(client, tafel, how_to_submit=f"{text} Doe dat op tijd.")
    assert client.post(propose_url(tafel), data).status_code == 302
    data = form_data(client, tafel, how_to_submit=f"{text} Of mail iemand@voorbeeld.example.")
    asked = client.post(propose_url(tafel), data)
    assert asked.status_code == 422 and "Dit is geen persoonsgegeven" in text_of(asked)


def test_a_name_that_another_tafel_has_is_refused(cast: Cast) -> None:
    proposal = proposed(cast, name=other_tafel(cast).name)
    with pytest.raises(Refused, match="heet al zo"):
        proposals.publish(proposal=proposal, by=cast.themagroep, version=1)
    proposal.refresh_from_db()
    assert proposal.status == "open"


def test_somebody_else_hears_of_it_and_who_proposed_it_of_the_answer(cast: Cast) -> None:
    other = colleague(cast)
    proposal = proposed(cast)
    asked = set(Message.objects.filter(key__startswith="proposal:").values_list("to", flat=True))
    assert asked == {cast.themagroep.email, other.email}
    proposals.refuse(proposal=proposal, by=other, reason="Verzonnen: dit klopt niet.")
    answer = Message.objects.get(key=f"proposal:{proposal.pk}:refused")
    assert answer.to == cast.tafel_contact.email
    assert "Verzonnen: dit klopt niet." in answer.body
    assert AuditEntry.objects.filter(
        object_type="tafel", part=f"proposal:{proposal.pk}:refused"
    ).exists()


def test_refusing_needs_a_reason_and_leaves_the_page(cast: Cast, client_of: ClientOf) -> None:
    proposal = proposed(cast)
    client = client_of(cast.themagroep)
    address = reverse("proposal_refuse", args=[proposal.pk])
    assert list(send(client, address, reason="").context["form"].errors) == ["reason"]
    assert send(client, address, reason="Verzonnen: nee.").status_code == 302
    assert own_tafel(cast).version == 1
    words = text_of(client.get(reverse("proposal_detail", args=[proposal.pk])))
    assert "Niet overgenomen" in words and "Verzonnen: nee." in words


def test_who_proposed_it_can_take_it_back(cast: Cast, client_of: ClientOf) -> None:
    proposal = proposed(cast)
    client = client_of(cast.tafel_contact)
    assert send(client, reverse("proposal_withdraw", args=[proposal.pk])).status_code == 302
    proposal.refresh_from_db()
    assert proposal.status == "withdrawn"
    with pytest.raises(Conflict):
        proposals.publish(proposal=proposal, by=cast.themagroep, version=1)


# --- Two people at once ---------------------------------------------------------------------------


def test_what_changed_while_somebody_typed_is_not_lost(cast: Cast, client_of: ClientOf) -> None:
    """The form over version 1 is sent when version 2 is there: only its own change is proposed."""
    tafel = own_tafel(cast)
    client = client_of(cast.tafel_contact)
    data = form_data(client, tafel, alias="verzonnen bijnaam")
    published(cast, chair="een ander")
    assert client.post(propose_url(tafel), data).status_code == 302
    proposal = Proposal.objects.get(status="open")
    assert (proposal.values, proposal.base_version) == ({"alias": "verzonnen bijnaam"}, 1)
    proposals.publish(proposal=proposal, by=cast.themagroep, version=2)
    tafel.refresh_from_db()
    assert (tafel.alias, tafel.chair, tafel.version) == ("verzonnen bijnaam", "een ander", 3)


def test_three_texts_when_the_page_changed_in_between(cast: Cast, client_of: ClientOf) -> None:
    mine = proposed(cast, chair="mijn voorzitter", alias="mijn bijnaam")
    published(cast, chair="hun voorzitter")
    client = client_of(cast.themagroep)
    page = client.get(reverse("proposal_detail", args=[mine.pk]))
    words = text_of(page)
    for text in ("teamleider van Mediant", "hun voorzitter", "mijn voorzitter"):
        assert text in words
    assert "Ook door iemand anders gewijzigd" in words
    address = reverse("proposal_publish", args=[mine.pk])
    asked = client.post(address, hidden(page.context["publish"]))
    assert asked.status_code == 422 and "Kies een antwoord" in text_of(asked)
    chosen = hidden(page.context["publish"]) | {"keep_chair": "now"}
    assert client.post(address, chosen).status_code == 302
    tafel = own_tafel(cast)
    assert (tafel.chair, tafel.alias) == ("hun voorzitter", "mijn bijnaam")
    assert [one["field"] for one in Edition.objects.get(tafel=tafel, number=3).changes] == ["alias"]


def test_publishing_over_a_page_that_just_changed_shows_it_first(
    cast: Cast, client_of: ClientOf
) -> None:
    mine = proposed(cast, chair="mijn voorzitter")
    client = client_of(cast.themagroep)
    old = hidden(client.get(reverse("proposal_detail", args=[mine.pk])).context["publish"])
    published(cast, chair="hun voorzitter")
    address = reverse("proposal_publish", args=[mine.pk])
    late = client.post(address, old)
    assert late.status_code == 409
    assert "hun voorzitter" in text_of(late) and "intussen gewijzigd" in text_of(late)
    again = hidden(late.context["publish"]) | {"keep_chair": "new"}
    assert client.post(address, again).status_code == 302
    assert own_tafel(cast).chair == "mijn voorzitter"


def test_two_checkers_have_one_winner(cast: Cast, client_of: ClientOf) -> None:
    proposal = proposed(cast)
    client = client_of(cast.themagroep)
    form = hidden(client.get(reverse("proposal_detail", args=[proposal.pk])).context["publish"])
    proposals.refuse(proposal=proposal, by=colleague(cast), reason="Verzonnen.")
    late = client.post(reverse("proposal_publish", args=[proposal.pk]), form)
    assert late.status_code == 409 and "net afgehandeld" in text_of(late)
    assert own_tafel(cast).version == 1
    with pytest.raises(Conflict):
        proposals.refuse(proposal=proposal, by=cast.themagroep, reason="Verzonnen.")


def test_keeping_everything_as_it_is_is_no_new_edition(cast: Cast) -> None:
    mine = proposed(cast, chair="mijn voorzitter")
    published(cast, chair="hun voorzitter")
    with pytest.raises(Refused, match="verandert er niets"):
        proposals.publish(proposal=mine, by=cast.themagroep, version=2, keep=["chair"])
    assert Edition.objects.filter(tafel=own_tafel(cast)).count() == 2


def test_the_same_form_sent_twice_is_one_proposal(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.tafel_contact)
    data = form_data(client, own_tafel(cast), chair="een ander")
    client.post(propose_url(own_tafel(cast)), data)
    client.post(propose_url(own_tafel(cast)), data)
    assert Proposal.objects.count() == 1


# --- Who may --------------------------------------------------------------------------------------


def test_who_proposes_does_not_check_it_alone(cast: Cast, client_of: ClientOf) -> None:
    mine = proposed(cast)
    with pytest.raises(Forbidden, match="zelf voorgesteld"):
        proposals.publish(proposal=mine, by=cast.tafel_contact, version=1)
    client = client_of(cast.tafel_contact)
    assert client.post(reverse("proposal_publish", args=[mine.pk]), {}).status_code == 403
    # A colleague may, and so may the themagroep; the themagroep also what it wrote itself.
    proposals.publish(proposal=mine, by=colleague(cast), version=1)
    own = proposed(cast, by=cast.themagroep, chair="nog een ander")
    proposals.publish(proposal=own, by=cast.themagroep, version=2)
    assert own_tafel(cast).version == 3


def test_a_contact_keeps_only_the_tafel_of_the_own_organisation(
    cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast.tafel_contact)
    foreign = other_tafel(cast)
    answer = client.get(propose_url(foreign))
    assert answer.status_code == 403 and "Alleen de contactpersoon" in text_of(answer)
    assert client.post(propose_url(foreign), {}).status_code == 403
    proposal = proposals.propose_tafel(
        tafel=foreign,
        by=cast.themagroep,
        values={"chair": "een ander"},
        based_on=1,
        reason=REASON,
    )
    assert client.get(reverse("proposal_detail", args=[proposal.pk])).status_code == 404
    with pytest.raises(Forbidden):
        proposals.refuse(proposal=proposal, by=cast.tafel_contact, reason="Verzonnen.")


@pytest.mark.parametrize(
    "name", ["procesmanager", "aanmelder", "coordinator", "portefeuillehouder", "admin", "gemeente"]
)
def test_nobody_else_proposes_or_reads_a_proposal(
    cast: Cast, client_of: ClientOf, name: str
) -> None:
    proposal = proposed(cast)
    client = client_of(getattr(cast, name))
    assert client.get(propose_url(own_tafel(cast))).status_code == 403
    for page in ("detail", "publish", "refuse", "withdraw"):
        address = reverse(f"proposal_{page}", args=[proposal.pk])
        assert client.get(address).status_code in (404, 405)
        assert client.post(address, {}).status_code in (404, 405)
    assert client.get(reverse("proposal_detail", args=[proposal.pk])).status_code == 404
    assert Client().get(propose_url(own_tafel(cast))).status_code == 302


def test_only_who_proposed_it_takes_it_back(cast: Cast, client_of: ClientOf) -> None:
    proposal = proposed(cast)
    client = client_of(cast.themagroep)
    assert client.get(reverse("proposal_withdraw", args=[proposal.pk])).status_code == 403


def test_a_proposal_with_the_whole_page_seen_confirms_the_tafel(cast: Cast) -> None:
    tafel = own_tafel(cast)
    proposal = proposals.propose_tafel(
        tafel=tafel,
        by=cast.tafel_contact,
        values={"chair": "een ander"},
        based_on=1,
        reason=REASON,
        confirms=True,
    )
    assert not Confirmation.objects.exists()
    proposals.publish(proposal=proposal, by=cast.themagroep, version=1)
    confirmation = Confirmation.objects.get()
    assert (confirmation.edition_number, confirmation.by_link) == (2, False)
    assert confirmation.by_name == "de contactpersoon van de tafel bij Mediant"
    tafel.refresh_from_db()
    assert tafel.confirmed_by == "de contactpersoon van de tafel bij Mediant"


def test_what_is_public_names_no_person(cast: Cast) -> None:
    published(cast)
    for address in ("change_log", "tafel_history"):
        args = [own_tafel(cast).slug] if address == "tafel_history" else []
        words = text_of(Client().get(reverse(address, args=args)))
        for user in cast.everybody.values():
            assert user.name not in words
