"""When the overleg is no longer needed, and when it has not begun yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from demo import walk
from directory.models import User
from escalation.blocks import ALL
from escalation.dossier.closing import actions as closing
from escalation.models import Casus, Overleg
from escalation.overleg import actions
from escalation.overleg.date_poll import actions as date_poll
from escalation.overleg.deelnemers import actions as deelnemers
from escalation.overleg.deelnemers.links import deelnemer_of, link_for
from escalation.permissions import may
from escalation.reading.progress import progress_of
from outbox.models import Message
from rdm.lib import clock
from rdm.lib.refusal import Refused
from tests import world
from tests.cast import Cast
from tests.escalation.overleg.sending import send, text_of

ClientOf = Callable[[User], Client]
REASON = "Kanariegeel: er is toch een plek."


def url(name: str, casus: Casus) -> str:
    return reverse(name, args=[casus.code])


def stop(cast: Cast, casus: Casus) -> Overleg:
    overleg = world.open_overleg(casus)
    actions.stop_overleg(overleg=overleg, by=cast.gemeente, reason=REASON)
    return Overleg.objects.get(pk=overleg.pk)


def test_a_planned_overleg_is_called_off_for_everybody(cast: Cast, client_of: ClientOf) -> None:
    casus = world.planned_casus(cast)
    people = list(world.open_overleg(casus).deelnemers.all())
    token = link_for(people[0]).rstrip("/").rsplit("/", 1)[1]
    answer = send(client_of(cast.gemeente), url("overleg_stop", casus), reason=REASON)
    assert (answer.status_code, answer.headers["Location"]) == (302, url("casus_detail", casus))
    overleg = Overleg.objects.get()
    assert overleg.cancelled_at is not None and overleg.cancel_reason == REASON
    cancels = Message.objects.filter(ical_method="CANCEL")
    assert {one.to for one in cancels} == {one.email for one in people}
    assert all("SEQUENCE:1" in one.ical for one in cancels)
    assert deelnemer_of(token) is None
    assert not Message.objects.filter(body__contains="Kanariegeel").exists()


def test_who_was_asked_for_dates_hears_it_and_who_was_not_does_not(cast: Cast) -> None:
    casus = world.accepted_casus(cast)
    overleg = walk.with_deelnemers(world.open_overleg(casus), cast.gemeente)
    start = clock.now() + timedelta(days=9)
    date_poll.propose_date(
        overleg=overleg, by=cast.gemeente, starts_at=start, ends_at=start + timedelta(hours=1)
    )
    date_poll.ask_dates(overleg=overleg, by=cast.gemeente)
    late = deelnemers.add_deelnemer(
        overleg=overleg,
        by=cast.gemeente,
        new=deelnemers.NewDeelnemer(
            kind=overleg.deelnemers.all()[0].kind,
            name="Verzonnen Laatkomer",
            function="bestuurder",
            email="laat@voorbeeld.example",
            organisation=cast.mediant,
        ),
    )
    asked = {one.email for one in overleg.deelnemers.exclude(pk=late.pk)}
    stop(cast, casus)
    told = Message.objects.filter(subject__startswith="Gaat niet door")
    assert {one.to for one in told} == asked
    assert not Message.objects.exclude(ical="").exists()


def test_the_casus_goes_on_can_be_closed_and_submitted_again(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = world.planned_casus(cast)
    stop(cast, casus)
    casus = Casus.objects.get(pk=casus.pk)
    assert casus.status == "active" and casus.due is not None
    http = client_of(cast.procesmanager)
    page = text_of(http.get(url("overleg_detail", casus)))
    assert "Het overleg ging niet door" in page and REASON in page
    assert "Leg de uitkomst vast" not in page and "Stop met het overleg" not in page
    dossier = text_of(http.get(url("casus_detail", casus)))
    assert "Afgezegd" in dossier and "Het overleg ging niet door. Sluit de casus af" in dossier
    second = walk.submitted(casus, cast.procesmanager)
    overleg = walk.accepted(Casus.objects.get(pk=casus.pk), cast.coordinator)
    assert overleg.submission == second
    assert progress_of(Casus.objects.get(pk=casus.pk), ALL).overleg == overleg
    stop(cast, Casus.objects.get(pk=casus.pk))
    closing.close(
        casus=Casus.objects.get(pk=casus.pk),
        by=cast.gemeente,
        closing="other",
        reason="Verzonnen: de inwoner is overleden.",
    )
    assert Casus.objects.get(pk=casus.pk).status == "closed"


def test_after_the_planned_moment_no_calendar_is_bothered(cast: Cast) -> None:
    with clock.travel(clock.now() - timedelta(days=10)):
        casus = world.planned_casus(cast)
    stop(cast, casus)
    assert not Message.objects.filter(ical_method="CANCEL").exists()


def test_who_may_and_only_with_a_reason(cast: Cast) -> None:
    casus = world.accepted_casus(cast)
    for who in (cast.gemeente, cast.procesmanager_only, cast.coordinator):
        assert may(who, casus, "stop_overleg") is None
    assert may(cast.outsider, casus, "stop_overleg")
    overleg = world.open_overleg(casus)
    with pytest.raises(Refused) as refused:
        actions.stop_overleg(overleg=overleg, by=cast.coordinator, reason=" ")
    assert refused.value.field == "reason"
    with pytest.raises(IntegrityError), transaction.atomic():
        Overleg.objects.filter(pk=overleg.pk).update(cancelled_at=clock.now())


def test_both_sides_hear_of_it(cast: Cast) -> None:
    casus = world.accepted_casus(cast)
    stop(cast, casus)
    told = set(
        Message.objects.filter(subject__startswith="Geen overleg meer").values_list("to", flat=True)
    )
    assert {cast.coordinator.email, cast.gemeente.email, cast.procesmanager.email} <= told


# --- Not before it begins


def test_no_outcome_before_the_planned_moment(cast: Cast, client_of: ClientOf) -> None:
    casus = world.planned_casus(cast)
    overleg = world.open_overleg(casus)
    with pytest.raises(Refused) as refused:
        walk.held(overleg, cast.procesmanager)
    assert "begint op" in refused.value.reason
    http = client_of(cast.gemeente)
    answer = http.get(url("overleg_record", casus), follow=True)
    assert "Leg de uitkomst daarna vast" in text_of(answer)
    assert answer.redirect_chain[-1][0] == url("overleg_detail", casus)
    button = [
        one
        for one in http.get(url("overleg_detail", casus)).context["step_buttons"]
        if one["label"] == "Leg de uitkomst vast"
    ]
    assert "begint op" in button[0]["denied"]
    assert overleg.starts_at is not None
    with clock.travel(overleg.starts_at + timedelta(minutes=1)):
        walk.held(overleg, cast.procesmanager)
    assert Casus.objects.get(pk=casus.pk).status == "held"
