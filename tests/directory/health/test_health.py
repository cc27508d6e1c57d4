"""The functioneel beheerder hears that the program is unwell, before anybody else notices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit.sweeps import look_at_new
from directory.health import rules
from directory.models import User
from outbox import queue
from outbox.models import Message
from rdm.lib import clock, disk
from tests.cast import Cast

ClientOf = Callable[[User], Client]


@pytest.fixture
def well(cast: Cast) -> None:
    """Everything works: a sweep just ran, and all mail is out."""
    Message.objects.all().delete()
    look_at_new()


def titles(http: Client) -> list[str]:
    return [item.title for item in http.get("/").context["mine"] if item.kind == "gezondheid"]


def test_nothing_is_said_while_all_is_well(well: None, cast: Cast, client_of: ClientOf) -> None:
    assert not [sign.wrong for sign in rules.signs() if sign.wrong]
    http = client_of(cast.admin)
    assert titles(http) == []
    page = http.get(reverse("health_signs")).content.decode()
    assert page.count("In orde") == 4 and "Let op" not in page


def test_each_thing_that_is_wrong_is_work(
    well: None, cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    http = client_of(cast.admin)
    monkeypatch.setattr(disk, "free_percent", lambda _: 3)
    assert any("bijna vol" in one for one in titles(http))
    assert "3% is vrij" in http.get(reverse("health_signs")).content.decode()
    queue.put(key="k", to="a@voorbeeld.example", subject="s", body="b")
    with clock.travel(clock.now() + timedelta(minutes=11)):
        found = titles(http)
    assert len(found) == 3
    assert any("geen achtergrondwerk" in one for one in found)
    assert any("gaat de deur niet uit" in one for one in found)
    assert titles(client_of(cast.coordinator)) == []


def test_the_room_on_the_disk_is_that_of_the_disk(tmp_path: Any) -> None:
    assert 0 <= disk.free_percent(tmp_path) <= 100
