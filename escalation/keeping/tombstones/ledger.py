"""The list of destroyed casussen that is kept outside the database (promise 9).

One JSON object a line, only ever added to. A backup from before a destruction brings the casus
back; the list says that it must go again. It holds codes, dates and names of staff, no content.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from escalation.models import Destruction


def place() -> Path:
    return Path(settings.TOMBSTONES)


def append(destruction: Destruction) -> None:
    """Add one tombstone; on the disk before this returns."""
    line = json.dumps(destruction.as_line(), ensure_ascii=False, sort_keys=True)
    handle = os.open(place(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(f"{line}\n")
        file.flush()
        os.fsync(file.fileno())


def lines(path: Path | None = None) -> Iterator[dict[str, Any]]:
    """Every tombstone in the list, the oldest first; none when there is no list yet."""
    path = path or place()
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)
