"""Sharing a casus: what is asked, what it gives, and that it ends by itself (O-09)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from demo import walk
from directory.models import Organisation, Procesafspraak, User
from escalation import terms
from escalation.blocks import ALL, CARE, PROCESS, SAFETY
from escalation.dossier.closing import actions as closing
from escalation.lists.work import for_user
from escalation.models import Casus, Involvement
from escalation.permissions import relations
from escalation.sharing import actions as sharing
from escalation.sharing import sweeps as sharing_sweeps
from escalation.sharing.transfer.actions import accept_transfer, propose_transfer
from outbox.models import Message
from rdm.lib import clock
from rdm.lib.refusal import Conflict, Refused
from tests import world
from tests.cast import Cast

ClientOf = Callable[[User], Client]


def url(name: str, casus: Casus, *more: Any) -> str:
    return reverse(name, args=[casus.code, *more])


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


# --- What is asked


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"blocks": []}, "blocks"),
        ({"until": -1}, "until"),
        ({"until": 500}, "until"),
        ({"purpose": " "}, "purpose"),
        ({"ground": ""}, "ground"),
        ({"resident_informed_on": None}, "resident_informed"),
        ({"resident_informed_on": 1}, "resident_informed_on"),
        ({"secrecy_signed_on": None}, "secrecy_signed_on"),
        ({"secrecy_signed_on": 1}, "secrecy_signed_on"),
    ],
)
def test_what_sharing_asks(cast: Cast, given: dict[str, Any], field: str) -> None:
    """Numbers are days from today."""
    casus = world.registered_casus(cast)
    values = {k: in_days(v) if isinstance(v, int) else v for k, v in given.items()}
    with pytest.raises(Refused) as no:
        walk.shared(casus, cast.procesmanager, cast.scot, **values)
    assert no.value.field == field
    assert not casus.involvements.exists()


def test_the_last_possible_day_is_a_procesafspraak(cast: Cast) -> None:
    Procesafspraak.objects.filter(code="delen_hoogstens").update(number=10)
    casus = world.registered_casus(cast)
    with pytest.raises(Refused):
        walk.shared(casus, cast.procesmanager, cast.scot, until=in_days(11))
    assert walk.shared(casus, cast.procesmanager, cast.scot, until=in_days(10)).until == in_days(10)


def test_a_partner_in_the_covenant_signs_nothing(cast: Cast) -> None:
    Organisation.objects.filter(slug="scot").update(covenant_partner=True)
    scot = Organisation.objects.get(slug="scot")
    casus = world.registered_casus(cast)
    shared = walk.shared(casus, cast.procesmanager, scot, secrecy_signed_on=None)
    assert shared.secrecy_signed_on is None


def test_why_the_resident_does_not_know(cast: Cast, client_of: ClientOf) -> None:
    casus = world.registered_casus(cast)
    form: dict[str, Any] = {
        "request_id": str(uuid4()),
        "organisation": "scot",
        "part": "ondersteuner",
        "purpose": "Verzonnen doel",
        "blocks": ["care", "process"],
        "until": in_days(30),
        "ground": "Vitaal belang",
        "resident_informed": "no",
        "secrecy_signed_on": clock.today(),
    }
    http = client_of(cast.procesmanager)
    refused = http.post(url("casus_involve", casus), form)
    assert refused.status_code == 422
    assert "not_informed_reason" in refused.context["form"].errors
    form["not_informed_reason"] = "Verzonnen: de inwoner is niet te vinden."
    form["resident_informed_on"] = clock.today()
    assert http.post(url("casus_involve", casus), form).status_code == 422
    del form["resident_informed_on"]
    assert http.post(url("casus_involve", casus), form).status_code == 302
    shared = casus.involvements.get()
    assert shared.shares == CARE | PROCESS and shared.until == in_days(30)
    assert shared.not_informed_reason == form["not_informed_reason"]
    assert form["not_informed_reason"] in page(http, casus)


# --- What everybody sees of it


def page(http: Client, casus: Casus, name: str = "casus_detail") -> str:
    answer = http.get(url(name, casus))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_everybody_sees_who_is_involved_with_what_and_until_when(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = world.registered_casus(cast)
    by = cast.procesmanager
    menzis = Organisation.objects.get(slug="menzis")
    walk.shared(casus, by, cast.scot, blocks=CARE, purpose="Doel van SCOT.")
    walk.shared(casus, by, menzis, blocks=SAFETY | PROCESS, purpose="Doel van Menzis.")
    for who in (cast.procesmanager, cast.gemeente, cast.client_support):
        seen = page(client_of(who), casus)
        assert f"{menzis}" in seen and "Ziet: veiligheid en proces, tot en met" in seen
        assert "Ziet: zorg, tot en met" in seen and "Doel van SCOT." in seen
        # Why another organisation reads along belongs to the process.
        assert ("Doel van Menzis." in seen) == (who != cast.client_support)


def test_who_sees_a_part_is_told_so(cast: Cast, client_of: ClientOf) -> None:
    casus = world.planned_casus(cast)
    walk.shared(casus, cast.procesmanager, cast.scot, blocks=SAFETY)
    http = client_of(cast.client_support)
    seen = page(http, casus)
    assert "Niet met u gedeeld" in seen and "De route is niet met u gedeeld." in seen
    assert "U ziet niet alle regels" in page(http, casus, "casus_timeline")
    for name, more in (("step_detail", [1]), ("overleg_detail", [])):
        answer = http.get(url(name, casus, *more))
        assert answer.status_code == 403 and "niet met u gedeeld: proces" in answer.content.decode()
    whole = page(client_of(cast.procesmanager), casus)
    assert "niet met u gedeeld" not in whole.lower()


# --- Until when


def test_after_the_last_day_it_gives_no_access(cast: Cast, client_of: ClientOf) -> None:
    """Nothing has to run for that: the rights are read per request."""
    casus = world.registered_casus(cast)
    walk.shared(casus, cast.procesmanager, cast.scot, until=in_days(3))
    reader, http = cast.client_support, client_of(cast.client_support)
    late = datetime.combine(in_days(3), datetime.min.time(), tzinfo=clock.AMSTERDAM)
    for moment, reads in ((late + timedelta(hours=23), True), (late + timedelta(hours=24), False)):
        with clock.travel(moment):
            now = Casus.objects.get(pk=casus.pk)
            assert bool(relations(reader, now)) is reads
            assert Casus.objects.visible_to(reader).filter(pk=casus.pk).exists() is reads
            assert Involvement.objects.current().exists() is reads
            assert Involvement.objects.get().is_current is reads
            client_of(reader)
    with clock.travel(late + timedelta(hours=25)):
        http = client_of(reader)
        for name in ("casus_detail", "casus_timeline", "casus_pdf", "casus_note"):
            assert http.get(url(name, casus)).status_code == 404


def test_it_can_be_shared_again_after_it_ran_out(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    first = walk.shared(casus, cast.procesmanager, cast.scot, until=in_days(3))
    with clock.travel(clock.now() + timedelta(days=10)):
        with pytest.raises(Refused):
            sharing.end_involvement(involvement=first, by=cast.procesmanager)
        walk.shared(casus, cast.procesmanager, cast.scot, until=in_days(3))
        first.refresh_from_db()
        assert first.stopped_on == first.until
        assert Involvement.objects.current().count() == 1


def test_more_or_less_counts_at_once(cast: Cast, client_of: ClientOf) -> None:
    casus = world.registered_casus(cast)
    shared = walk.shared(casus, cast.procesmanager, cast.scot, blocks=ALL)
    http, reader = client_of(cast.procesmanager), client_of(cast.client_support)
    assert casus.situation in page(reader, casus)
    address = url("casus_involvement", casus, shared.pk)
    form = {"version": 1, "blocks": ["safety"], "until": in_days(5)}
    assert http.post(address, {**form, "request_id": str(uuid4())}).status_code == 302
    seen = page(reader, casus)
    assert casus.situation not in seen and casus.safety_text in seen
    # To see more than before asks for a reason.
    more = {"version": 2, "blocks": ["safety", "process"], "until": in_days(5)}
    silent = http.post(address, {**more, "request_id": str(uuid4())})
    assert silent.status_code == 422
    assert "waarom deze organisatie nu meer" in silent.content.decode()
    # On the page as it was before somebody else changed it.
    old = {**form, "blocks": ["care"], "why": "Verzonnen.", "request_id": str(uuid4())}
    answer = http.post(address, old)
    assert answer.status_code == 409 and "zorg" in answer.content.decode()
    shared.refresh_from_db()
    assert (shared.shares, shared.until, shared.version) == (SAFETY, in_days(5), 2)
    with pytest.raises(Conflict):
        sharing.change_involvement(
            involvement=shared,
            by=cast.procesmanager,
            blocks=ALL,
            until=in_days(5),
            why="Verzonnen.",
            version=1,
        )
    with pytest.raises(Refused):
        sharing.change_involvement(
            involvement=shared, by=cast.procesmanager, blocks=SAFETY, until=in_days(5)
        )


def test_why_somebody_sees_more_stands_on_the_timeline(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    shared = walk.shared(casus, cast.procesmanager, cast.scot, blocks=CARE)
    change = {"involvement": shared, "by": cast.procesmanager, "until": in_days(5)}
    with pytest.raises(Refused, match="nu meer moet zien") as refused:
        sharing.change_involvement(blocks=CARE | SAFETY, why=" ", **change)
    assert refused.value.field == "why"
    sharing.change_involvement(blocks=CARE | SAFETY, why="Verzonnen reden.", **change)
    assert casus.events.get(kind="involvement_changed").text.endswith("Verzonnen reden.")


def test_sharing_of_a_closed_casus_can_be_stopped(cast: Cast, client_of: ClientOf) -> None:
    casus = world.registered_casus(cast)
    shared = walk.shared(casus, cast.procesmanager, cast.scot)
    closing.close(casus=casus, by=cast.gemeente, closing="solved", reason="Verzonnen.")
    reader = client_of(cast.client_support)
    assert reader.get(url("casus_detail", casus)).status_code == 200
    stop = url("casus_uninvolve", casus, shared.pk)
    http = client_of(cast.gemeente)
    assert http.get(stop).status_code == 200
    assert http.post(stop, {"request_id": str(uuid4())}).status_code == 302
    assert reader.get(url("casus_detail", casus)).status_code == 404
    # What stopped is not changed any more.
    change = url("casus_involvement", casus, shared.pk)
    assert http.get(change).status_code == 403  # the casus is closed


def test_the_giving_gemeente_reads_along_for_a_while(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    given = propose_transfer(casus=casus, by=cast.gemeente, gemeente=cast.hengelo, reason="r")
    accept_transfer(transfer=given, by=cast.outsider)
    shared = casus.involvements.get()
    assert (shared.shares, shared.until) == (ALL, terms.sharing_until())


# --- Before it ends


def test_who_shares_is_asked_before_it_ends(cast: Cast) -> None:
    casus = world.registered_casus(cast)
    by = cast.procesmanager
    shared = walk.shared(casus, by, cast.scot, until=in_days(60))
    assert sharing_sweeps.ask_to_extend() == 0 and not _asked(by)
    with clock.travel(clock.now() + timedelta(days=57)):
        Message.objects.all().delete()
        assert sharing_sweeps.ask_to_extend() == sharing_sweeps.ask_to_extend() == 1
        mails = Message.objects.all()
        assert {by.email, cast.gemeente.email, cast.procesmanager_only.email} == {
            one.to for one in mails
        }
        assert len(mails) == 3
        for mail in mails:
            assert casus.code in mail.subject and str(cast.scot) not in mail.subject + mail.body
            assert shared.purpose not in mail.body
        assert _asked(by) == [url("casus_involvement", casus, shared.pk)]
        assert not _asked(cast.client_support) and not _asked(cast.outsider)
        sharing.change_involvement(
            involvement=shared, by=by, blocks=ALL, until=in_days(40), why="Verzonnen."
        )
        assert sharing_sweeps.ask_to_extend() == 0 and not _asked(by)


def _asked(user: User) -> list[str]:
    user = User.objects.get(pk=user.pk)
    return [one.url for one in for_user(user) if one.kind == "sharing"]


def test_the_organisation_hears_that_a_casus_is_shared_and_nothing_of_it(cast: Cast) -> None:
    casus = world.registered_casus(cast, situation="Verzonnen kanarievogel.")
    walk.shared(casus, cast.procesmanager, cast.scot, purpose="Verzonnen kanarievogel.")
    mails = Message.objects.filter(key__startswith="involved:")
    assert {one.to for one in mails} == {cast.client_support.email}
    assert all(casus.code in one.subject and "kanarie" not in one.body for one in mails)
