"""Room on the disk: how much there is, and the errors that say there is none."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_POSTGRESQL_FULL = "53100"


def is_full(error: BaseException | None) -> bool:
    """Whether this error, or one that it came from, says that a disk is full: that of the program
    or that of its database."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            return True
        if getattr(error, "sqlstate", None) == _POSTGRESQL_FULL:
            return True
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False


def free_percent(folder: Path) -> int:
    """How much of the disk that `folder` is on is free, in whole percents rounded down."""
    used = shutil.disk_usage(folder)
    return used.free * 100 // used.total
