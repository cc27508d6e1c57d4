"""A copy, a disaster, and everything back as it was; or nothing changed (promise 10)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse

from audit import log, triggers
from audit.models import AuditEntry
from directory.models import User
from escalation.keeping.destruction import actions as destructions
from escalation.keeping.destruction import sweeps
from escalation.models import AttachmentVersion, Casus
from outbox import queue
from outbox.models import Message
from rdm.backup.making import DATABASE, FILES
from rdm.lib import private_files
from rdm.lib.copies import manifest, sealed
from tests.cast import Cast
from tests.escalation.attachments.attached import PDF, attachment
from tests.world import closed_casus, registered_casus

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_drill(
    cast: Cast, identity: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    casus = registered_casus(cast, situation="Verzonnen situatie.")
    attachment(casus, cast.procesmanager)
    key = AttachmentVersion.objects.get().key
    goes = closed_casus(cast)
    queue.put(key="waiting", to="a@voorbeeld.example", subject="s", body="b")
    client = Client()
    client.force_login(cast.gemeente)
    Message.objects.exclude(key="waiting").update(state="sent", sent_at=casus.created_at)
    call_command("backup", str(tmp_path / "copy"))
    said = json.loads((tmp_path / "copy" / "manifest.json").read_text())
    assert said["rows"]["directory_user"] == User.objects.count()
    assert said["head_number"] == log.head().number == said["rows"]["audit_auditentry"]
    assert (said["files"], said["tombstones"]) == (1, 0)

    # What came later, what went, and a log that was cut off by somebody with the database.
    later = registered_casus(cast)
    attachment(later, cast.procesmanager)
    destructions.propose_destruction(casus=goes, by=cast.gemeente, ground="request")
    destructions.approve_destruction(casus=goes, by=cast.privacy_officer)
    assert sweeps.destroy_approved() == 1
    Casus.objects.filter(pk=casus.pk).update(situation="weg")
    private_files.remove(key)
    triggers.remove(connection)
    AuditEntry.objects.filter(number__gt=5).delete()
    triggers.install(connection)
    assert log.check() is not None

    put_back = ("restore", str(tmp_path / "copy"), "--identity", str(identity))
    with pytest.raises(CommandError, match="staan al gegevens"):
        call_command(*put_back)
    call_command(*put_back, "--replace")
    assert Casus.objects.get(pk=casus.pk).situation == "Verzonnen situatie."
    assert not Casus.objects.filter(code=later.code).exists()
    assert log.check(log.Head(said["head_number"], said["head_hash"])) is None
    assert AuditEntry.objects.latest("number").object_type == "backup"
    # Its files and no others, and what was destroyed since then is destroyed again.
    assert list(private_files.stored()) == [key]
    assert private_files.open_file(key).read() == PDF
    assert not Casus.objects.filter(code=goes.code).exists()
    said_now = capsys.readouterr().out
    assert "1 casussen zijn opnieuw vernietigd" in said_now
    # Nobody is signed in any more, and nothing goes out twice.
    assert not Session.objects.exists()
    assert client.get(reverse("casus_list")).status_code == 302
    held = Message.objects.get(key="waiting")
    assert (held.state, held.last_error) == ("failed", "RestoredFromBackup")
    assert "1 e-mails wachtten" in said_now
    assert queue.retry_failed(held.pk) == 1
    # And the house goes on from there.
    registered_casus(cast)
    assert log.check() is None
    nothing_left_beside()


def test_an_empty_machine_gets_its_tombstones_from_the_copy(
    cast: Cast, identity: Path, tmp_path: Path, settings: Any
) -> None:
    casus = closed_casus(cast)
    destructions.propose_destruction(casus=casus, by=cast.gemeente, ground="request")
    destructions.approve_destruction(casus=casus, by=cast.privacy_officer)
    sweeps.destroy_approved()
    ledger = settings.TOMBSTONES.read_text()
    assert casus.code in ledger
    call_command("backup", str(tmp_path / "copy"))
    settings.TOMBSTONES.unlink()
    settings.PRIVATE_DIR = tmp_path / "new"
    call_command("restore", str(tmp_path / "copy"), "--identity", str(identity), "--replace")
    assert settings.TOMBSTONES.read_text() == ledger
    # And never twice, when it is there already.
    call_command("restore", str(tmp_path / "copy"), "--identity", str(identity), "--replace")
    assert settings.TOMBSTONES.read_text() == ledger


# --- Refused means untouched ----------------------------------------------------------------------


def state(settings: Any) -> dict[str, Any]:
    """Everything that runs: each row of each table, each file, and the list of tombstones."""
    quote, found = connection.ops.quote_name, {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {quote(table)}")
            found[table] = sorted(map(str, cursor.fetchall()))
    files = {one: private_files.open_file(one).read() for one in private_files.stored()}
    ledger = settings.TOMBSTONES
    return {**found, "files": files, "ledger": ledger.exists() and ledger.read_bytes()}


def nothing_left_beside() -> None:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        assert not list(Path(name).parent.glob(f"{Path(name).name}.*"))
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{name}_%"])
        assert cursor.fetchall() == []


@contextmanager
def one_row_changed() -> Iterator[None]:
    """By somebody who writes in the database past the product, and has no key of the log."""
    entry = AuditEntry.objects.filter(number=3)
    (name,) = entry.values_list("actor_name", flat=True)
    triggers.remove(connection)
    entry.update(actor_name="iemand anders")
    yield
    entry.update(actor_name=name)
    triggers.install(connection)


@contextmanager
def one_row_removed() -> Iterator[None]:
    head = log.head()
    (last,) = AuditEntry.objects.filter(number=head.number)
    triggers.remove(connection)
    AuditEntry.objects.filter(number=head.number).delete()
    yield
    last.save(force_insert=True)
    triggers.install(connection)


@contextmanager
def made_by_a_newer_version() -> Iterator[None]:
    recorder = MigrationRecorder(connection)
    recorder.record_applied("audit", "9999_later")
    yield
    recorder.record_unapplied("audit", "9999_later")


def resigned(folder: Path, **changes: Any) -> None:
    manifest.write(folder, replace(manifest.read(folder), **changes))


def changed_bytes(folder: Path) -> None:
    whole = (folder / DATABASE).read_bytes()
    (folder / DATABASE).write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))


def changed_bytes_and_checksum(folder: Path) -> None:
    """What a plain checksum would not have seen."""
    changed_bytes(folder)
    values = json.loads((folder / manifest.NAME).read_text())
    values["parts"][DATABASE] = manifest.digest(folder / DATABASE)
    (folder / manifest.NAME).write_text(json.dumps(values))


def changed_manifest(folder: Path) -> None:
    values = json.loads((folder / manifest.NAME).read_text())
    (folder / manifest.NAME).write_text(json.dumps({**values, "head_hash": "0" * 64}))


def other_files(folder: Path) -> None:
    """Sealed with the public key, which is no secret, and signed with a key that leaked: only what
    is inside tells."""
    (folder / FILES).unlink()
    with sealed.writing(folder / FILES) as sink:
        sink.write(b"geen archief")
    resigned(folder, parts={**manifest.read(folder).parts, FILES: manifest.digest(folder / FILES)})


TAMPERED = {
    "damaged": (changed_bytes, "beschadigd of veranderd: database.age"),
    "with another checksum": (changed_bytes_and_checksum, "handtekening"),
    "with another head": (changed_manifest, "handtekening"),
    "without a file": (lambda folder: (folder / FILES).unlink(), "niet te lezen"),
    "without a manifest": (lambda folder: (folder / manifest.NAME).unlink(), "geen reservekopie"),
    "no manifest": (lambda folder: (folder / manifest.NAME).write_text("[]"), "geen bestand van"),
    "of another database": (lambda folder: resigned(folder, engine="oracle"), "oracle"),
    "of another format": (lambda folder: resigned(folder, format=1), "andere versie"),
    "with other files": (other_files, "niet te lezen"),
    "without an attachment": (lambda folder: resigned(folder, files=2), "1 bijlagen in plaats van"),
    "without a tombstone": (lambda folder: resigned(folder, tombstones=1), "0 grafstenen"),
    "of another log": (lambda folder: resigned(folder, head_hash="0" * 64), "logboek klopt niet"),
}
WHILE = {
    one_row_changed: "logboek klopt niet bij nummer 3",
    one_row_removed: "this entry is missing",
    made_by_a_newer_version: "nieuwere versie: audit 9999_later",
}


@pytest.fixture
def running(cast: Cast, identity: Path) -> None:
    """A house with something to lose: a dossier with a file, somebody at work, mail that waits."""
    attachment(registered_casus(cast), cast.procesmanager)
    Client().force_login(cast.gemeente)


def refused(folder: Path, identity: Path, why: str, settings: Any) -> None:
    before = state(settings)
    with pytest.raises(CommandError, match=why):
        call_command("restore", str(folder), "--identity", str(identity), "--replace")
    assert state(settings) == before
    nothing_left_beside()


def test_a_tampered_copy_changes_nothing(
    running: None, identity: Path, tmp_path: Path, settings: Any
) -> None:
    call_command("backup", str(tmp_path / "copy"))
    kept = {one.name: one.read_bytes() for one in (tmp_path / "copy").iterdir()}
    for name, (tamper, why) in TAMPERED.items():
        folder = tmp_path / name
        folder.mkdir()
        for file, content in kept.items():
            (folder / file).write_bytes(content)
        tamper(folder)
        refused(folder, identity, why, settings)
    rows = manifest.read(tmp_path / "copy").rows
    resigned(tmp_path / "copy", rows={**rows, "directory_user": rows["directory_user"] + 1})
    refused(tmp_path / "copy", identity, "aantallen niet: directory_user", settings)
    refused(tmp_path / "leeg", identity, "geen reservekopie", settings)


@pytest.mark.parametrize("tampered", WHILE, ids=lambda one: one.__name__)
def test_a_copy_of_a_tampered_database_changes_nothing(
    running: None, identity: Path, tmp_path: Path, settings: Any, tampered: Any
) -> None:
    """The signature is right: only who walks the log finds it."""
    call_command("backup", str(tmp_path / "first"))
    with tampered():
        call_command("backup", str(tmp_path / "copy"))
    refused(tmp_path / "copy", identity, WHILE[tampered], settings)


def test_only_who_holds_the_secret_key_reads_it(
    running: None, identity: Path, tmp_path: Path, settings: Any
) -> None:
    """The machine that made the copy cannot."""
    call_command("backup", str(tmp_path / "copy"))
    for one in (tmp_path / "copy").iterdir():
        raw = one.read_bytes()
        assert one.name == manifest.NAME or raw.startswith(b"age-encryption.org/v1\n")
        assert PDF not in raw and b"Enschede" not in raw
    (tmp_path / "other").write_text(sealed.new_identity()[0])
    refused(tmp_path / "copy", tmp_path / "other", "geheime sleutel past niet", settings)
    refused(tmp_path / "copy", tmp_path / "geen", "geen geheime sleutel", settings)
    settings.BACKUP_KEY = "een andere sleutel"
    refused(tmp_path / "copy", identity, "BACKUP_KEY is een andere", settings)


def test_while_somebody_works_nothing_is_replaced(
    running: None, identity: Path, tmp_path: Path, settings: Any
) -> None:
    call_command("backup", str(tmp_path / "copy"))
    with at_work():
        refused(tmp_path / "copy", identity, "werkt nog iemand met de database", settings)


@contextmanager
def at_work() -> Iterator[None]:
    """Another process: on PostgreSQL with a connection, on SQLite in the middle of writing."""
    here = connection.settings_dict
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(here["NAME"])) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        return
    names = {"host": "HOST", "port": "PORT", "user": "USER", "dbname": "NAME"}
    given = {key: here[name] for key, name in names.items() if here[name]}
    with psycopg.connect(**given, password=here["PASSWORD"] or None):
        yield


# --- Making one -----------------------------------------------------------------------------------


def test_a_copy_is_made_whole_or_not_at_all(
    cast: Cast, identity: Path, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("backup", str(tmp_path / "copy"))
    with pytest.raises(CommandError, match="bestaat al"):
        call_command("backup", str(tmp_path / "copy"))

    def full(key: str) -> None:
        raise OSError("disk full")

    registered_casus(cast)
    monkeypatch.setattr(private_files, "stored", lambda: ["een"])
    monkeypatch.setattr(private_files, "open_file", full)
    with pytest.raises(OSError, match="disk full"):
        call_command("backup", str(tmp_path / "half"))
    settings.BACKUP_RECIPIENTS = []
    with pytest.raises(CommandError, match="geen publieke sleutel"):
        call_command("backup", str(tmp_path / "half"))
    settings.BACKUP_RECIPIENTS = ["age1nee"]
    with pytest.raises(CommandError, match="is geen publieke sleutel"):
        call_command("backup", str(tmp_path / "half"))
    assert not [one for one in tmp_path.iterdir() if "half" in one.name]
    nothing_left_beside()


def test_others_on_the_machine_cannot_read_it(cast: Cast, identity: Path, tmp_path: Path) -> None:
    call_command("backup", str(tmp_path / "copy"))
    call_command("backup_key", str(tmp_path / "key"))
    for one in ("copy", f"copy/{DATABASE}", f"copy/{FILES}", "key"):
        assert (tmp_path / one).stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="bestaat al"):
        call_command("backup_key", str(tmp_path / "key"))


def test_a_pair_of_keys_from_the_command_fits(
    cast: Cast, tmp_path: Path, identity: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("backup_key", str(tmp_path / "key"))
    settings.BACKUP_RECIPIENTS = [capsys.readouterr().out.strip().split("=")[-1]]
    call_command("backup", str(tmp_path / "copy"))
    call_command(
        "restore", str(tmp_path / "copy"), "--identity", str(tmp_path / "key"), "--replace"
    )
