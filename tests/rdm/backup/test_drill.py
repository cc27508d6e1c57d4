"""A drill on an empty machine: the copy comes back beside it, and ten dossiers can be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import TransactionTestCase

from audit import log
from audit.models import AuditEntry
from directory.models import User
from escalation.models import AttachmentVersion, Casus
from rdm.backup.drill import DOSSIERS
from rdm.lib import private_files
from rdm.lib.copies import shelf
from tests.cast import Cast
from tests.escalation.attachments.attached import attachment
from tests.rdm.backup.test_backup import nothing_left_beside, resigned, state
from tests.world import registered_casus

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_copy_of_a_whole_region_comes_back_on_an_empty_machine(
    region: None,
    identity: Path,
    tmp_path: Path,
    settings: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    casussen, people = Casus.objects.count(), User.objects.count()
    keys = set(private_files.stored())
    assert casussen > DOSSIERS and keys
    call_command("backup")
    newest = shelf.newest()
    assert newest and newest.manifest and newest.manifest.files == len(keys)

    TransactionTestCase()._fixture_teardown()
    settings.PRIVATE_DIR = tmp_path / "new"
    call_command("backup_drill", "--identity", str(identity))
    drill = shelf.last_drill()
    assert drill and (drill.dossiers, drill.problem) == (DOSSIERS, "")
    assert drill.made_at == newest.manifest.made_at
    assert f"{DOSSIERS} dossiers" in capsys.readouterr().out
    # Nothing of it was for real.
    assert not Casus.objects.exists() and not list(private_files.stored())
    assert AuditEntry.objects.get().part == "drill"
    nothing_left_beside()

    call_command("restore", str(newest.folder), "--identity", str(identity), "--replace")
    assert (Casus.objects.count(), User.objects.count()) == (casussen, people)
    assert set(private_files.stored()) == keys and log.check() is None


def test_a_drill_that_fails_is_noted_and_touches_nothing(
    cast: Cast, identity: Path, settings: Any
) -> None:
    attachment(registered_casus(cast), cast.procesmanager)
    with pytest.raises(CommandError, match="geen reservekopie"):
        call_command("backup_drill", "--identity", str(identity))
    call_command("backup")
    newest = shelf.newest()
    assert newest
    call_command("backup_drill", "--identity", str(identity))
    good = shelf.last_drill()
    assert good and (good.dossiers, good.files, good.problem) == (1, 1, "")

    before = _without_log(settings)
    resigned(newest.folder, head_hash="0" * 64)
    with pytest.raises(CommandError, match="logboek klopt niet"):
        call_command("backup_drill", "--identity", str(identity))
    noted = shelf.last_drill()
    assert noted and "logboek klopt niet" in noted.problem
    assert AuditEntry.objects.latest("number").outcome == "failed"
    assert _without_log(settings) == before
    nothing_left_beside()


def test_a_file_that_is_gone_and_a_page_that_breaks_are_found(cast: Cast, identity: Path) -> None:
    casus = registered_casus(cast)
    attachment(casus, cast.procesmanager)
    private_files.remove(AttachmentVersion.objects.get().key)
    call_command("backup")
    with pytest.raises(CommandError, match=f"{casus.code}: .*bijlagen.* geeft 403"):
        call_command("backup_drill", "--identity", str(identity))


def _without_log(settings: Any) -> dict[str, Any]:
    return {key: rows for key, rows in state(settings).items() if not key.startswith("audit_audit")}
