"""Files that only a view may hand out, in a folder that no web server serves.

On disk a file has a random key and nothing else: no name, no extension, nothing about a casus. The
database knows what belongs to a key, so a file comes after its reservation and goes after its row
(escalation.attachments.actions).
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from django.conf import settings

_KEY = re.compile("[0-9a-f]{32}")


def new_key() -> str:
    return uuid4().hex


def write(key: str, chunks: Iterable[bytes]) -> None:
    """Keep these bytes under a new key. On disk when this returns, also if the power fails."""
    path = _path(key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Never over another file, and readable for nobody else on this machine.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "wb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    _sync(path.parent)


def open_file(key: str) -> BinaryIO:
    """Raises FileNotFoundError when it is not there (a backup without its files)."""
    return _path(key).open("rb")


def remove(key: str) -> None:
    """The bytes are gone when this returns; they may have been gone before."""
    path = _path(key)
    path.unlink(missing_ok=True)
    if path.parent.is_dir():
        _sync(path.parent)


def exists(key: str) -> bool:
    return _path(key).exists()


def stored() -> Iterator[str]:
    """The key of every file that is here, in order."""
    for folder in _folders(_root()):
        yield from sorted(one.name for one in folder.iterdir() if _KEY.fullmatch(one.name))


def replace_all(beside: Path) -> None:
    """From now on what lies in `beside`, a folder on the same disk, is here, and nothing else."""
    wanted = set()
    for folder in _folders(beside):
        (_root() / folder.name).mkdir(mode=0o700, exist_ok=True)
        for one in folder.iterdir():
            wanted.add(one.name)
            one.replace(_root() / folder.name / one.name)
    for key in list(stored()):
        if key not in wanted:
            remove(key)
    shutil.rmtree(beside)


def _folders(root: Path) -> list[Path]:
    return sorted(one for one in root.glob("[0-9a-f][0-9a-f]") if one.is_dir())


def _root() -> Path:
    return Path(settings.PRIVATE_DIR)


def _path(key: str) -> Path:
    if not _KEY.fullmatch(key):
        raise ValueError("this is not a key of a private file")
    return _root() / key[:2] / key


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
