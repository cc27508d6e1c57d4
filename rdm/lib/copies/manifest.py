"""What a copy must hold, signed (security.md, promise 10).

The signature is an HMAC with `settings.BACKUP_KEY` over the manifest, which holds the SHA-256 of
every file of the copy: so over everything. A plain checksum would prove damage and no tampering,
because whoever changes a file can change its checksum too. The key is one of its own: who may read
the audit log must not be able to make a copy that passes for one of ours.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.encoding import force_bytes

from rdm.lib.copies import CopyRefused
from rdm.lib.numbers import whole

FORMAT = 2
NAME = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """`parts` has the SHA-256 of every file of the copy, `rows` how many each table has,
    `migrations` the last one of each app, and the head is that of the audit log."""

    format: int
    made_at: str
    engine: str
    parts: dict[str, str]
    rows: dict[str, int]
    files: int
    tombstones: int
    migrations: dict[str, str]
    head_number: int
    head_hash: str

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    @property
    def total(self) -> str:
        """All rows together, as it is read."""
        return whole(sum(self.rows.values()))


def write(folder: Path, manifest: Manifest) -> None:
    write_signed(folder / NAME, asdict(manifest))


def read(folder: Path) -> Manifest:
    """The manifest of the copy in `folder`; CopyRefused when there is none, or not one of ours."""
    values = read_signed(folder / NAME)
    if values is None:
        raise CopyRefused(f"In {folder} staat geen reservekopie.")
    if values.get("format") != FORMAT or set(values) != {one.name for one in fields(Manifest)}:
        raise CopyRefused(f"De reservekopie in {folder} is van een andere versie.")
    return Manifest(**values)


def digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise CopyRefused(f"{path} is niet te lezen.") from None


def check_parts(folder: Path, manifest: Manifest) -> None:
    """CopyRefused when a file of the copy is not what was signed."""
    wrong = [name for name, known in manifest.parts.items() if digest(folder / name) != known]
    if wrong:
        raise CopyRefused(
            f"De reservekopie is beschadigd of veranderd: {', '.join(wrong)}. Neem een andere."
        )


# --- Any small file with a signature --------------------------------------------------------------


def write_signed(path: Path, values: Mapping[str, Any]) -> None:
    text = json.dumps({**values, "signature": _signature(path.name, values)}, indent=2)
    path.write_text(f"{text}\n", encoding="utf-8")


def read_signed(path: Path) -> dict[str, Any] | None:
    """What stands in it, or None when there is no such file; CopyRefused when it is not ours.

    Nothing of it is used before the signature was found right.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        given = str(values.pop("signature"))
    except OSError:
        return None
    except (ValueError, TypeError, AttributeError, KeyError):
        raise CopyRefused(f"{path} is geen bestand van dit programma.") from None
    if not hmac.compare_digest(given.encode(), _signature(path.name, values).encode()):
        raise CopyRefused(
            f"De handtekening van {path} klopt niet. Het is veranderd, of BACKUP_KEY is een andere "
            "dan toen."
        )
    return dict(values)


def _signature(name: str, values: Mapping[str, Any]) -> str:
    # With the name: what is signed as one kind of file never passes for another.
    text = json.dumps([name, values], sort_keys=True, separators=(",", ":"))
    return hmac.new(force_bytes(settings.BACKUP_KEY), text.encode(), hashlib.sha256).hexdigest()
