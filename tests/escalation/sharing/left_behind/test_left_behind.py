"""Attachments that only one organisation could see, when the casus is no longer shared with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from demo import walk
from directory.models import User
from escalation.blocks import CARE, Block
from escalation.models import Attachment, Casus, Event, Involvement
from escalation.reading.left_behind import left_behind, out_of_reach, reach_of
from escalation.sharing import actions as sharing
from escalation.sharing import sweeps as sharing_sweeps
from escalation.sharing.left_behind import actions
from outbox.models import Message
from rdm.lib import clock
from rdm.lib.refusal import Forbidden, Refused
from tests import world
from tests.cast import Cast
from tests.escalation.attachments.attached import attachment
from tests.escalation.overleg.sending import send, text_of

ClientOf = Callable[[User], Client]
TITLE = "Verzonnen kanarievogel"


@pytest.fixture(autouse=True)
def private(settings: Any, tmp_path: Path) -> Path:
    settings.PRIVATE_DIR = tmp_path
    return tmp_path


@pytest.fixture
def shared(cast: Cast) -> Involvement:
    """Registered by Enschede, shared with SCOT, which has one attachment for itself alone."""
    casus = world.registered_casus(cast)
    found = walk.shared(casus, cast.procesmanager, cast.scot)
    attachment(casus, cast.client_support, audience="own", title=TITLE)
    return found


def fresh(shared: Involvement) -> Casus:
    return Casus.objects.get(pk=shared.casus_id)


def page(http: Client, name: str, shared: Involvement, *more: int) -> str:
    return text_of(http.get(reverse(name, args=[shared.casus.code, *more])))


def mails(kind: str) -> list[Message]:
    return list(Message.objects.filter(key__startswith=kind))


def test_stopping_says_how_many_and_not_which(
    cast: Cast, client_of: ClientOf, shared: Involvement
) -> None:
    attachment(shared.casus, cast.client_support)
    http = client_of(cast.gemeente)
    asked = page(http, "casus_uninvolve", shared, shared.pk)
    assert f"{cast.scot} heeft 1 bijlage die alleen deze organisatie" in asked
    assert TITLE not in asked
    other = walk.shared(world.registered_casus(cast), cast.procesmanager, cast.scot)
    assert "bijlage" not in page(http, "casus_uninvolve", other, other.pk)


def test_it_stays_and_is_counted_and_comes_back(
    cast: Cast, client_of: ClientOf, shared: Involvement
) -> None:
    """With whoever shares the casus as a number; a new sharing gives it back."""
    http = client_of(cast.gemeente)
    line = f"1 bijlage van {cast.scot}, die alleen {cast.scot} kon zien"
    assert line not in page(http, "casus_detail", shared)
    sharing.end_involvement(involvement=shared, by=cast.procesmanager)
    seen = page(http, "casus_detail", shared)
    assert line in seen and TITLE not in seen
    assert not Attachment.objects.visible_to(cast.gemeente).exists()
    other = walk.shared(fresh(shared), cast.procesmanager, cast.mediant)
    assert line not in page(client_of(cast.aanmelder), "casus_detail", other)
    walk.shared(fresh(shared), cast.procesmanager, cast.scot)
    assert line not in page(http, "casus_detail", shared)
    assert TITLE in page(client_of(cast.client_support), "casus_detail", shared)


def test_running_out_by_date_counts_alike(cast: Cast, shared: Involvement) -> None:
    Involvement.objects.filter(pk=shared.pk).update(until=clock.today())
    assert left_behind(fresh(shared)) == []
    with clock.travel(clock.now() + timedelta(days=1)):
        (found,) = left_behind(fresh(shared))
        assert (found.involvement, found.number) == (shared, 1)
        actions.withdraw_left_behind(involvement=shared, by=cast.gemeente, reason="x")
        assert left_behind(fresh(shared)) == []


def test_sharing_fewer_blocks_counts_alike(cast: Cast, shared: Involvement) -> None:
    attachment(shared.casus, cast.client_support, audience="own", block=Block.CARE)
    sharing.change_involvement(
        involvement=shared, by=cast.gemeente, blocks=CARE, until=clock.today()
    )
    (found,) = left_behind(fresh(shared))
    assert found.number == 1
    assert [one.block for one in out_of_reach(shared, reach_of(found.involvement))] == ["process"]
    assert {one.to for one in mails("left-behind:")} == {cast.client_support.email}


def test_cleared_away_unread(
    cast: Cast,
    client_of: ClientOf,
    shared: Involvement,
    private: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    path = reverse("left_behind_withdraw", args=[shared.casus.code, shared.pk])
    http = client_of(cast.gemeente)
    # As long as they can be read there is nothing to clear away.
    assert http.get(path).status_code == 302
    with pytest.raises(Refused, match="geen bijlagen meer"):
        actions.withdraw_left_behind(involvement=shared, by=cast.gemeente, reason="x")
    sharing.end_involvement(involvement=shared, by=cast.procesmanager)
    asked = text_of(http.get(path))
    assert f"1 bijlage van {cast.scot}" in asked and TITLE not in asked
    with pytest.raises(Refused, match="Leg uit"):
        actions.withdraw_left_behind(involvement=shared, by=cast.gemeente, reason=" ")
    with pytest.raises(Forbidden):
        actions.withdraw_left_behind(involvement=shared, by=cast.outsider, reason="x")
    with django_capture_on_commit_callbacks(execute=True):
        assert send(http, path, reason="Niet meer nodig").status_code == 302
    assert not [one for one in private.rglob("*") if one.is_file()]
    gone = Attachment.objects.get()
    assert (gone.title, gone.withdraw_reason) == ("", "Niet meer nodig")
    part = f"withdraw_attachment:attachment-{gone.pk}"
    assert AuditEntry.objects.filter(object_id=shared.casus.code, part=part).count() == 1
    assert not Event.objects.filter(kind__startswith="attachment").exists()
    assert "die alleen" not in page(http, "casus_detail", shared)
    (mail,) = mails("left-behind-gone:")
    assert mail.to == cast.client_support.email and "http" not in mail.body


def test_the_organisation_hears_that_it_cannot_reach_them(cast: Cast, shared: Involvement) -> None:
    sharing.end_involvement(involvement=shared, by=cast.procesmanager)
    (mail,) = mails("left-behind:")
    assert mail.to == cast.client_support.email and shared.casus.code in mail.subject
    assert TITLE not in mail.body and str(cast.scot) not in mail.subject + mail.body
    bare = walk.shared(world.registered_casus(cast), cast.procesmanager, cast.scot)
    sharing.end_involvement(involvement=bare, by=cast.procesmanager)
    assert len(mails("left-behind:")) == 1


def test_it_hears_before_the_sharing_runs_out(cast: Cast, shared: Involvement) -> None:
    """Once per last day, and only who has something to lose."""
    walk.shared(world.registered_casus(cast), cast.procesmanager, cast.scot)
    assert sharing_sweeps.warn_of_leaving_behind() == 0
    Involvement.objects.update(until=clock.today())
    for _ in range(2):
        assert sharing_sweeps.warn_of_leaving_behind() == 1
    (mail,) = mails("leaving-behind:")
    assert mail.to == cast.client_support.email and shared.casus.code in mail.subject
    assert TITLE not in mail.body and str(cast.scot) not in mail.subject + mail.body
    attachments = Attachment.objects.all()
    attachments.update(title="", withdrawn_at=clock.now(), withdraw_reason="x")
    assert sharing_sweeps.warn_of_leaving_behind() == 0
