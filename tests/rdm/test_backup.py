"""The drill: a backup, a disaster, and everything back as it was (security.md, promise 10)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit import log, triggers
from audit.models import AuditEntry
from directory.models import User
from escalation.models import Casus
from outbox import queue
from outbox.models import Message
from rdm import backup
from tests.cast import Cast
from tests.conftest import missing
from tests.world import registered_casus

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def programs() -> None:
    if connection.vendor == "postgresql" and not (shutil.which("pg_dump") and shutil.which("psql")):
        missing("pg_dump of psql")


def test_the_drill(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    casus = registered_casus(cast, situation="Verzonnen situatie.")
    queue.put(key="waiting", to="a@voorbeeld.example", subject="s", body="b")
    client = Client()
    client.force_login(cast.gemeente)
    Message.objects.exclude(key="waiting").update(state="sent", sent_at=casus.created_at)
    call_command("backup", str(tmp_path / "copy"))
    said = json.loads((tmp_path / "copy" / "manifest.json").read_text())
    assert said["rows"]["directory_user"] == User.objects.count()
    assert said["head_number"] == log.head().number == said["rows"]["audit_auditentry"]

    # What came later, what went, and a log that was cut off by somebody with the database.
    later = registered_casus(cast)
    Casus.objects.filter(pk=casus.pk).update(situation="weg")
    triggers.remove(connection)
    AuditEntry.objects.filter(number__gt=5).delete()
    triggers.install(connection)
    assert log.check() is not None

    with pytest.raises(CommandError, match="staan al gegevens"):
        call_command("restore", str(tmp_path / "copy"))
    call_command("restore", str(tmp_path / "copy"), "--replace")
    assert Casus.objects.get(pk=casus.pk).situation == "Verzonnen situatie."
    assert not Casus.objects.filter(code=later.code).exists()
    assert log.check(log.Head(said["head_number"], said["head_hash"])) is None
    assert AuditEntry.objects.latest("number").object_type == "backup"
    # Nobody is signed in any more, and nothing goes out twice.
    assert not Session.objects.exists()
    assert client.get(reverse("casus_list")).status_code == 302
    held = Message.objects.get(key="waiting")
    assert (held.state, held.last_error) == ("failed", "RestoredFromBackup")
    assert "1 e-mails wachtten" in capsys.readouterr().out
    assert queue.retry_failed(held.pk) == 1
    # And the house goes on from there.
    registered_casus(cast)
    assert log.check() is None


def test_a_backup_that_was_changed_is_not_put_back(cast: Cast, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    backup.make(folder)
    with pytest.raises(CommandError, match="bestaat al"):
        call_command("backup", str(folder))
    copy = folder / backup.FILES[connection.vendor]
    whole = copy.read_bytes()
    copy.write_bytes(whole + b" ")
    with pytest.raises(CommandError, match="beschadigd"):
        call_command("restore", str(folder), "--replace")
    copy.write_bytes(whole)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "head_hash": "0" * 64}))
    with pytest.raises(CommandError, match="logboek klopt niet"):
        call_command("restore", str(folder), "--replace")
    (folder / "manifest.json").write_text(json.dumps({**manifest, "engine": "oracle"}))
    with pytest.raises(CommandError, match="oracle"):
        call_command("restore", str(folder), "--replace")
    with pytest.raises(CommandError, match="geen reservekopie"):
        call_command("restore", str(tmp_path / "leeg"))


def test_others_on_the_machine_cannot_read_it(cast: Cast, tmp_path: Path) -> None:
    backup.make(tmp_path / "copy")
    assert (tmp_path / "copy").stat().st_mode & 0o077 == 0
    assert (tmp_path / "copy" / backup.FILES[connection.vendor]).stat().st_mode & 0o077 == 0
