"""Going through the roles of an organisation, with a signature, once a year (O-12)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from directory.models import Membership, MembershipReview, Organisation, Procesafspraak, User
from directory.people import actions as people
from directory.people.reviews.actions import go_through
from directory.people.reviews.sweeps import ask_to_review
from directory.people.reviews.work import for_user
from directory.reading import reviews
from outbox.models import Message
from rdm.lib import clock
from rdm.lib.refusal import Conflict, Forbidden, Refused
from tests.cast import Cast, person

ClientOf = Callable[[User], Client]
BEGAN = datetime(2026, 1, 5, 9, 0, tzinfo=clock.AMSTERDAM)
DUE = date(2027, 1, 5)  # a Tuesday


@pytest.fixture(autouse=True)
def joined(cast: Cast) -> None:
    Membership.objects.update(started_at=BEGAN)


def at(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), clock.AMSTERDAM) + timedelta(hours=10)


def roles(organisation: Organisation) -> list[Membership]:
    return list(Membership.objects.filter(organisation=organisation, ended_at=None))


def keep_all(cast: Cast, organisation: Organisation, by: User | None = None) -> MembershipReview:
    return go_through(
        organisation=organisation,
        by=by or cast.admin,
        decisions={one.pk: "keep" for one in roles(organisation)},
    )


def zvh() -> Organisation:
    return Organisation.objects.get(slug="zvh-twente")


def mails(start: str = "review:") -> list[Message]:
    return list(Message.objects.filter(key__startswith=start).order_by("pk"))


# --- The term


def test_the_term_starts_at_the_first_role_and_again_at_each_signature(cast: Cast) -> None:
    mediant = cast.mediant
    with clock.travel(at(date(2026, 12, 1))):
        state = reviews.state_of(mediant, clock.today())
        assert state is not None
        assert (state.due, state.overdue, state.roles, state.signed_on) == (DUE, False, 2, None)
        keep_all(cast, mediant)
        state = reviews.state_of(mediant, clock.today())
        assert state is not None
        assert (state.due, state.signed_by) == (date(2027, 12, 1), cast.admin.name)
    Procesafspraak.objects.filter(code="rollen_nalopen").update(number=3)
    state = reviews.state_of(mediant, date(2027, 1, 1))
    assert state is not None and state.due == date(2029, 12, 3)  # 1 December is a Saturday


def test_an_organisation_without_roles_has_nothing_to_go_through(cast: Cast) -> None:
    known = {one.organisation.slug for one in reviews.states(clock.today())}
    assert "mediant" in known and "almelo" not in known
    people.end_membership(membership=roles(cast.scot)[0], by=cast.admin)
    assert reviews.state_of(cast.scot, clock.today()) is None
    with pytest.raises(Refused):
        go_through(organisation=cast.scot, by=cast.admin, decisions={})


# --- Signing


def test_each_role_stays_or_ends_and_who_signed_when_is_kept(
    cast: Cast, client_of: ClientOf
) -> None:
    aanmelder, contact = cast.aanmelder.memberships.get(), cast.tafel_contact.memberships.get()
    http = client_of(cast.admin)
    address = reverse("review_organisation", args=["mediant"])
    data = {"request_id": str(uuid4()), "version": "0", f"role{aanmelder.pk}": "end"}
    refused = http.post(address, data)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Kies of de rol van" in page and "Zet een vinkje om te tekenen" in page
    data |= {f"role{contact.pk}": "keep", "sign": "on"}
    assert http.post(address, data).status_code == 302
    assert http.post(address, data).status_code == 302  # the same form twice: one effect
    review = MembershipReview.objects.get()
    assert review.signed_by_name == cast.admin.name and review.signed_at is not None
    assert {(line.person_name, line.decision) for line in review.lines.all()} == {
        (cast.aanmelder.name, "end"), (cast.tafel_contact.name, "keep"),
    }  # fmt: skip
    assert not User.objects.get(pk=cast.aanmelder.pk).roles
    assert client_of(cast.aanmelder).get(reverse("casus_list")).status_code == 403
    history = http.get(address).content.decode()
    assert reverse("review_detail", args=["mediant", review.pk]) in history
    detail = http.get(reverse("review_detail", args=["mediant", review.pk])).content.decode()
    assert cast.aanmelder.name in detail and "Gestopt" in detail
    assert http.get(reverse("review_detail", args=["scot", review.pk])).status_code == 404
    rows = AuditEntry.objects.filter(object_type__in=["membership", "membership_review"])
    assert {(row.object_type, row.part) for row in rows.filter(action="update")} == {
        ("membership", "end"), ("membership_review", "sign"),
    }  # fmt: skip


def test_roles_that_changed_meanwhile_are_not_signed_for(cast: Cast) -> None:
    seen = {one.pk: "keep" for one in roles(cast.mediant)}
    person("later@voorbeeld.example", "Verzonnen Later", [("mediant", "aanmelder")])
    with pytest.raises(Refused, match="net veranderd"):
        go_through(organisation=cast.mediant, by=cast.admin, decisions=seen)
    with pytest.raises(Refused, match="blijft of stopt"):
        wrong = {one.pk: "weg" for one in roles(cast.mediant)}
        go_through(organisation=cast.mediant, by=cast.admin, decisions=wrong)
    assert not MembershipReview.objects.exists()


def test_only_the_beheerder(cast: Cast, client_of: ClientOf) -> None:
    with pytest.raises(Forbidden):
        keep_all(cast, cast.mediant, cast.coordinator)
    for role, somebody in cast.everybody.items():
        answer = client_of(somebody).get(reverse("review_list"))
        assert answer.status_code == (200 if role == "admin" else 403), role


# --- The own role


def test_the_only_beheerder_signs_for_the_own_role_with_a_warning(
    cast: Cast, client_of: ClientOf
) -> None:
    own = cast.admin.memberships.get()
    page = client_of(cast.admin).get(reverse("review_organisation", args=["zvh-twente"]))
    text = page.content.decode()
    assert "U bent de enige functioneel beheerder" in text
    # Somebody must be left to let people in, so the own role can only stay.
    assert [choice for choice, _ in page.context["form"].fields[f"role{own.pk}"].choices] == [
        "keep"
    ]
    review = keep_all(cast, zvh())
    assert review.signed_at is not None
    assert [one.by_themselves for one in review.lines.filter(membership=own)] == [True]


def test_with_another_beheerder_the_own_role_is_for_that_one(
    cast: Cast, client_of: ClientOf
) -> None:
    other = person("beheer2@voorbeeld.example", "Verzonnen Tweede", [("zvh-twente", "beheerder")])
    own = cast.admin.memberships.get()
    with pytest.raises(Refused):
        keep_all(cast, zvh())
    http = client_of(cast.admin)
    address = reverse("review_organisation", args=["zvh-twente"])
    assert "Die loopt een andere functioneel beheerder na" in " ".join(
        http.get(address).content.decode().split()
    )
    others = [one for one in roles(zvh()) if one.pk != own.pk]
    data = {f"role{one.pk}": "keep" for one in others}
    sent = {"request_id": str(uuid4()), "version": "0", "sign": "on", **data}
    assert http.post(address, sent).status_code == 302
    review = MembershipReview.objects.get()
    assert review.signed_at is None
    assert [one.to for one in mails()] == [other.email]
    # For who began it there is nothing left to do, whatever is sent.
    (item,) = [one for one in for_user(cast.admin) if "ZVH" in one.title or "Veilig" in one.title]
    assert item.waiting
    assert b'name="sign"' not in http.get(address).content
    with pytest.raises(Refused):
        go_through(
            organisation=zvh(), by=cast.admin, decisions={own.pk: "keep"}, version=review.version
        )
    second = [one for one in for_user(other) if "laatste rol" in one.title]
    assert len(second) == 1 and not second[0].waiting
    with pytest.raises(Conflict):
        go_through(organisation=zvh(), by=other, decisions={own.pk: "keep"})
    signed = go_through(
        organisation=zvh(), by=other, decisions={own.pk: "keep"}, version=review.version
    )
    assert signed.pk == review.pk and signed.signed_by_name == other.name
    assert not signed.lines.filter(by_themselves=True).exists()
    assert signed.lines.count() == len(others) + 1


def test_one_open_review_per_organisation(cast: Cast) -> None:
    values = {"organisation": cast.mediant, "due": DUE, "started_by": cast.admin}
    MembershipReview.objects.create(**values, started_by_name="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipReview.objects.create(**values, started_by_name="b")
    with pytest.raises(Conflict):
        keep_all(cast, cast.mediant)


# --- Reminders, and where it shows


def remind(day: date) -> None:
    with clock.travel(at(day)):
        ask_to_review()


def test_reminders_before_and_after_each_once_also_after_an_outage(cast: Cast) -> None:
    remind(date(2026, 12, 31))
    assert mails() == []
    remind(date(2027, 1, 4))
    remind(date(2027, 1, 4))
    (before,) = mails()
    assert before.to == cast.admin.email and before.subject == "Loop de rollen na"
    assert "- Mediant" in before.body and cast.aanmelder.name not in before.body
    # Three days of silence make one late mail.
    remind(date(2027, 1, 8))
    remind(date(2027, 1, 8))
    assert [one.subject for one in mails()] == ["Loop de rollen na", "Rollen nog niet nagelopen"]
    with clock.travel(at(date(2027, 1, 9))):
        for state in reviews.states(clock.today()):
            keep_all(cast, state.organisation)
        Message.objects.all().delete()
        ask_to_review()
    assert mails() == []


def test_what_is_late_shows_at_beheer_and_in_my_work(cast: Cast, client_of: ClientOf) -> None:
    with clock.travel(at(date(2026, 6, 1))):
        assert for_user(cast.admin) == []
        assert (
            "niet op tijd" not in client_of(cast.admin).get(reverse("review_list")).content.decode()
        )
    with clock.travel(at(date(2027, 2, 1))):
        items = for_user(cast.admin)
        assert {one.due for one in items} == {DUE}
        assert len(items) == len(reviews.states(clock.today()))
        assert for_user(cast.coordinator) == []
        http = client_of(cast.admin)
        assert "niet op tijd nagelopen" in http.get(reverse("review_list")).content.decode()
        tab = next(
            one
            for one in http.get(reverse("member_list")).context["tabs"]
            if one["label"] == "Nalopen"
        )
        assert tab["count"] == len(items)
