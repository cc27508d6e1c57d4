"""Clinical admission: who carries the responsibility, from when until when (E-123, O-16)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import dateformat

from demo import walk
from directory.models import User
from escalation.models import Admission, Casus
from escalation.permissions import Circumstances, may
from escalation.sharing.admission import actions
from escalation.sharing.transfer.actions import accept_transfer, propose_transfer
from rdm.lib import clock
from rdm.lib.refusal import Forbidden, Refused
from tests.cast import Cast
from tests.escalation.overleg.sending import send, text_of
from tests.world import IN_STATUS, closed_casus, draft_casus, held_casus, registered_casus

ClientOf = Callable[[User], Client]


def url(name: str, casus: Casus) -> str:
    return reverse(name, args=[casus.code])


def ago(days: int) -> object:
    return clock.today() - timedelta(days=days)


def admitted(cast: Cast, casus: Casus, days: int = 5) -> Admission:
    return actions.record_admission(
        casus=casus, by=cast.gemeente, since=ago(days), organisation=cast.mediant
    )


def test_the_institution_carries_it_meanwhile_and_every_page_says_so(
    cast: Cast, client_of: ClientOf
) -> None:
    casus = held_casus(cast)
    http = client_of(cast.procesmanager)
    answer = send(
        http, url("admission_add", casus), organisation="mediant", since=f"{ago(5)}",
        organisation_name="",
    )  # fmt: skip
    assert answer.status_code == 302
    assert casus.admissions.get().organisation == cast.mediant
    day = dateformat.format(ago(5), "j F Y")
    for name in ("casus_detail", "casus_timeline", "overleg_detail"):
        page = text_of(http.get(url(name, casus)))
        assert f"Mediant, sinds {day} Draagt nu de verantwoordelijkheid Mediant" in page, name
    assert "Opgenomen bij Mediant" in text_of(http.get(url("casus_timeline", casus)))
    # One gemeente stays the gemeente, and the institution sees nothing by this alone.
    assert Casus.objects.get(pk=casus.pk).gemeente == cast.enschede
    assert may(cast.aanmelder, casus, "view")


def test_ended_it_is_history_and_a_next_one_can_begin(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    admitted(cast, casus, 30)
    http = client_of(cast.gemeente)
    assert send(http, url("admission_end", casus), until=f"{ago(20)}").status_code == 302
    page = text_of(http.get(url("casus_detail", casus)))
    assert "Draagt nu de verantwoordelijkheid" not in page and "Eerdere opnames" in page
    admitted(cast, casus, 3)
    assert [one.until for one in casus.admissions.all()] == [None, ago(20)]
    kinds = set(casus.events.values_list("kind", flat=True))
    assert {"admitted", "discharged"} <= kinds


def test_one_at_a_time(cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    casus = registered_casus(cast)
    http = client_of(cast.gemeente)
    assert http.get(url("admission_end", casus)).status_code == 403
    admitted(cast, casus)
    with pytest.raises(Refused):
        admitted(cast, casus)
    assert http.get(url("admission_add", casus)).status_code == 403
    # Who looked just before still meets the constraint.
    with monkeypatch.context() as late, pytest.raises(Refused):
        late.setattr(Circumstances, "admission", None)
        admitted(cast, Casus.objects.get(pk=casus.pk))
    with pytest.raises(IntegrityError), transaction.atomic():
        Admission.objects.create(casus=casus, organisation=cast.mediant, since=ago(1))


def test_one_institution_on_one_day(cast: Cast) -> None:
    casus = registered_casus(cast)
    admitted(cast, casus, 30)
    actions.end_admission(casus=casus, by=cast.gemeente, until=ago(20))
    for days in (40, 25, 21):
        with pytest.raises(Refused, match="opgenomen bij Mediant") as refused:
            admitted(cast, Casus.objects.get(pk=casus.pk), days)
        assert refused.value.field == "since"
    # Moved on that very day.
    assert admitted(cast, Casus.objects.get(pk=casus.pk), 20).until is None


def test_after_a_transfer_it_names_no_wrong_gemeente(cast: Cast) -> None:
    """The day of the end can lie before the transfer."""
    casus = registered_casus(cast)
    admitted(cast, casus, 30)
    offer = propose_transfer(casus=casus, by=cast.gemeente, gemeente=cast.hengelo, reason="r")
    accept_transfer(transfer=offer, by=cast.outsider)
    now = Casus.objects.get(pk=casus.pk)
    actions.end_admission(casus=now, by=cast.outsider, until=ago(20))
    assert "Hengelo" not in casus.events.get(kind="discharged").text


def test_the_page_says_that_it_sees_nothing(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    admitted(cast, casus)
    http, hint = client_of(cast.procesmanager), "Die instelling ziet deze casus niet"
    assert hint in text_of(http.get(url("casus_detail", casus)))
    walk.shared(casus, cast.gemeente, cast.mediant)
    assert hint not in text_of(http.get(url("casus_detail", casus)))


def test_days_in_order_and_not_ahead(cast: Cast) -> None:
    casus = registered_casus(cast)
    for since in (clock.today() + timedelta(days=1),):
        with pytest.raises(Refused) as refused:
            actions.record_admission(
                casus=casus, by=cast.gemeente, since=since, organisation=cast.mediant
            )
        assert refused.value.field == "since"
    admission = admitted(cast, casus, 5)
    for until in (ago(6), clock.today() + timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            actions.end_admission(casus=casus, by=cast.gemeente, until=until)
        assert refused.value.field == "until"
    with pytest.raises(IntegrityError), transaction.atomic():
        Admission.objects.filter(pk=admission.pk).update(until=ago(6))


def test_an_institution_outside_the_list(cast: Cast, client_of: ClientOf) -> None:
    casus = registered_casus(cast)
    http = client_of(cast.gemeente)
    address = url("admission_add", casus)
    empty = {"organisation": "", "organisation_name": " ", "since": f"{clock.today()}"}
    assert "Kies een instelling" in text_of(send(http, address, **empty))
    name = "Verzonnen kliniek"
    assert send(http, address, **{**empty, "organisation_name": name}).status_code == 302
    assert casus.admissions.get().party == name


@pytest.mark.parametrize("status", IN_STATUS)
def test_of_every_casus_that_is_registered_and_open(cast: Cast, status: str) -> None:
    casus = IN_STATUS[status](cast)
    if status in ("draft", "discarded", "closed"):
        with pytest.raises(Refused):
            actions.record_admission(
                casus=casus, by=cast.procesmanager, since=ago(1), organisation=cast.mediant
            )
    else:
        assert admitted(cast, casus).until is None


def test_who_may(cast: Cast) -> None:
    casus = registered_casus(cast)
    for who in (cast.outsider, cast.coordinator, cast.client_support):
        with pytest.raises(Forbidden):
            actions.record_admission(casus=casus, by=who, since=ago(1), organisation=cast.mediant)


def test_a_draft_and_a_closed_casus_say_why(cast: Cast, client_of: ClientOf) -> None:
    for casus, word in ((draft_casus(cast), "concept"), (closed_casus(cast), "afgesloten")):
        answer = client_of(cast.procesmanager).get(url("admission_add", casus))
        assert answer.status_code == 403 and word in text_of(answer)
