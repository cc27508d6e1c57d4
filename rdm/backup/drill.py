"""Trying whether a copy can be put back, without touching what runs.

A copy that nobody ever put back is a hope. This one goes beside the real database, is checked
whole, and some of its dossiers are read page by page; then it is thrown away, and the shelf keeps
when it was and what came of it.
"""

from __future__ import annotations

import time
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from audit import log
from rdm.backup.restoring import checked
from rdm.lib import clock
from rdm.lib.copies import CopyRefused, manifest, shelf
from rdm.lib.copies.sealed import Identity
from rdm.lib.copies.shelf import Drill

DOSSIERS = 10


def drill(folder: Path, keys: list[Identity]) -> Drill:
    """Put the copy in `folder` back beside what runs and read ten dossiers; how it went.
    CopyRefused only when there is no copy of ours: every other fault is an outcome too."""
    made_at = manifest.read(folder).made_at
    began = time.monotonic()
    dossiers = files = 0
    problem = ""
    try:
        with checked(folder, keys) as (found, beside), beside.inside():
            dossiers, files = import_string(settings.RESTORED_HOUSE["walk"])(DOSSIERS)
            if found.missing:
                problem = f"{found.missing} bijlagen ontbreken in de kopie."
    except (CopyRefused, LookupError) as error:
        problem = str(error)
    done = Drill(
        at=clock.now().isoformat(),
        made_at=made_at,
        dossiers=dossiers,
        files=files,
        seconds=round(time.monotonic() - began),
        problem=problem,
    )
    shelf.note_drill(done)
    outcome = "failed" if problem else "ok"
    log.record(actor=None, action="read", object_type="backup", part="drill", outcome=outcome)
    return done
