"""Beheer: who gets in, in which role, and how that ends at once."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from directory.models import Invitation, Membership, Organisation, User
from directory.people import actions as people
from directory.people.invitations import actions as invitations
from outbox.models import Message
from rdm.lib import clock
from tests.cast import PASSWORD, Cast, person

ClientOf = Callable[[User], Client]
INVITE = "/beheer/uitnodigen/?organisatie=mediant"
LISTS = ["member_list", "invitation_list", "organisation_list", "member_invite"]


def wanted(cast: Cast, **changes: str) -> dict[str, str]:
    return {
        "request_id": str(uuid4()),
        "name": "Verzonnen Nieuweling",
        "email": "Nieuw@Voorbeeld.example",
        "role": "aanmelder",
        **changes,
    }


def link_of(message: Message) -> str:
    found = re.search(r"https?://[^/]+(/uitnodiging/\S+)", message.body)
    assert found
    return found.group(1)


@pytest.mark.parametrize("name", LISTS)
def test_only_the_beheerder_manages_people(cast: Cast, client_of: ClientOf, name: str) -> None:
    for role, somebody in cast.everybody.items():
        answer = client_of(somebody).get(reverse(name))
        assert answer.status_code == (200 if role == "admin" else 403), role
    assert Client().get(reverse(name)).status_code == 302


def test_the_beheerder_never_sees_a_casus(cast: Cast, client_of: ClientOf) -> None:
    from tests.world import registered_casus

    casus = registered_casus(cast)
    client = client_of(cast.admin)
    assert client.get(reverse("casus_list")).status_code == 403
    assert client.get(reverse("casus_detail", args=[casus.code])).status_code == 404
    for name in LISTS:
        assert casus.code not in client.get(reverse(name)).content.decode()


def test_how_many_people_act_for_an_organisation_is_said_in_words(
    cast: Cast, client_of: ClientOf
) -> None:
    page = client_of(cast.admin).get(reverse("organisation_list")).content.decode()
    said = re.findall(r'organisatie=[\w-]+">(\d+)<span class="rdm-sr"> (\w+) bij ', page)
    assert {(number == "1", noun) for number, noun in said} == {
        (True, "persoon"), (False, "mensen"),
    }  # fmt: skip


def test_invited_accepted_and_signed_in(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.admin).post(INVITE, wanted(cast))
    assert answer.status_code == 302
    message = Message.objects.get(to="nieuw@voorbeeld.example")
    visitor = Client()
    page = visitor.get(link_of(message))
    assert "Mediant" in page.content.decode()
    assert page["Cache-Control"].find("no-store") >= 0

    weak = {"request_id": str(uuid4()), "password": "kort", "again": "kort"}
    refused = visitor.post(link_of(message), weak)
    assert refused.status_code == 422
    good = {**weak, "password": "een lange zin met schapen", "again": "een lange zin met schapen"}
    assert visitor.post(link_of(message), good).status_code == 302
    assert visitor.get(link_of(message)).status_code == 404

    signed_in = visitor.post(
        reverse("account_login"),
        {"login": "nieuw@voorbeeld.example", "password": good["password"]},
    )
    assert signed_in.status_code == 302
    user = User.objects.get(email="nieuw@voorbeeld.example")
    assert user.roles == {"aanmelder"}
    entry = AuditEntry.objects.filter(action="sign_in").latest("number")
    assert (entry.actor_id, entry.outcome, entry.role) == (str(user.pk), "ok", "aanmelder")


def test_an_account_keeps_its_password_when_a_role_is_added(
    cast: Cast, client_of: ClientOf
) -> None:
    data = wanted(cast, email=cast.outsider.email, name=cast.outsider.name)
    client_of(cast.admin).post(INVITE, data)
    message = Message.objects.filter(to=cast.outsider.email).latest("pk")
    visitor = Client()
    assert 'name="password"' not in visitor.get(link_of(message)).content.decode()
    assert visitor.post(link_of(message), {"request_id": str(uuid4())}).status_code == 302
    user = User.objects.get(pk=cast.outsider.pk)
    assert user.roles == {"procesmanager", "aanmelder"}
    assert user.check_password(PASSWORD)


def test_the_same_role_twice_is_refused_with_a_reason(cast: Cast, client_of: ClientOf) -> None:
    data = wanted(cast, email=cast.aanmelder.email)
    answer = client_of(cast.admin).post(INVITE, data)
    assert answer.status_code == 422
    assert "heeft deze rol al" in answer.content.decode()
    assert "Verzonnen Nieuweling" in answer.content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "geen adres"},
        {"email": "a@b.example\nBcc: c@d.example"},
        {"name": "Regel\r\nBcc: x@y.example"},
        {"name": "   "},
        {"name": "a" * 10_001},
        {"role": "koning"},
        {"role": "coordinator"},
        {"role": "gemeente"},
        {"request_id": "niets"},
    ],
)
def test_bad_input_gets_a_clear_answer_and_invites_nobody(
    cast: Cast, client_of: ClientOf, changes: dict[str, str]
) -> None:
    before = Invitation.objects.count()
    answer = client_of(cast.admin).post(INVITE, wanted(cast, **changes))
    assert answer.status_code == 422
    assert "Fout: " in answer.content.decode()
    assert Invitation.objects.count() == before


def test_sending_the_form_twice_invites_once(cast: Cast, client_of: ClientOf) -> None:
    client, data = client_of(cast.admin), wanted(cast)
    before = Invitation.objects.count()
    assert client.post(INVITE, data).status_code == 302
    assert client.post(INVITE, data).status_code == 302
    assert Invitation.objects.count() == before + 1


def test_a_withdrawn_or_expired_link_stops_working(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.admin)
    client.post(INVITE, wanted(cast))
    message = Message.objects.get(to="nieuw@voorbeeld.example")
    with clock.travel(clock.now() + timedelta(days=30)):
        assert Client().get(link_of(message)).status_code == 404
    invitation = Invitation.objects.get(email="nieuw@voorbeeld.example")
    url = reverse("invitation_withdraw", args=[invitation.pk])
    assert client.get(url).status_code == 405
    assert client.post(url, {"request_id": str(uuid4())}).status_code == 302
    assert Client().get(link_of(message)).status_code == 404
    again = client.post(url, {"request_id": str(uuid4())})
    assert again.status_code == 422
    assert "al gebruikt of ingetrokken" in again.content.decode()


def test_ending_a_role_works_at_the_next_request(cast: Cast, client_of: ClientOf) -> None:
    theirs = client_of(cast.aanmelder)
    assert theirs.get(reverse("casus_list")).status_code == 200
    membership = Membership.objects.get(user=cast.aanmelder)
    url = reverse("membership_end", args=[membership.pk])
    assert client_of(cast.coordinator).post(url, {"request_id": str(uuid4())}).status_code == 403
    answer = client_of(cast.admin).post(url, {"request_id": str(uuid4())})
    assert answer.status_code == 302
    assert theirs.get(reverse("casus_list")).status_code == 403
    assert "geen rol" in theirs.get("/").content.decode()


def test_ending_a_role_asks_first_and_says_what_happens(cast: Cast, client_of: ClientOf) -> None:
    client, person = client_of(cast.admin), cast.procesmanager
    role = person.memberships.get(role="procesmanager")
    url = reverse("membership_end", args=[role.pk])
    detail = client.get(reverse("member_detail", args=[person.pk])).content.decode()
    assert url in detail and "<form" not in detail.split("<main")[1].split("</main")[0]
    page = client.get(url).content.decode()
    assert "‘procesmanager’ bij Enschede" in page
    assert f"{person} houdt: ‘gemeente" in page
    # Somebody else is procesmanager there too, so nothing stands still.
    assert "niemand anders" not in page
    role.refresh_from_db()
    assert role.ended_at is None

    only = Membership.objects.get(user=cast.aanmelder)
    page = client.get(reverse("membership_end", args=[only.pk])).content.decode()
    assert "niemand anders heeft nu de rol ‘aanmelder’ bij Mediant" in page
    assert "heeft dan geen rol meer" in page
    answer = client.post(url, {"request_id": str(uuid4())}, follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert said == [f"De rol ‘procesmanager’ bij Enschede van {person} is gestopt."]
    # An old page or a link: nothing to ask any more.
    assert client.get(url).headers["Location"] == reverse("member_detail", args=[person.pk])


def test_shutting_an_account_asks_first(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.admin)
    url = reverse("user_active", args=[cast.aanmelder.pk])
    page = client.get(url).content.decode()
    assert "overal uitgelogd" in page and 'value="shut"' in page
    assert User.objects.get(pk=cast.aanmelder.pk).is_active
    client.post(url, {"request_id": str(uuid4()), "access": "shut"})
    page = client.get(url).content.decode()
    assert "heeft dan weer: ‘aanmelder’ bij Mediant" in page and 'value="open"' in page
    assert not User.objects.get(pk=cast.aanmelder.pk).is_active


def test_the_beheerder_cannot_lock_themselves_out(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.admin)
    role = Membership.objects.get(user=cast.admin)
    answer = client.post(reverse("membership_end", args=[role.pk]), {"request_id": str(uuid4())})
    assert answer.status_code == 422
    assert "uw eigen rol" in answer.content.decode()
    shut = {"request_id": str(uuid4()), "access": "shut"}
    answer = client.post(reverse("user_active", args=[cast.admin.pk]), shut)
    assert answer.status_code == 422
    assert User.objects.get(pk=cast.admin.pk).is_active
    # No button leads there, and the page that asks is not shown either.
    for name, key in (("membership_end", role.pk), ("user_active", cast.admin.pk)):
        url = reverse(name, args=[key])
        assert client.get(url).status_code == 403
        page = client.get(reverse("member_detail", args=[cast.admin.pk])).content.decode()
        assert f'href="{url}"' not in page


def test_shutting_an_account_ends_every_session_for_good(cast: Cast, client_of: ClientOf) -> None:
    one, other = client_of(cast.aanmelder), client_of(cast.aanmelder)
    bystander = client_of(cast.gemeente)
    admin = client_of(cast.admin)
    url = reverse("user_active", args=[cast.aanmelder.pk])
    assert admin.post(url, {"request_id": str(uuid4()), "access": "shut"}).status_code == 302
    for client in (one, other):
        assert client.get(reverse("casus_list")).status_code == 302
    fresh = Client()
    data = {"login": cast.aanmelder.email, "password": PASSWORD}
    fresh.post(reverse("account_login"), data)
    assert fresh.get(reverse("casus_list")).status_code == 302

    assert admin.post(url, {"request_id": str(uuid4()), "access": "open"}).status_code == 302
    assert one.get(reverse("casus_list")).status_code == 302
    assert bystander.get(reverse("casus_list")).status_code == 200
    fresh.post(reverse("account_login"), data)
    assert fresh.get(reverse("casus_list")).status_code == 200


def test_a_changed_button_is_refused(cast: Cast, client_of: ClientOf) -> None:
    url = reverse("user_active", args=[cast.aanmelder.pk])
    answer = client_of(cast.admin).post(url, {"request_id": str(uuid4()), "access": "anders"})
    assert answer.status_code == 422
    assert User.objects.get(pk=cast.aanmelder.pk).is_active


def test_the_lists_ask_as_much_of_the_database_for_twenty_as_for_one(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(20):
        person(
            f"extra{number}@voorbeeld.example",
            f"Verzonnen {number}",
            [("mediant", "aanmelder"), ("almelo", "procesmanager")],
        )
    client = client_of(cast.admin)
    for name in LISTS:
        with django_assert_max_num_queries(12):
            assert client.get(reverse(name)).status_code == 200
    with django_assert_max_num_queries(12):
        client.get(reverse("member_detail", args=[cast.procesmanager.pk]))


def test_finding_people(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.admin)
    url = reverse("member_list")

    def names(**asked: str) -> list[str]:
        return [one.name for one in client.get(url, asked).context["page_obj"]]

    assert names(q="SCOT") == []
    assert names(q="outsider") == [cast.outsider.name]
    assert names(organisatie="scot") == [cast.client_support.name]
    assert set(names(rol="procesmanager", organisatie="enschede")) == {
        cast.procesmanager.name,
        cast.procesmanager_only.name,
    }
    assert client.get(url, {"rol": "koning", "page": "9" * 30}).status_code == 200


def test_the_first_beheerder_comes_from_the_command_line(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("invite_beheerder", "eerste@voorbeeld.example", "Verzonnen Eerste", "zvh-twente")
    link = re.search(r"https?://[^/]+(/uitnodiging/\S+)", capsys.readouterr().out)
    assert link
    data = {
        "request_id": str(uuid4()),
        "password": "een lange zin met schapen",
        "again": "een lange zin met schapen",
    }
    assert Client().post(link.group(1), data).status_code == 302
    assert User.objects.get(email="eerste@voorbeeld.example").roles == {"beheerder"}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["geen-adres", "Naam", "zvh-twente"], "geen e-mailadres"),
        (["a@voorbeeld.example", "Naam", "nergens"], "Bekend zijn: "),
        (["a@voorbeeld.example", " ", "zvh-twente"], "Vul een naam in"),
    ],
)
def test_the_command_says_what_is_wrong(cast: Cast, arguments: list[str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        call_command("invite_beheerder", *arguments)
    assert Organisation.objects.filter(slug="zvh-twente").exists()


# --- Whoever did not expect a change hears of it


def told(person: User) -> list[str]:
    """What this person got to hear after the invitation, by subject."""
    found = Message.objects.filter(to=person.email).exclude(key__startswith="invitation:")
    return [one.subject for one in found.order_by("pk")]


def test_who_gets_or_loses_a_role_gets_a_mail(cast: Cast, client_of: ClientOf) -> None:
    before = told(cast.outsider)
    client_of(cast.admin).post(INVITE, wanted(cast, email=cast.outsider.email))
    link = links(cast.outsider.email)[-1]
    assert Client().post(link, {"request_id": str(uuid4())}).status_code == 302
    membership = Membership.objects.get(user=cast.outsider, role="aanmelder")
    people.end_membership(membership=membership, by=cast.admin)
    new = told(cast.outsider)[len(before) :]
    assert [one.split()[:3] for one in new] == [["U", "hebt", "een"], ["Uw", "rol", "in"]]
    given = Message.objects.get(key=f"membership:{membership.pk}:given")
    ended = Message.objects.get(key=f"membership:{membership.pk}:ended")
    for mail in (given, ended):
        assert f"‘aanmelder’ bij {membership.organisation}" in mail.body
        assert "Verwachtte u dit niet?" in mail.body


def test_whose_account_shuts_or_opens_gets_a_mail_each_time(cast: Cast) -> None:
    before = told(cast.outsider)
    for is_open in (False, False, True, False):
        people.set_active(user=cast.outsider, by=cast.admin, active=is_open)
    new = told(cast.outsider)[len(before) :]
    assert [one.rpartition(" ")[2] for one in new] == ["gesloten", "open", "gesloten"]


# --- Only the newest link, and only while it means something


def links(email: str) -> list[str]:
    found = Message.objects.filter(to=email, key__startswith="invitation:")
    return [link_of(one) for one in found.order_by("pk")]


def works(link: str) -> bool:
    return Client().get(link).status_code == 200


ACCEPT = {"password": "een lange zin met schapen", "again": "een lange zin met schapen"}


def test_a_wrong_name_or_address_of_an_invitation_is_put_right(
    cast: Cast, client_of: ClientOf
) -> None:
    admin = client_of(cast.admin)
    admin.post(INVITE, wanted(cast, email="verkeerd@voorbeeld.example"))
    wrong = Invitation.objects.latest("pk")
    old = link_of(Message.objects.get(to="verkeerd@voorbeeld.example"))
    page = reverse("invitation_correct", args=[wrong.pk])
    assert page in admin.get(reverse("invitation_list")).content.decode()
    assert "verkeerd@voorbeeld.example" in admin.get(page).content.decode()
    sent = {"request_id": str(uuid4()), "name": "Juiste Naam", "email": "goed@voorbeeld.example"}
    assert admin.post(page, sent | {"email": "geen adres"}).status_code == 422
    assert Client().get(old).status_code == 200
    assert admin.post(page, sent).status_code == 302
    right = Invitation.objects.latest("pk")
    assert (right.name, right.email) == ("Juiste Naam", "goed@voorbeeld.example")
    assert (right.role, right.organisation) == (wrong.role, wrong.organisation)
    mail = Message.objects.get(to="goed@voorbeeld.example")
    assert "Beste Juiste Naam," in mail.body and Client().get(link_of(mail)).status_code == 200
    assert Client().get(old).status_code == 404
    # It works once: what became of the first one is known by now.
    assert admin.get(page).status_code == 302
    again = admin.post(page, sent | {"request_id": str(uuid4())})
    assert again.status_code == 422 and "al gebruikt of ingetrokken" in again.content.decode()


def test_a_heavy_role_put_right_waits_for_a_second_person_again(
    cast: Cast, client_of: ClientOf
) -> None:
    waiting, _ = invitations.invite(
        by=cast.admin,
        email="verkeerd@voorbeeld.example",
        name="Verkeerde Naam",
        organisation=cast.coordinator.active_memberships[0].organisation,
        role="coordinator",
    )
    invitations.agree(invitation=waiting, by=cast.privacy_officer)
    right = invitations.correct(
        invitation=waiting, by=cast.admin, email="goed@voorbeeld.example", name="Juiste Naam"
    )
    assert right.waits and not Message.objects.filter(to="goed@voorbeeld.example")


def test_a_newer_invitation_ends_the_older_one(cast: Cast, client_of: ClientOf) -> None:
    http = client_of(cast.admin)
    for _ in range(2):
        http.post(INVITE, wanted(cast))
    # For another role both work.
    http.post(INVITE, wanted(cast, role="tafelcontact"))
    first, second, other = links("nieuw@voorbeeld.example")
    assert [works(one) for one in (first, second, other)] == [False, True, True]
    assert "ervangen door een nieuwere" in http.get(reverse("invitation_list")).content.decode()


def test_a_role_that_was_stopped_does_not_come_back(cast: Cast, client_of: ClientOf) -> None:
    """Invited twice, accepted once, stopped: the link that is left opens nothing."""
    http = client_of(cast.admin)
    for _ in range(2):
        http.post(INVITE, wanted(cast))
    older, newer = links("nieuw@voorbeeld.example")
    accept = {"request_id": str(uuid4()), **ACCEPT}
    assert Client().post(newer, accept).status_code == 302
    membership = Membership.objects.get(user__email="nieuw@voorbeeld.example")
    http.post(reverse("membership_end", args=[membership.pk]), {"request_id": str(uuid4())})
    assert not works(older) and not works(newer)
    for link in (older, newer):
        assert Client().post(link, {"request_id": str(uuid4()), **ACCEPT}).status_code == 404
    assert not Membership.objects.filter(user=membership.user, ended_at=None).exists()


def test_stopping_a_role_ends_what_was_sent_meanwhile(cast: Cast) -> None:
    """Sent before the role was there, by whatever way it came."""
    about = {"organisation": cast.mediant, "role": "aanmelder"}
    membership = Membership.objects.get(user=cast.aanmelder)
    Membership.objects.filter(pk=membership.pk).update(ended_at=clock.now())
    invitation, link = invitations.invite(
        by=cast.admin, email=cast.aanmelder.email, name="Aanmelder", **about
    )
    Membership.objects.filter(pk=membership.pk).update(ended_at=None)
    people.end_membership(membership=Membership.objects.get(pk=membership.pk), by=cast.admin)
    invitation.refresh_from_db()
    assert invitation.withdrawn_because == "role_ended" and not works(link)


def test_a_shut_account_gets_no_invitation_and_keeps_none(cast: Cast, client_of: ClientOf) -> None:
    http = client_of(cast.admin)
    data = wanted(cast, email=cast.outsider.email)
    http.post(INVITE, data)
    (link,) = links(cast.outsider.email)[-1:]
    assert works(link)
    people.set_active(user=cast.outsider, by=cast.admin, active=False)
    assert not works(link)
    refused = http.post(INVITE, {**data, "request_id": str(uuid4())})
    assert (
        refused.status_code == 422
        and "account van deze persoon is dicht" in refused.content.decode()
    )
    people.set_active(user=cast.outsider, by=cast.admin, active=True)
    assert not works(link)


def test_withdrawing_leaves_no_other_way_in(cast: Cast, client_of: ClientOf) -> None:
    http = client_of(cast.admin)
    for _ in range(3):
        http.post(INVITE, wanted(cast))
    newest = Invitation.objects.filter(email="nieuw@voorbeeld.example").latest("pk")
    http.post(reverse("invitation_withdraw", args=[newest.pk]), {"request_id": str(uuid4())})
    assert not any(works(one) for one in links("nieuw@voorbeeld.example"))


def test_who_is_signed_in_cannot_take_the_invitation_of_another(
    cast: Cast, client_of: ClientOf
) -> None:
    client_of(cast.admin).post(INVITE, wanted(cast))
    (link,) = links("nieuw@voorbeeld.example")
    theirs = client_of(cast.outsider)
    page = theirs.get(link)
    said = page.content.decode()
    assert page.status_code == 200 and "voor een ander adres" in said
    assert cast.outsider.email in said and "nieuw@voorbeeld.example" in said
    assert theirs.post(link, {"request_id": str(uuid4()), **ACCEPT}).status_code == 403
    assert works(link) and not User.objects.filter(email="nieuw@voorbeeld.example").exists()
