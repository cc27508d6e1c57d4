"""Who may give which role: where it belongs, never to yourself, a heavy one with two people."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import management
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from directory.models import Invitation, Membership, Organisation, User
from directory.people import actions as people
from directory.people.invitations import actions as invitations
from directory.reading.roles import offered
from directory.roles import HEAVY, Role
from outbox.models import Message
from rdm.lib import clock
from rdm.lib.refusal import Forbidden, Refused
from tests.cast import Cast, person

ClientOf = Callable[[User], Client]
NEW = "nieuw@voorbeeld.example"
PASSWORD = {"password": "een lange zin met schapen", "again": "een lange zin met schapen"}


def zvh(cast: Cast) -> Organisation:
    return cast.coordinator.memberships.get().organisation


def invite(http: Client, role: str, at: str, email: str = NEW) -> object:
    data = {"request_id": str(uuid4()), "name": "Verzonnen Nieuw", "email": email, "role": role}
    return http.post(f"{reverse('member_invite')}?organisatie={at}", data)


def asked(cast: Cast, role: str = Role.COORDINATOR, email: str = NEW) -> Invitation:
    invitation, link = invitations.invite(
        by=cast.admin, email=email, name="Verzonnen Nieuw", organisation=zvh(cast), role=role
    )
    assert link == ""
    return invitation


def mails(start: str) -> list[str]:
    found = Message.objects.filter(key__startswith=start).order_by("to")
    return list(found.values_list("to", flat=True))


def accept(email: str = NEW) -> User:
    body = Message.objects.filter(to=email, key__regex=r"^invitation:\d+$").latest("pk").body
    link = re.search(r"https?://[^/]+(/uitnodiging/\S+)", body)
    assert link
    assert Client().post(link.group(1), {"request_id": str(uuid4()), **PASSWORD}).status_code == 302
    return User.objects.get(email=email)


# --- Where a role belongs


def test_a_role_is_offered_only_where_it_belongs(cast: Cast, client_of: ClientOf) -> None:
    assert Role.COORDINATOR in offered(zvh(cast))
    assert set(offered(cast.enschede.organisation)) & HEAVY == set()
    http = client_of(cast.admin)
    form = http.get(f"{reverse('member_invite')}?organisatie=enschede").context["form"]
    assert [value for value, _ in form.fields["role"].choices] == offered(
        cast.enschede.organisation
    )
    answer = invite(http, "coordinator", "enschede")
    assert answer.status_code == 422 and not Invitation.objects.filter(email=NEW).exists()


def test_the_action_itself_refuses_a_role_that_does_not_belong(cast: Cast) -> None:
    for by in (cast.admin, None):
        with pytest.raises(Refused, match="hoort niet bij Enschede"):
            invitations.invite(
                by=by,
                email=NEW,
                name="Verzonnen",
                organisation=cast.enschede.organisation,
                role=Role.COORDINATOR,
            )


def test_which_organisation_is_asked_first(cast: Cast, client_of: ClientOf) -> None:
    http = client_of(cast.admin)
    page = http.get(f"{reverse('member_invite')}?persoon={cast.outsider.pk}").content.decode()
    assert f"Rol toevoegen voor {cast.outsider.name}" in page and 'name="role"' not in page
    wrong = http.get(f"{reverse('member_invite')}?organisatie=nergens")
    assert wrong.status_code == 422 and "uit de lijst" in wrong.content.decode()
    url = f"{reverse('member_invite')}?persoon={cast.outsider.pk}&organisatie=mediant"
    assert f'value="{cast.outsider.email}"' in http.get(url).content.decode()


# --- Never to yourself


@pytest.mark.parametrize("role", ["aanmelder", "coordinator"])
def test_nobody_gives_a_role_to_themselves(cast: Cast, client_of: ClientOf, role: str) -> None:
    answer = invite(client_of(cast.admin), role, "zvh-twente", cast.admin.email.upper())
    assert answer.status_code == 422
    assert "U kunt uzelf geen rol geven" in answer.content.decode()


# --- Two people


def test_a_heavy_role_gives_nothing_until_somebody_agreed(cast: Cast, client_of: ClientOf) -> None:
    answer = invite(client_of(cast.admin), "coordinator", "zvh-twente")
    assert answer.status_code == 302
    invitation = Invitation.objects.get(email=NEW)
    assert invitation.waits and not Message.objects.filter(to=NEW).exists()
    with pytest.raises(Refused, match="al gebruikt of verlopen"):
        invitations.accept(invitation=invitation, password=PASSWORD["password"])
    listed = client_of(cast.admin).get(reverse("invitation_list")).content.decode()
    assert "acht op een tweede persoon" in listed
    # Who may agree hears of it and finds it in Mijn werk; who invited does not.
    assert mails(f"invitation:{invitation.pk}:agree") == sorted(
        [cast.coordinator.email, cast.privacy_officer.email]
    )
    for user, waits in (
        (cast.coordinator, True),
        (cast.privacy_officer, True),
        (cast.admin, False),
    ):
        mine = [item.kind for item in client_of(user).get("/").context["mine"]]
        assert ("zware rol" in mine) is waits, user


def test_it_works_once_a_second_person_agreed(cast: Cast, client_of: ClientOf) -> None:
    invitation = asked(cast)
    http = client_of(cast.privacy_officer)
    url = reverse("invitation_agree", args=[invitation.pk])
    page = http.get(url).content.decode()
    assert "Verzonnen Nieuw" in page and cast.admin.name in page and NEW in page
    assert http.post(url, {"request_id": str(uuid4())}).status_code == 302
    user = accept()
    assert user.roles == {"coordinator"}
    membership = user.memberships.get()
    told = mails(f"membership:{membership.pk}:heavy")
    assert told == sorted([cast.admin.email, cast.coordinator.email, cast.privacy_officer.email])
    # A mail names nobody; the page does, with both who gave it.
    for mail in Message.objects.filter(key__startswith=f"membership:{membership.pk}:heavy"):
        assert user.name not in mail.body and user.email not in mail.body
    shown = http.get(reverse("heavy_role_list")).content.decode()
    assert user.name in shown and cast.admin.name in shown and cast.privacy_officer.name in shown
    parts = AuditEntry.objects.filter(object_type="invitation", object_id=str(invitation.pk))
    assert list(parts.order_by("number").values_list("part", flat=True)) == [
        "invite", "agree", "accept",
    ]  # fmt: skip


def test_one_who_has_the_role_may_agree_as_well(cast: Cast) -> None:
    invitations.agree(invitation=asked(cast), by=cast.coordinator)
    assert accept().roles == {"coordinator"}


def test_who_may_not_agree_hears_why(cast: Cast, client_of: ClientOf) -> None:
    second = person("beheer2@voorbeeld.example", "Verzonnen Tweede", [("zvh-twente", "beheerder")])
    invitation = asked(cast)
    reasons = {
        cast.admin: "nodigde deze persoon zelf uit",
        second: "Alleen een coördinator of een functionaris",
        cast.procesmanager: "U heeft die rol niet",
    }
    for user, reason in reasons.items():
        with pytest.raises(Forbidden, match=reason):
            invitations.agree(invitation=invitation, by=user)
        for name in ("invitation_agree", "invitation_decline"):
            answer = client_of(user).get(reverse(name, args=[invitation.pk]))
            assert answer.status_code == 403 and reason in answer.content.decode()
    # A beheerder agrees to another beheerder, also when the invitation is about an own colleague.
    invitations.agree(invitation=asked(cast, Role.ADMIN, "derde@voorbeeld.example"), by=second)


def test_nobody_agrees_about_themselves(cast: Cast) -> None:
    invitation = asked(cast, Role.COORDINATOR, cast.privacy_officer.email)
    with pytest.raises(Forbidden, match="Dit gaat over uzelf"):
        invitations.agree(invitation=invitation, by=cast.privacy_officer)
    assert mails(f"invitation:{invitation.pk}:agree") == [cast.coordinator.email]


def test_a_second_person_can_say_no(cast: Cast, client_of: ClientOf) -> None:
    invitation = asked(cast)
    http = client_of(cast.privacy_officer)
    url = reverse("invitation_decline", args=[invitation.pk])
    empty = http.post(url, {"request_id": str(uuid4()), "reason": " "})
    assert empty.status_code == 422
    sent = {"request_id": str(uuid4()), "reason": "Deze persoon werkt hier niet meer."}
    assert http.post(url, sent).status_code == 302
    assert mails(f"invitation:{invitation.pk}:declined") == [cast.admin.email]
    page = client_of(cast.admin).get(reverse("invitation_list")).content.decode()
    assert "iet akkoord" in page and "werkt hier niet meer" in page
    with pytest.raises(Refused, match="niets meer om akkoord op te gaan"):
        invitations.agree(invitation=invitation, by=cast.coordinator)
    later = http.get(reverse("invitation_agree", args=[invitation.pk])).content.decode()
    assert "al over besloten" in later and "Ik ga akkoord" not in later


def test_what_waited_too_long_or_was_withdrawn_cannot_be_agreed_to(cast: Cast) -> None:
    invitation = asked(cast)
    with clock.travel(clock.now() + timedelta(days=60)), pytest.raises(Refused):
        invitations.agree(invitation=invitation, by=cast.privacy_officer)
    invitations.withdraw(invitation=invitation, by=cast.admin)
    with pytest.raises(Refused, match="niets meer om akkoord"):
        invitations.agree(invitation=invitation, by=cast.privacy_officer)


def test_without_anybody_to_agree_nothing_is_asked(cast: Cast) -> None:
    for user in (cast.privacy_officer, cast.coordinator):
        people.set_active(user=user, by=cast.admin, active=False)
    with pytest.raises(Refused, match="die is er nog niet"):
        asked(cast)
    assert not Invitation.objects.filter(email=NEW).exists()


def test_the_first_fg_comes_from_the_command_line(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    management.call_command("invite_beheerder", NEW, "Verzonnen Fg", "zvh-twente", "--fg")
    assert "/uitnodiging/" in capsys.readouterr().out
    assert accept().roles == {"privacy_officer"}


def test_the_organisation_itself_hears_when_nobody_else_works_there(cast: Cast) -> None:
    organisation = zvh(cast)
    assert organisation.email
    Membership.objects.filter(organisation=organisation).exclude(user=cast.privacy_officer).update(
        ended_at=clock.now()
    )
    fg = cast.privacy_officer.memberships.get()
    Membership.objects.filter(pk=fg.pk).update(organisation=cast.scot)
    invitation, _ = invitations.invite(
        by=None, email=NEW, name="Verzonnen", organisation=organisation, role=Role.COORDINATOR
    )
    user = invitations.accept(invitation=invitation, password=PASSWORD["password"])
    told = mails(f"membership:{user.memberships.get().pk}:heavy")
    assert organisation.email in told and cast.privacy_officer.email in told


# --- The database refuses it as well


def test_the_table_refuses_a_heavy_link_without_a_second_person(cast: Cast) -> None:
    invitation = asked(cast)
    for wrong in (
        {"secret_hash": "x" * 64},
        {"judged_by": cast.admin, "judged_at": clock.now()},
        {"judged_by": cast.privacy_officer},
        {"declined_reason": "zomaar"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.filter(pk=invitation.pk).update(**wrong)


def test_only_who_watches_sees_the_heavy_roles(cast: Cast, client_of: ClientOf) -> None:
    for name, user in cast.everybody.items():
        answer = client_of(user).get(reverse("heavy_role_list"))
        allowed = name in ("coordinator", "privacy_officer", "admin")
        assert answer.status_code == (200 if allowed else 403), name
    page = client_of(cast.privacy_officer).get(reverse("unusual_list")).content.decode()
    assert reverse("heavy_role_list") in page
