"""Handing a casus over to another gemeente: asked, answered, taken back (E-122, O-18)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import dateformat

from audit.models import AuditEntry
from demo import walk
from directory.models import Membership, Organisation, Procesafspraak, User
from escalation.coordination.submission import actions as submissions
from escalation.dossier.closing import actions as closing
from escalation.dossier.timeline import actions as timeline
from escalation.keeping.rights import actions as rights
from escalation.lists.work import for_user
from escalation.models import Casus, Event, Transfer
from escalation.notifications import people_at
from escalation.overleg import actions as overleg_actions
from escalation.permissions import Circumstances, may, may_now
from escalation.route import actions as route
from escalation.sharing import actions as sharing
from escalation.sharing.transfer import actions
from escalation.sharing.transfer import sweeps as transfer_sweeps
from outbox.models import Message
from rdm.lib import clock
from rdm.lib.refusal import Conflict, Forbidden, Refused
from rdm.lib.workdays import add_workdays
from tests.cast import Cast
from tests.escalation.overleg.sending import send, text_of
from tests.house.urls import CASUS
from tests.world import IN_STATUS, held_casus, registered_casus, tried_casus

ClientOf = Callable[[User], Client]
REASON = "Verzonnen: de inwoner verhuist."
WORD = "Kanariegeel"


def url(name: str, casus: Casus) -> str:
    return reverse(name, args=[casus.code])


def fresh(casus: Casus) -> Casus:
    return Casus.objects.get(pk=casus.pk)


def offered(cast: Cast, casus: Casus | None = None) -> Transfer:
    """Asked by Enschede, to be answered by Hengelo."""
    found = casus or registered_casus(cast)
    return actions.propose_transfer(
        casus=found, by=cast.gemeente, gemeente=cast.hengelo, reason=REASON
    )


def loaded(transfer: Transfer) -> Transfer:
    return Transfer.objects.select_related("casus").get(pk=transfer.pk)


# --- Asking


def test_asking_changes_nothing_but_shows_who_must_answer(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    http = client_of(cast.gemeente)
    answer = send(http, url("transfer_propose", casus), gemeente="hengelo", reason=REASON)
    assert answer.status_code == 302
    transfer = Transfer.objects.get()
    assert (transfer.from_gemeente, transfer.to_gemeente) == (cast.enschede, cast.hengelo)
    assert fresh(casus).gemeente == cast.enschede
    page = text_of(http.get(url("casus_detail", casus)))
    assert "op antwoord van Hengelo" in page and "Die gemeente moet nog antwoorden" in page
    event = casus.events.get(kind="transfer_proposed")
    assert ("Hengelo" in event.title, event.text) == (True, REASON)


def test_the_other_gemeente_gets_a_mail_without_content_and_a_line_in_its_work(cast: Cast) -> None:
    casus = registered_casus(cast, situation=WORD)
    before = Message.objects.count()
    actions.propose_transfer(
        casus=casus, by=cast.gemeente, gemeente=cast.hengelo, reason=f"{WORD} reden"
    )
    (mail,) = Message.objects.order_by("pk")[before:]
    assert mail.to == cast.outsider.email
    assert WORD not in mail.subject + mail.body
    assert url("transfer_answer", casus) in mail.body
    (item,) = [one for one in for_user(cast.outsider) if one.kind == "transfer"]
    assert (item.url, item.waiting) == (url("transfer_answer", casus), False)
    assert not [one for one in for_user(cast.gemeente) if one.kind == "transfer"]


@pytest.mark.parametrize("status", IN_STATUS)
def test_only_outside_trede_3(cast: Cast, status: str) -> None:
    casus = IN_STATUS[status](cast)
    if status in ("active", "nominated"):
        assert offered(cast, casus).state == "pending"
        return
    with pytest.raises(Refused) as refused:
        offered(cast, casus)
    assert refused.value.reason.endswith(".")
    assert not Transfer.objects.exists()


def test_not_to_itself_and_not_without_a_reason(cast: Cast) -> None:
    casus = registered_casus(cast)
    for gemeente, reason, field in (
        (cast.enschede, REASON, "gemeente"),
        (cast.hengelo, " ", "reason"),
    ):
        with pytest.raises(Refused) as refused:
            actions.propose_transfer(
                casus=casus, by=cast.gemeente, gemeente=gemeente, reason=reason
            )
        assert refused.value.field == field


def test_one_at_a_time(cast: Cast) -> None:
    transfer = offered(cast)
    with pytest.raises(Refused):
        offered(cast, fresh(transfer.casus))
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.create(
            casus=transfer.casus,
            from_gemeente=cast.enschede,
            to_gemeente=cast.hengelo,
            reason=REASON,
        )


def test_two_people_who_ask_at_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    casus = registered_casus(cast)
    mine, theirs = fresh(casus), fresh(casus)
    offered(cast, mine)
    monkeypatch.setattr(Circumstances, "transfer", None)  # as they both found it
    with pytest.raises(Conflict):
        offered(cast, theirs)


def test_meanwhile_the_casus_is_not_submitted_and_not_closed(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = tried_casus(cast)
    offered(cast, casus)
    with pytest.raises(Refused) as refused:
        walk.submitted(fresh(casus), cast.procesmanager)
    assert "Hengelo" in refused.value.reason
    with pytest.raises(Refused):
        closing.close(
            casus=fresh(casus), by=cast.procesmanager, closing="solved", reason="opgelost"
        )
    for name in ("casus_submit", "casus_close", "transfer_propose"):
        answer = client_of(cast.procesmanager).get(url(name, casus))
        assert answer.status_code == 403 and "overdracht" in text_of(answer)
    walk.step(fresh(casus), cast.procesmanager, cast.tafel(2))  # the route goes on


def test_who_may_ask(cast: Cast) -> None:
    casus = walk.registered(cast.aanmelder, cast.enschede)
    for who in (cast.gemeente, cast.procesmanager_only):
        assert may(who, casus, "propose_transfer") is None
    for who in (cast.aanmelder, cast.outsider, cast.coordinator, cast.client_support):
        assert may(who, casus, "propose_transfer")
    with pytest.raises(Forbidden):
        actions.propose_transfer(
            casus=casus, by=cast.aanmelder, gemeente=cast.hengelo, reason=REASON
        )


# --- What the other gemeente sees before it decides


def test_enough_to_decide_and_nothing_of_the_dossier(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast, situation=f"{WORD} situatie", stagnation=f"{WORD} vast")
    timeline.add_note(casus=casus, by=cast.procesmanager, text=f"{WORD} notitie")
    walk.step(casus, cast.procesmanager, cast.tafel(1), question=f"{WORD} vraag", until="prepared")
    offered(cast, fresh(casus))
    http = client_of(cast.outsider)
    answer = http.get(url("transfer_answer", casus))
    page = text_of(answer)
    for shown in (casus.code, "Enschede", "Hengelo", REASON, "Op zoek", "Trede 1"):
        assert shown.lower() in page.lower(), shown
    assert WORD not in answer.content.decode()
    assert str(cast.tafel(1)) not in page
    assert AuditEntry.objects.filter(
        actor_id=str(cast.outsider.pk), object_id=casus.code, part="transfer", action="read"
    ).exists()


def test_by_when_to_answer_is_agreed_and_reminded_of(cast: Cast, client_of: ClientOf) -> None:
    transfer = offered(cast)
    day = add_workdays(clock.today(), Procesafspraak.number_of("overdracht_antwoord"))
    assert transfer.due == day
    (item,) = [one for one in for_user(cast.outsider) if one.kind == "transfer"]
    assert item.due == day
    for who, name in ((cast.outsider, "transfer_answer"), (cast.gemeente, "casus_detail")):
        page = text_of(client_of(who).get(url(name, transfer.casus)))
        assert dateformat.format(day, "j F Y") in page, name
    mails = Message.objects.filter(to=cast.outsider.email)
    assert f"Uiterlijk op {dateformat.format(day, 'j F Y')}" in mails.latest("pk").body
    assert transfer_sweeps.remind_of_transfers() == 0
    with clock.travel(clock.now() + timedelta(days=(day - clock.today()).days + 3)):
        for _ in range(2):
            assert transfer_sweeps.remind_of_transfers() == 1
        late = Message.objects.filter(subject__startswith="Termijn voorbij")
        assert {one.to for one in late} == {one.email for one in people_at(cast.hengelo.pk)}
        assert all(url("transfer_answer", transfer.casus) in one.body for one in late)
        actions.refuse_transfer(transfer=loaded(transfer), by=cast.outsider, reason=REASON)
        assert transfer_sweeps.remind_of_transfers() == 0


def test_every_other_page_of_the_casus_stays_shut(cast: Cast, client_of: ClientOf) -> None:
    casus = offered(cast).casus
    assert not Casus.objects.visible_to(cast.outsider).exists()
    http = client_of(cast.outsider)
    assert casus.code not in text_of(http.get(reverse("casus_list")))
    for name in set(CASUS) - {"transfer_answer"}:
        try:
            address = url(name, casus)
        except NoReverseMatch:
            continue  # asks for one more number in the address
        for answer in (http.get(address), http.post(address)):
            assert answer.status_code in (404, 405), name


def test_the_page_is_for_the_receiving_gemeente_alone(cast: Cast, client_of: ClientOf) -> None:
    address = url("transfer_answer", offered(cast).casus)
    assert client_of(cast.gemeente).get(address).status_code == 403
    for who in (cast.portefeuillehouder, cast.coordinator, cast.aanmelder):
        assert client_of(who).get(address).status_code == 404


# --- Answering


def test_accepted(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    offered(cast, casus)
    before = Message.objects.count()
    http = client_of(cast.outsider)
    answer = send(http, url("transfer_answer", casus), answer="accept", reason="")
    assert (answer.status_code, answer.headers["Location"]) == (302, url("casus_detail", casus))
    now = fresh(casus)
    # Enschede registered it too: the turn goes along, and who began it stays known.
    assert (now.gemeente, now.carried_by) == (cast.hengelo, cast.hengelo.organisation)
    assert now.registered_by == cast.enschede.organisation
    event = casus.events.get(kind="transferred")
    assert event.title == "Overgedragen van Enschede naar Hengelo"
    assert http.get(url("casus_detail", casus)).status_code == 200
    told = set(Message.objects.order_by("pk")[before:].values_list("to", flat=True))
    assert {cast.gemeente.email, cast.procesmanager.email} <= told
    kinds = [one.kind for one in for_user(cast.outsider) if not one.waiting]
    assert kinds == ["casus-active", "client-support"]


def test_what_waits_for_a_tafel_goes_along(cast: Cast, client_of: ClientOf) -> None:
    """Who may act on the route also hears of it; what is finished stays with who brought it in."""
    casus = registered_casus(cast)
    walk.step(casus, cast.procesmanager, cast.tafel(1))
    route.add_step(casus=casus, by=cast.procesmanager, tafel=cast.tafel(2), question="Wie?")
    actions.accept_transfer(transfer=loaded(offered(cast, fresh(casus))), by=cast.outsider)
    done, waiting = casus.steps.order_by("position")
    enschede, hengelo = cast.enschede.organisation, cast.hengelo.organisation
    assert (done.brought_in_by, done.carried_by) == (enschede, enschede)
    assert (waiting.brought_in_by, waiting.carried_by) == (enschede, hengelo)
    page = text_of(client_of(cast.outsider).get(reverse("step_detail", args=[casus.code, 2])))
    assert "Ingebracht door Enschede (nu bij Hengelo)." in page
    with clock.travel(clock.now() + timedelta(days=60)):
        asked = {one.kind for one in for_user(cast.outsider)}
        assert "no-news" in asked
        # The old gemeente only waits.
        left = [one for one in for_user(cast.procesmanager) if one.casus_code == casus.code]
        assert all(one.waiting for one in left)


def test_the_old_gemeente_reads_along_until_the_new_one_ends_that(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = registered_casus(cast)
    actions.accept_transfer(transfer=loaded(offered(cast, casus)), by=cast.outsider)
    now = fresh(casus)
    assert may(cast.gemeente, now, "view") is None
    for action in ("edit", "add_step", "close", "propose_transfer", "involve"):
        assert may(cast.procesmanager, now, action), action
    kept = now.involvements.get(ended_at=None)
    assert (kept.organisation, kept.part) == (cast.enschede.organisation, "vorige gemeente")
    assert "Overdracht" in kept.purpose and kept.ground == casus.sharing_ground
    sharing.end_involvement(involvement=kept, by=cast.outsider)
    assert not Casus.objects.visible_to(cast.procesmanager).exists()
    assert client_of(cast.gemeente).get(url("casus_detail", casus)).status_code == 404


def test_who_registered_it_keeps_it(cast: Cast) -> None:
    casus = walk.registered(cast.aanmelder, cast.enschede)
    actions.accept_transfer(transfer=loaded(offered(cast, casus)), by=cast.outsider)
    now = fresh(casus)
    assert (now.gemeente, now.registered_by) == (cast.hengelo, cast.mediant)
    assert now.carried_by == cast.mediant
    assert may(cast.aanmelder, now, "add_step") is None


def test_handed_on_twice_it_still_says_who_began(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    actions.accept_transfer(transfer=loaded(offered(cast, casus)), by=cast.outsider)
    back = actions.propose_transfer(
        casus=fresh(casus), by=cast.outsider, gemeente=cast.enschede, reason=REASON
    )
    actions.accept_transfer(transfer=loaded(back), by=cast.gemeente)
    now = fresh(casus)
    enschede = cast.enschede.organisation
    assert (now.gemeente, now.registered_by, now.carried_by) == (cast.enschede, enschede, enschede)


def test_nobody_else_can_carry_it(cast: Cast) -> None:
    """Only the gemeente, or who registered it: the database refuses a third."""
    casus = registered_casus(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Casus.objects.filter(pk=casus.pk).update(carried_by=cast.mediant)


def test_a_gemeente_that_was_involved_is_now_responsible_only(cast: Cast) -> None:
    casus = registered_casus(cast)
    hengelo = cast.hengelo.organisation
    walk.shared(casus, cast.gemeente, hengelo)
    actions.accept_transfer(transfer=loaded(offered(cast, casus)), by=cast.outsider)
    active = casus.involvements.filter(ended_at=None)
    assert [one.organisation for one in active] == [cast.enschede.organisation]


def test_while_restricted_the_other_gemeente_sees_nothing(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    transfer = loaded(offered(cast, casus))
    rights.restrict(casus=fresh(casus), by=cast.gemeente, reason=WORD)
    assert not [one for one in for_user(cast.outsider) if one.casus_code == casus.code]
    http, address = client_of(cast.outsider), url("transfer_answer", casus)
    sent = {"answer": "refuse", "reason": REASON, "request_id": str(uuid4())}
    for answer in (http.get(address), http.post(address, sent)):
        assert answer.status_code == 404 and WORD not in answer.content.decode()
    with pytest.raises(Forbidden):
        actions.accept_transfer(transfer=loaded(transfer), by=cast.outsider)
    # Who asked can take it back; otherwise it waits until the restriction is over.
    own = client_of(cast.procesmanager)
    assert send(own, url("transfer_withdraw", casus), reason=REASON).status_code == 302
    assert casus.transfers.get().state == "withdrawn"


def test_refused_with_a_reason(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    offered(cast, casus)
    http = client_of(cast.outsider)
    address = url("transfer_answer", casus)
    assert "Leg uit" in text_of(send(http, address, answer="refuse", reason=" "))
    why = "Verzonnen: de inwoner woont hier niet."
    assert send(http, address, answer="refuse", reason=why).status_code == 302
    assert (fresh(casus).gemeente, casus.transfers.get().state) == (cast.enschede, "refused")
    assert casus.events.get(kind="transfer_refused").text == why
    assert http.get(url("casus_detail", casus)).status_code == 404
    # Now something else can be done with it.
    assert may_now(fresh(casus), "close") is None
    assert offered(cast, fresh(casus)).state == "pending"


def test_the_second_answer_is_too_late(cast: Cast, client_of: ClientOf) -> None:
    transfer = loaded(offered(cast))
    other = User.objects.create_user("tweede@voorbeeld.example", "Verzonnen Tweede")
    Membership.objects.create(
        user=other, organisation=Organisation.objects.get(slug="hengelo"), role="gemeente"
    )
    mine, theirs = loaded(transfer), loaded(transfer)
    actions.accept_transfer(transfer=mine, by=cast.outsider)
    with pytest.raises(Refused):
        actions.refuse_transfer(transfer=theirs, by=User.objects.get(pk=other.pk), reason="nee")
    assert Transfer.objects.get().state == "accepted"
    answer = client_of(other).get(url("transfer_answer", transfer.casus))
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        url("casus_detail", transfer.casus),
    )


def test_taken_back(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    offered(cast, casus)
    http = client_of(cast.procesmanager)
    assert send(http, url("transfer_withdraw", casus), reason=REASON).status_code == 302
    assert casus.transfers.get().state == "withdrawn"
    assert casus.events.get(kind="transfer_withdrawn").text == REASON
    assert Message.objects.filter(to=cast.outsider.email, subject__contains="ingetrokken").exists()
    answer = client_of(cast.outsider).get(url("transfer_answer", casus), follow=True)
    assert "al beantwoord of ingetrokken" in text_of(answer)
    assert http.get(url("transfer_withdraw", casus)).status_code == 403


def test_a_report_that_is_due_goes_along(cast: Cast) -> None:
    """The new gemeente answers for what the casus still owes (O-05)."""
    casus = held_casus(cast)
    overleg_actions.return_to_region(casus=casus, by=cast.gemeente, advice="Verzonnen advies.")
    actions.accept_transfer(transfer=loaded(offered(cast, casus)), by=cast.outsider)
    now = fresh(casus)
    hengelo = User.objects.create_user("gemeente@hengelo.example", "Verzonnen Hengelo")
    Membership.objects.create(user=hengelo, organisation=cast.hengelo.organisation, role="gemeente")
    assert may(User.objects.get(pk=hengelo.pk), now, "report_back") is None
    assert may(cast.gemeente, now, "report_back")


def test_the_coordinator_hears_of_it_when_it_was_at_trede_3(cast: Cast) -> None:
    casus = tried_casus(cast)
    walk.submitted(casus, cast.procesmanager)
    submissions.withdraw(casus=fresh(casus), by=cast.procesmanager, reason="r")
    before = Message.objects.count()
    actions.accept_transfer(transfer=loaded(offered(cast, fresh(casus))), by=cast.outsider)
    told = Message.objects.order_by("pk")[before:].values_list("to", flat=True)
    assert cast.coordinator.email in told


def test_nothing_of_the_casus_is_in_any_mail(cast: Cast) -> None:
    casus = registered_casus(cast, situation=WORD)
    propose = actions.propose_transfer
    propose(casus=casus, by=cast.gemeente, gemeente=cast.hengelo, reason=WORD)
    actions.withdraw_transfer(casus=fresh(casus), by=cast.gemeente, reason=WORD)
    second = propose(casus=fresh(casus), by=cast.gemeente, gemeente=cast.hengelo, reason=WORD)
    actions.refuse_transfer(transfer=loaded(second), by=cast.outsider, reason=WORD)
    third = propose(casus=fresh(casus), by=cast.gemeente, gemeente=cast.hengelo, reason=WORD)
    actions.accept_transfer(transfer=loaded(third), by=cast.outsider, note=WORD)
    assert Event.objects.filter(casus=casus, text=WORD).count() == 6
    for message in Message.objects.all():
        assert WORD not in message.subject + message.body, message.key


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "accepted"},
        {"state": "refused", "answered_at": clock.now()},
        {"answered_at": clock.now()},
        {"reason": ""},
    ],
)
def test_the_database_refuses_half_a_transfer(cast: Cast, wrong: dict[str, object]) -> None:
    transfer = offered(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.filter(pk=transfer.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.filter(pk=transfer.pk).update(to_gemeente=cast.enschede)


def test_a_sentence_says_the_same_as_the_button(cast: Cast, client_of: ClientOf) -> None:
    """Where a new step tells of trede 3, it says why that has to wait, and is no link then."""
    casus = tried_casus(cast)
    visitor, to_trede_3 = client_of(cast.procesmanager), url("casus_submit", casus)
    before = visitor.get(url("step_add", casus))
    assert to_trede_3 in before.content.decode()
    offered(cast, casus)
    reason = may_now(fresh(casus), "submit")
    assert reason is not None
    waiting, dossier = visitor.get(url("step_add", casus)), visitor.get(url("casus_detail", casus))
    assert to_trede_3 not in waiting.content.decode()
    assert f"aanmelden voor trede 3. Dat kan nu niet: {reason}" in text_of(waiting)
    assert reason in text_of(dossier)
