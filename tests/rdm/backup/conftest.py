"""A house that can be copied and put back: folders of its own, and the two keys."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from demo import world
from escalation.management import restored
from rdm.lib import private_files
from rdm.lib.copies import sealed
from tests.conftest import missing
from tests.snapshot import remember


@pytest.fixture
def identity(tmp_path: Path, settings: Any) -> Path:
    """The file with the secret key; the house knows the public one."""
    programs = ("pg_dump", "pg_restore")
    if connection.vendor == "postgresql" and not all(shutil.which(one) for one in programs):
        missing("pg_dump of pg_restore")
    secret, public = sealed.new_identity()
    (tmp_path / "identity").write_text(f"# public key: {public}\n{secret}\n")
    settings.BACKUP_RECIPIENTS = [public]
    settings.PRIVATE_DIR = tmp_path / "private"
    settings.TOMBSTONES = tmp_path / "tombstones.jsonl"
    settings.BACKUP_DIR = tmp_path / "copies"
    return tmp_path / "identity"


@pytest.fixture
def region(identity: Path, settings: Any) -> None:
    """The people, the two years and the files of the demo, whatever the database."""
    here = settings.PRIVATE_DIR
    # Where other tests that put the same rows back find the files too.
    settings.PRIVATE_DIR = Path(os.environ["RDM_PRIVATE_DIR"])
    remember("demo", world.load)
    files = [(key, private_files.open_file(key)) for key in restored.file_keys()]
    settings.PRIVATE_DIR = here
    for key, file in files:
        with file:
            private_files.write(key, [file.read()])
