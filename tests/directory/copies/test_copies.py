"""What the beheerder sees of the copies, when that is a warning, and how long they stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.template.defaultfilters import filesizeformat
from django.test import Client
from django.urls import reverse

from directory.copies import work
from directory.copies.sweeps import forget_old_copies
from directory.models import Procesafspraak, User
from rdm.backup import sweeps
from rdm.backup.making import DATABASE
from rdm.lib import clock
from rdm.lib.copies import manifest, shelf
from tests.cast import Cast

ClientOf = Callable[[User], Client]


@pytest.fixture(autouse=True)
def an_empty_shelf(settings: Any, tmp_path: Path) -> None:
    settings.BACKUP_DIR = tmp_path / "copies"


def shelved(days: int = 0) -> Path:
    """A copy of so many days ago; what it holds nobody asks for here."""
    with clock.travel(clock.now() - timedelta(days=days)):
        folder = shelf.next_folder()
        folder.mkdir(parents=True)
        (folder / DATABASE).write_bytes(b"verzegeld" * 1000)
        made = manifest.Manifest(
            format=manifest.FORMAT,
            made_at=clock.now().isoformat(),
            engine="sqlite",
            parts={},
            rows={"directory_user": 12, "escalation_casus": 30},
            files=7,
            tombstones=0,
            migrations={},
            head_number=1,
            head_hash="0" * 64,
        )
    manifest.write(folder, made)
    return folder


def drilled(days: int = 0, problem: str = "") -> None:
    at = clock.now() - timedelta(days=days)
    drill = shelf.Drill(at.isoformat(), at.isoformat(), 10, 4, 12, problem)
    shelf.note_drill(drill)


def titles(user: User) -> list[str]:
    return [one.title for one in work.for_user(user)]


def test_a_fresh_copy_and_a_drill_ask_nothing(cast: Cast, client_of: ClientOf) -> None:
    shelved()
    drilled()
    assert titles(cast.admin) == []
    said = client_of(cast.admin).get(reverse("copy_list")).content.decode()
    newest = shelf.newest()
    assert newest and newest.size > 9000
    size = filesizeformat(newest.size)
    for words in (
        "(vandaag)",
        f"<dd>{size}</dd>",
        ">42<",
        ">7<",
        "klopt<",
        "gelukt in 12 seconden",
    ):
        assert words in said
    assert "utrecht-alert--warning" not in said


def test_too_old_is_a_warning_where_the_beheerder_looks(cast: Cast, client_of: ClientOf) -> None:
    most = Procesafspraak.number_of("reservekopie_te_oud")
    shelved(days=most)
    drilled(days=Procesafspraak.number_of("herstel_oefenen"))
    assert titles(cast.admin) == []
    with clock.travel(clock.now() + timedelta(days=1)):
        old, drill = titles(cast.admin)
        assert old.startswith("De nieuwste reservekopie is van ")
        assert drill.startswith("Terugzetten is voor het laatst geoefend op ")
        client = client_of(cast.admin)
        assert old in client.get(reverse("home")).content.decode()
        page = client.get(reverse("copy_list")).content.decode()
        assert old in page and drill in page and f"({most + 1} dagen oud)" in page


def test_nothing_at_all_is_a_warning_too(cast: Cast, client_of: ClientOf) -> None:
    copies, drills = titles(cast.admin)
    assert copies.startswith("Er is geen reservekopie")
    assert drills.startswith("Terugzetten is nog nooit geoefend")
    said = client_of(cast.admin).get(reverse("copy_list")).content.decode()
    assert "Er is nog geen reservekopie" in said and "RDM_BACKUP_RECIPIENTS" in said


def test_what_somebody_else_put_there_is_told(cast: Cast, client_of: ClientOf) -> None:
    """It counts for nothing: not as the newest copy, and not as a drill."""
    shelved(days=1)
    drilled()
    for name in (shelved() / manifest.NAME, shelf.place() / shelf.DRILL):
        name.write_text(name.read_text().replace("12", "13"))
    told = titles(cast.admin)
    assert "niet te vertrouwen" in told[0] and "nog nooit geoefend" in told[1]
    said = client_of(cast.admin).get(reverse("copy_list")).content.decode()
    assert "klopt niet" in said and "(1 dag oud)" in said


def test_a_drill_that_failed_is_told(cast: Cast, client_of: ClientOf) -> None:
    shelved()
    drilled(problem="De database in de reservekopie is niet heel.")
    assert "mislukt" in titles(cast.admin)[0]
    said = client_of(cast.admin).get(reverse("copy_list")).content.decode()
    assert "mislukt. De database in de reservekopie is niet heel." in said


def test_only_the_beheerder(cast: Cast, client_of: ClientOf) -> None:
    assert titles(cast.coordinator) == titles(cast.privacy_officer) == []
    assert client_of(cast.coordinator).get(reverse("copy_list")).status_code == 403


# --- The schedule ---------------------------------------------------------------------------------


@pytest.fixture
def made(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Path]]:
    """The folders of the copies that the sweep asked for."""
    found: list[Path] = []
    monkeypatch.setattr(sweeps, "make", found.append)
    settings.BACKUP_RECIPIENTS = ["age1"]
    yield found


def test_a_copy_is_made_when_it_is_time(made: list[Path], settings: Any) -> None:
    assert sweeps.copy_when_due() and len(made) == 1
    shelved()
    assert not sweeps.copy_when_due()
    with clock.travel(clock.now() + timedelta(hours=settings.BACKUP_HOURS)):
        assert sweeps.copy_when_due()
        # The broker asked twice: the first one is still busy.
        with shelf.alone():
            assert not sweeps.copy_when_due()
    assert len(made) == 2 and len(set(made)) == 2
    settings.BACKUP_RECIPIENTS = []
    with clock.travel(clock.now() + timedelta(days=9)):
        assert not sweeps.copy_when_due()


def test_a_large_copy_gets_its_time() -> None:
    from rdm.celery import app

    schedule = app.conf.beat_schedule
    options = schedule["rdm.backup.sweeps.copy_when_due"]["options"]
    assert options["time_limit"] > options["soft_time_limit"] > 3600
    assert "time_limit" not in schedule["outbox.sweeps.send_ready"]["options"]


def test_old_copies_go_and_the_newest_stays(cast: Cast) -> None:
    most = Procesafspraak.number_of("reservekopie_bewaren")
    old, kept = shelved(days=most + 1), shelved(days=most - 1)
    (shelf.place() / f"{shelf.HALF}broke").mkdir()
    (shelf.place() / "van-een-ander").mkdir()
    assert forget_old_copies() == 1
    assert not old.exists() and kept.exists()
    assert sorted(one.name for one in shelf.place().iterdir()) == sorted(
        [".lock", kept.name, "van-een-ander"]
    )
    with clock.travel(clock.now() + timedelta(days=400)):
        assert forget_old_copies() == 0 and kept.exists()
