"""A house that can be copied and put back: folders of its own, and the two keys."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from rdm.lib.copies import sealed
from tests.conftest import missing


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
