"""Who decides how long a casus is kept, and that keeping it always wins (O-10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from directory.models import Membership, Procesafspraak, Role, User
from escalation.dossier.closing import actions as closing
from escalation.keeping.destruction import actions as destructions
from escalation.keeping.destruction import sweeps
from escalation.keeping.export import actions as export
from escalation.keeping.holds import actions as holds
from escalation.keeping.rights import actions as rights
from escalation.keeping.rules import kept_until, years_later
from escalation.keeping.tombstones import ledger as tombstones
from escalation.models import Casus, Destruction
from escalation.oversight.rules import in_care_of
from escalation.permissions import ACTIONS, relations
from escalation.sharing.transfer.actions import accept_transfer, propose_transfer
from rdm.lib import clock
from rdm.lib.refusal import Forbidden, Refused
from tests import world
from tests.cast import Cast
from tests.escalation.keeping.destruction.test_destruction import destroyed

ClientOf = Callable[[User], Client]


@pytest.fixture(autouse=True)
def list_outside(settings: Any, tmp_path: Path) -> None:
    settings.TOMBSTONES = tmp_path / "tombstones.jsonl"


def old_casus(cast: Cast, *, days: int = 5 * 366 + 1) -> Casus:
    with clock.travel(clock.now() - timedelta(days=days)):
        return world.closed_casus(cast)


def propose(casus: Casus, by: User, ground: str = "term") -> Destruction:
    return destructions.propose_destruction(casus=casus, by=by, ground=ground)


def soon(days: int = 30) -> date:
    return clock.today() + timedelta(days=days)


# --- The term -------------------------------------------------------------------------------------


def test_the_term_is_agreed_and_counts_from_closing(cast: Cast) -> None:
    closed = old_casus(cast, days=30)
    assert closed.closed_at
    assert kept_until(closed) == years_later(clock.local_date(closed.closed_at), 5)
    with pytest.raises(Refused, match="loopt nog tot en met"):
        propose(closed, cast.gemeente)
    Procesafspraak.objects.filter(code="bewaartermijn").update(number=0)
    assert propose(closed, cast.gemeente).term_years == 0


def test_a_leap_day_has_a_day_to_end_on() -> None:
    assert years_later(date(2024, 2, 29), 5) == date(2029, 2, 28)
    assert years_later(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_the_last_day_of_the_term_still_counts(cast: Cast) -> None:
    closed = old_casus(cast, days=30)
    last = kept_until(closed)
    assert last
    with clock.travel(clock.now() + (last - clock.today())), pytest.raises(Refused):
        propose(closed, cast.gemeente)
    with clock.travel(clock.now() + (last - clock.today()) + timedelta(days=1)):
        propose(closed, cast.gemeente)


def test_a_resident_may_ask_before_the_term(cast: Cast) -> None:
    closed = old_casus(cast, days=30)
    destruction = propose(closed, cast.gemeente, "request")
    assert destruction.ground_words == "de inwoner vroeg om te wissen"


def test_only_a_closed_casus_goes(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    with pytest.raises(Refused, match="afgesloten"):
        propose(casus, cast.gemeente, "request")
    old = old_casus(cast)
    propose(old, cast.gemeente)
    destructions.approve_destruction(casus=old, by=cast.privacy_officer)
    closing.reopen(casus=Casus.objects.get(pk=old.pk), by=cast.gemeente, reason="Toch nodig.")
    assert sweeps.destroy_approved() == 0
    assert Destruction.objects.get().state == "stopped"
    assert Casus.objects.filter(pk=old.pk).exists()


def test_reopening_ends_what_was_proposed(cast: Cast) -> None:
    """Closed once more it has a new term, and the old proposal cannot be approved any more."""
    old = old_casus(cast)
    propose(old, cast.gemeente)
    closing.reopen(casus=Casus.objects.get(pk=old.pk), by=cast.gemeente, reason="Toch nodig.")
    event = old.events.get(kind="reopened")
    assert event.title == "Casus heropend; de vernietiging gaat niet door"
    again = Casus.objects.get(pk=old.pk)
    closing.close(casus=again, by=cast.gemeente, closing="solved", reason="r")
    with pytest.raises(Refused, match="nog niet voorgesteld"):
        destructions.approve_destruction(casus=again, by=cast.privacy_officer)
    assert sweeps.destroy_approved() == 0
    with pytest.raises(Refused, match="loopt nog"):
        propose(again, cast.gemeente)


def test_the_dossier_says_that_it_is_about_to_go(cast: Cast, client_of: ClientOf) -> None:
    old = old_casus(cast)
    page = reverse("casus_detail", args=[old.code])
    http = client_of(cast.gemeente)
    assert "Niets meer te doen" in http.get(page).content.decode()
    propose(old, cast.gemeente)
    seen = http.get(page).content.decode()
    assert "Er is voorgesteld deze casus te vernietigen" in seen
    assert reverse("rights_detail", args=[old.code]) in seen
    destructions.approve_destruction(casus=old, by=cast.privacy_officer)
    seen = http.get(page).content.decode()
    assert "Deze casus wordt vernietigd" in seen and "Niets meer te doen" not in seen


# --- Two people -----------------------------------------------------------------------------------


def test_who_may_decide(cast: Cast) -> None:
    old = old_casus(cast)
    for nobody in (cast.aanmelder, cast.outsider, cast.admin, cast.privacy_officer):
        with pytest.raises(Forbidden):
            propose(old, nobody)
    propose(old, cast.gemeente)
    for nobody in (cast.gemeente, cast.coordinator, cast.admin, cast.aanmelder):
        with pytest.raises(Forbidden):
            destructions.approve_destruction(casus=old, by=nobody)
    with pytest.raises(Refused, match="al voorgesteld"):
        propose(old, cast.procesmanager)


def test_one_person_with_two_roles_is_one_person(cast: Cast) -> None:
    both = cast.gemeente
    Membership.objects.create(
        user=both, organisation=cast.enschede.organisation, role=Role.PRIVACY_OFFICER
    )
    both = User.objects.get(pk=both.pk)
    old = old_casus(cast)
    proposed = propose(old, both)
    with pytest.raises(Refused, match="Iemand anders"):
        destructions.approve_destruction(casus=old, by=both)
    # And the database holds it as well.
    with pytest.raises(IntegrityError), transaction.atomic():
        Destruction.objects.filter(pk=proposed.pk).update(approved_by=both)
    assert sweeps.destroy_approved() == 0


def test_nothing_goes_after_one_yes(cast: Cast) -> None:
    old = old_casus(cast)
    propose(old, cast.gemeente)
    assert sweeps.destroy_approved() == 0
    assert Casus.objects.get(pk=old.pk).destroyed_at is None


def test_a_second_run_does_nothing(cast: Cast) -> None:
    tombstone = destroyed(old_casus(cast), cast)
    assert sweeps.destroy_approved() == 0
    assert not destructions.carry_out(destruction=tombstone)
    assert Destruction.objects.get().destroyed_at == tombstone.destroyed_at


# --- Keeping wins ---------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["before", "proposed", "approved"])
@pytest.mark.parametrize("way", ["hold", "restriction"])
def test_keeping_wins_until_the_last_moment(cast: Cast, moment: str, way: str) -> None:
    old = old_casus(cast)

    def keep() -> None:
        casus = Casus.objects.get(pk=old.pk)
        if way == "hold":
            holds.keep_longer(
                casus=casus, by=cast.privacy_officer, reason="Er loopt een klacht.", until=soon()
            )
        else:
            rights.restrict(casus=casus, by=cast.privacy_officer, reason="Bezwaar.")

    if moment == "before":
        keep()
        with pytest.raises(Refused, match=r"bewaard|beperkt"):
            propose(Casus.objects.get(pk=old.pk), cast.gemeente)
        return
    propose(old, cast.gemeente)
    if moment == "proposed":
        keep()
        with pytest.raises(Refused, match=r"bewaard|beperkt"):
            destructions.approve_destruction(casus=old, by=cast.privacy_officer)
    else:
        destructions.approve_destruction(casus=old, by=cast.privacy_officer)
        keep()
    assert sweeps.destroy_approved() == 0
    assert Casus.objects.get(pk=old.pk).destroyed_at is None
    assert old.events.filter(text__contains="klacht").exists() == (way == "hold")


def test_a_hold_ends_on_its_day_or_by_a_decision(cast: Cast) -> None:
    old = old_casus(cast)
    holds.keep_longer(casus=old, by=cast.gemeente, reason="Klacht.", until=soon(10))
    with pytest.raises(Refused, match="bewaard tot en met"):
        propose(old, cast.gemeente)
    with clock.travel(clock.now() + timedelta(days=11)):
        propose(old, cast.gemeente)
    holds.keep_longer(casus=old, by=cast.gemeente, reason="Nog een.", until=soon(10))
    assert Destruction.objects.get().state == "stopped"
    holds.release_hold(casus=old, by=cast.privacy_officer, reason="De klacht is klaar.")
    assert propose(old, cast.gemeente).state == "proposed"
    with pytest.raises(Refused, match="geen besluit"):
        holds.release_hold(casus=old, by=cast.gemeente, reason="Nog eens.")


def test_a_hold_needs_a_reason_and_a_day_to_come(cast: Cast) -> None:
    old = old_casus(cast)
    with pytest.raises(Refused, match="Leg uit"):
        holds.keep_longer(casus=old, by=cast.gemeente, reason=" ", until=soon())
    with pytest.raises(Refused, match="na vandaag"):
        holds.keep_longer(casus=old, by=cast.gemeente, reason="r", until=clock.today())


@pytest.mark.django_db(transaction=True)
def test_a_hold_and_the_sweep_at_the_same_moment(cast: Cast) -> None:
    """Either the casus is kept and whole, or it is gone and the hold is refused; never between."""
    old = old_casus(cast)
    destruction = propose(old, cast.gemeente)
    destructions.approve_destruction(casus=old, by=cast.privacy_officer)
    outcomes: list[str] = []

    def hold() -> None:
        try:
            holds.keep_longer(casus=old, by=cast.gemeente, reason="Klacht.", until=soon())
            outcomes.append("kept")
        except (Forbidden, Refused, Casus.DoesNotExist):
            outcomes.append("too late")
        connections.close_all()

    def sweep() -> None:
        if destructions.carry_out(destruction=destruction):
            outcomes.append("destroyed")
        connections.close_all()

    both = [Thread(target=hold), Thread(target=sweep)]
    for one in both:
        one.start()
    for one in both:
        one.join(20)
    assert sorted(outcomes) in (["kept"], ["destroyed", "too late"])
    whole = Casus.objects.filter(pk=old.pk, destroyed_at=None).exists()
    assert whole == ("kept" in outcomes)


# --- The pages ------------------------------------------------------------------------------------


def post(client: Client, name: str, casus: Casus, **data: Any) -> Any:
    return client.post(reverse(name, args=[casus.code]), {"request_id": str(uuid4()), **data})


def test_the_whole_way_over_http(cast: Cast, client_of: ClientOf) -> None:
    old = old_casus(cast)
    gemeente, officer = client_of(cast.gemeente), client_of(cast.privacy_officer)
    board = reverse("retention_list")
    assert old.code in gemeente.get(board).content.decode()
    assert old.code in officer.get(board).content.decode()
    assert old.code not in client_of(cast.coordinator).get(board).content.decode()
    assert client_of(cast.aanmelder).get(board).status_code == 403
    assert post(gemeente, "destruction_propose", old, ground="term").status_code == 302
    # The privacy officer decides without reading anything of the dossier.
    page = officer.get(reverse("destruction_approve", args=[old.code]))
    assert page.status_code == 200 and cast.gemeente.name in page.content.decode()
    assert old.situation not in page.content.decode()
    assert officer.get(reverse("casus_detail", args=[old.code])).status_code == 404
    assert post(officer, "destruction_approve", old).status_code == 302
    sweeps.destroy_approved()
    gone = gemeente.get(reverse("casus_detail", args=[old.code]))
    assert gone.status_code == 410
    assert "is vernietigd" in gone.content.decode()
    assert "de bewaartermijn is voorbij (5 jaar na het afsluiten)" in gone.content.decode()
    row = AuditEntry.objects.filter(object_id=old.code, part="destroyed").get()
    assert (row.action, row.actor_id) == ("read", str(cast.gemeente.pk))
    board_now = gemeente.get(board).content.decode()
    assert old.code in board_now and "Verklaring (PDF)" in board_now
    paper = gemeente.get(reverse("tombstone_pdf", args=[old.code]))
    assert paper.status_code == 200 and paper.content.startswith(b"%PDF")


def test_every_page_says_gone_to_who_could_see_it(cast: Cast, client_of: ClientOf) -> None:
    casus = world.submitted_terugkoppeling(cast).overleg.casus
    with clock.travel(clock.now() - timedelta(days=5 * 366 + 1)):
        closing.close(
            casus=Casus.objects.get(pk=casus.pk), by=cast.gemeente, closing="solved", reason="r"
        )
    casus = Casus.objects.get(pk=casus.pk)
    destroyed(casus, cast)
    names = ("casus_detail", "casus_timeline", "casus_pdf", "casus_note", "overleg_detail",
             "casus_access_log", "rights_detail", "casus_involve", "step_add")  # fmt: skip
    for name in names:
        path = reverse(name, args=[casus.code])
        for who in (cast.gemeente, cast.procesmanager, cast.coordinator):
            assert client_of(who).get(path).status_code == 410, name
        for who in (cast.outsider, cast.client_support, cast.portefeuillehouder, cast.admin):
            assert client_of(who).get(path).status_code == 404, name
    assert casus.code not in client_of(cast.gemeente).get(reverse("casus_list")).content.decode()
    left = Casus.objects.get(pk=casus.pk)
    board = client_of(cast.coordinator).get(reverse("coordinatiepunt")).content.decode()
    assert left.code not in board and casus.code not in board
    report = reverse(
        "terugkoppeling_detail", args=[left.code, left.overleggen.get().terugkoppeling.pk]
    )
    read = client_of(cast.portefeuillehouder).get(report).content.decode()
    assert "De casus zelf is vernietigd" in read and casus.code not in read
    path = reverse("tombstone_pdf", args=[casus.code])
    assert client_of(cast.coordinator).get(path).status_code == 200
    assert client_of(cast.outsider).get(path).status_code == 404
    assert client_of(cast.aanmelder).get(path).status_code == 403


def test_who_handed_it_over_sees_no_tombstone(cast: Cast, client_of: ClientOf) -> None:
    """What was shared with the old gemeente went with the casus; that it registered it says who
    began, and gives no right (E-122)."""
    with clock.travel(clock.now() - timedelta(days=5 * 366 + 1)):
        casus = world.registered_casus(cast)
        offer = propose_transfer(
            casus=casus, by=cast.gemeente, gemeente=cast.hengelo, reason="Verzonnen verhuizing."
        )
        accept_transfer(transfer=offer, by=cast.outsider)
        now = Casus.objects.get(pk=casus.pk)
        closing.close(casus=now, by=cast.outsider, closing="solved", reason="r")
    destructions.propose_destruction(casus=casus, by=cast.outsider, ground="term")
    destructions.approve_destruction(casus=casus, by=cast.privacy_officer)
    assert sweeps.destroy_approved() == 1
    path = reverse("casus_detail", args=[casus.code])
    assert client_of(cast.outsider).get(path).status_code == 410
    assert client_of(cast.procesmanager).get(path).status_code == 404
    (line,) = tombstones.lines()
    assert (line["registered_by"], line["carried_by"]) == ("enschede", "hengelo")


def test_a_hold_is_screened_and_typed_again(cast: Cast, client_of: ClientOf) -> None:
    old = old_casus(cast)
    gemeente = client_of(cast.gemeente)
    data = {"reason": "Burger 111222333 klaagt", "until": soon().isoformat(), "version": "0"}
    wrong = post(gemeente, "hold_add", old, **data)
    assert wrong.status_code == 422 and "111222333" in wrong.content.decode()
    early = post(gemeente, "destruction_propose", world.closed_casus(cast), ground="term")
    assert early.status_code == 422 and "loopt nog" in early.content.decode()


def test_two_who_decide_to_keep_it_hear_of_each_other(cast: Cast, client_of: ClientOf) -> None:
    """Both had the page open: the second one sees what the first decided, and the own text."""
    old = old_casus(cast)
    first, second = client_of(cast.gemeente), client_of(cast.privacy_officer)
    data = {"until": soon().isoformat(), "version": "0"}
    assert post(first, "hold_add", old, reason="Er loopt een klacht.", **data).status_code == 302
    late = post(second, "hold_add", old, reason="Er loopt een zaak.", **data)
    page = late.content.decode()
    assert late.status_code == 409 and "Er loopt een zaak." in page
    assert f"{cast.gemeente.name} besloot al om te bewaren" in page
    assert old.holds.count() == 1
    again = {**data, "version": "1"}
    assert post(second, "hold_add", old, reason="Er loopt een zaak.", **again).status_code == 302


def test_what_somebody_watches_over_agrees_with_the_table(cast: Cast) -> None:
    casussen = [world.registered_casus(cast), world.submitted_casus(cast), old_casus(cast)]
    casussen += [world.draft_casus(cast), world.discarded_casus(cast)]
    casussen.append(destroyed_one(cast))
    for user in cast.everybody.values():
        for casus in casussen:
            may = bool(ACTIONS["view_rights"].who & relations(user, casus)) and not casus.is_draft
            found = Casus.objects.filter(in_care_of(user), pk=casus.pk).exists()
            assert found == may, f"{user.name} {casus.status}"


def destroyed_one(cast: Cast) -> Casus:
    report = world.submitted_terugkoppeling(cast)
    casus = Casus.objects.get(pk=report.overleg.casus_id)
    with clock.travel(clock.now() - timedelta(days=5 * 366 + 1)):
        closing.close(casus=casus, by=cast.gemeente, closing="solved", reason="r")
    destroyed(Casus.objects.get(pk=casus.pk), cast)
    return Casus.objects.get(pk=casus.pk)


def test_what_waits_is_where_people_look(cast: Cast, client_of: ClientOf) -> None:
    def seen(user: User, page: str) -> str:
        return client_of(user).get(reverse(page)).content.decode()

    old = old_casus(cast)
    propose(old, cast.gemeente)
    path = reverse("destruction_approve", args=[old.code])
    assert path in seen(cast.privacy_officer, "home") and path not in seen(cast.gemeente, "home")
    asked = export.start_access_request(
        casus=world.registered_casus(cast), by=cast.gemeente, received_on=clock.today()
    )
    code = asked.casus.code
    assert code in seen(cast.privacy_officer, "home")
    assert code in seen(cast.gemeente, "retention_list")
    assert code not in seen(cast.outsider, "retention_list")
    export.judge_people(access_request=asked, by=cast.gemeente, people=[], withheld=[])
    assert code not in seen(cast.gemeente, "retention_list")
