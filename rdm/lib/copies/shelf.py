"""The folder with all copies, `settings.BACKUP_DIR`: which there are, and when was the last drill.

What stands in the folder counts, and no row in a database: of a house that was put back the rows
would tell of another day, and a copy that somebody took away is no copy.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from pathlib import Path

from django.conf import settings

from rdm.lib import clock
from rdm.lib.copies import CopyRefused, manifest
from rdm.lib.copies.manifest import Manifest

DRILL = "drill.json"
# Begins with a dot: not a copy yet, or no copy any more.
HALF = ".half-"


@dataclass(frozen=True)
class Copy:
    """One copy on the shelf. Without `manifest` it is not to be trusted, and `problem` says why."""

    folder: Path
    size: int
    manifest: Manifest | None
    problem: str = ""


@dataclass(frozen=True)
class Drill:
    """The last time that somebody put a copy back to see whether it can be done. `problem` is what
    went wrong, in Dutch, or nothing."""

    at: str
    made_at: str
    dossiers: int
    files: int
    seconds: int
    problem: str = ""

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)

    @property
    def copy_moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


def place() -> Path:
    return Path(settings.BACKUP_DIR)


def copies() -> list[Copy]:
    """Every copy on the shelf, the newest first. Manifests are read, what they promise is not: that
    would mean reading everything."""
    if not place().is_dir():
        return []
    folders = (one for one in place().iterdir() if one.is_dir() and one.name[0] != ".")
    return [_copy(one) for one in sorted(folders, reverse=True)]


def newest() -> Copy | None:
    """The newest copy that is signed by us."""
    good = [(one.manifest.moment, one) for one in copies() if one.manifest]
    return max(good, key=itemgetter(0))[1] if good else None


def next_folder() -> Path:
    """Where a copy of this moment goes; sorts by time."""
    return place() / clock.now().strftime("%Y-%m-%dT%H%M%SZ")


@contextmanager
def alone() -> Iterator[bool]:
    """Whether nobody else is making or throwing away copies; while this lasts, nobody will."""
    place().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (place() / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def forget(*, days: int) -> int:
    """Throw away every copy that is older than so many days, and what broke off halfway; how many.

    Never the newest good one: however old it is, there is nothing better.
    """
    for half in place().glob(f"{HALF}*"):
        shutil.rmtree(half, ignore_errors=True)
    kept, oldest = newest(), clock.now() - timedelta(days=days)
    gone = [
        one
        for one in copies()
        if kept and one.folder != kept.folder and one.manifest and one.manifest.moment < oldest
    ]
    for one in gone:
        # First out of sight: half a copy must not stand there as a whole one.
        aside = one.folder.rename(one.folder.with_name(f"{HALF}{one.folder.name}"))
        shutil.rmtree(aside)
    return len(gone)


def note_drill(drill: Drill) -> None:
    place().mkdir(parents=True, exist_ok=True, mode=0o700)
    manifest.write_signed(place() / DRILL, asdict(drill))


def last_drill() -> Drill | None:
    """None when there was none, or somebody else wrote what stands there."""
    try:
        values = manifest.read_signed(place() / DRILL)
    except CopyRefused:
        return None
    return Drill(**values) if values else None


def _copy(folder: Path) -> Copy:
    size = sum(one.stat().st_size for one in folder.iterdir() if one.is_file())
    try:
        return Copy(folder, size, manifest.read(folder))
    except CopyRefused as error:
        return Copy(folder, size, None, str(error))
