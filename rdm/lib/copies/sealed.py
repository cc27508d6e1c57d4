"""Files that only the holder of a key elsewhere can read (age, https://age-encryption.org/v1).

The house knows the public keys, `settings.BACKUP_RECIPIENTS`, and can write such a file but not
read it again. What goes through is never whole in memory, and never on the disk in the clear.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

import pyrage
from django.conf import settings

from rdm.lib.copies import CopyRefused

Identity = Any
BLOCK = 1 << 20


def recipients() -> list[Any]:
    """The public keys of the settings; CopyRefused when there is none, or one is no key."""
    if not settings.BACKUP_RECIPIENTS:
        raise CopyRefused(
            "Er is geen publieke sleutel om mee te versleutelen. Maak er een met `backup_key`, en "
            "geef die als RDM_BACKUP_RECIPIENTS."
        )
    try:
        return [pyrage.x25519.Recipient.from_str(one) for one in settings.BACKUP_RECIPIENTS]
    except pyrage.RecipientError:
        raise CopyRefused("RDM_BACKUP_RECIPIENTS is geen publieke sleutel (age1…).") from None


def new_identity() -> tuple[str, str]:
    """A pair of keys: the secret one, and the public one."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def identities(path: Path) -> list[Identity]:
    """The secret keys in a file as age-keygen writes it: one a line, besides comments."""
    try:
        lines = path.read_text(encoding="utf-8").split()
        found = [one for one in lines if one.startswith("AGE-SECRET-KEY-")]
        keys = [pyrage.x25519.Identity.from_str(one) for one in found]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError):
        keys = []
    if not keys:
        raise CopyRefused(f"In {path} staat geen geheime sleutel (AGE-SECRET-KEY-…).")
    return keys


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, of which everything comes sealed in `path`, which is new."""
    keys = recipients()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)

    def seal(plain: IO[bytes]) -> None:
        with os.fdopen(handle, "wb") as target:
            pyrage.encrypt_io(plain, target, keys)
            target.flush()
            os.fsync(target.fileno())

    from_here, to_here = os.pipe()
    with ThreadPoolExecutor(1) as beside:
        done = beside.submit(_with, os.fdopen(from_here, "rb"), seal)
        with os.fdopen(to_here, "wb") as sink:
            yield sink
        done.result()


@contextmanager
def reading(path: Path, keys: list[Identity]) -> Iterator[BinaryIO]:
    """What was sealed in `path`, to read from start to end; CopyRefused when no key fits."""

    def unseal(sink: IO[bytes]) -> None:
        with path.open("rb") as source:
            pyrage.decrypt_io(source, sink, keys)

    from_here, to_here = os.pipe()
    with ThreadPoolExecutor(1) as beside, os.fdopen(from_here, "rb") as plain:
        done = beside.submit(_with, os.fdopen(to_here, "wb"), unseal)
        try:
            yield plain
            # Whoever read may have seen enough; the end of the file is still to be proven.
            while plain.read(BLOCK):
                pass
            done.result()
        except Exception:
            plain.close()
            if isinstance(done.exception(), pyrage.DecryptError):
                raise CopyRefused("Deze geheime sleutel past niet op de reservekopie.") from None
            raise


def _with(file: IO[bytes], work: Callable[[IO[bytes]], None]) -> None:
    """Closed when the work ends, however it ends: the other side must never wait for ever."""
    with file:
        work(file)
