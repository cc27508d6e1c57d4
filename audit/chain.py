"""The arithmetic of the chain: pure functions from values to a keyed hash (security.md, promise 2).

HMAC-SHA256 with `settings.AUDIT_KEY`. Without the key nobody can make an entry, or a head, that
fits; so a beheerder with write access to the database but without the key is found out. The key
belongs to the whole life of a log: with another key the check fails at number 1.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from django.conf import settings
from django.utils.encoding import force_bytes

START = "0" * 64
"""What stands in for the previous hash at number 1."""

FIELDS = (
    "number",
    "at",
    "actor_id",
    "actor_name",
    "role",
    "organisation",
    "action",
    "object_type",
    "object_id",
    "part",
    "purpose",
    "outcome",
    "origin",
    "request_id",
)
"""Every field of an entry except its hash. A test holds this equal to the model."""

Value = str | int | datetime | None


def entry_hash(previous: str, values: Mapping[str, Value]) -> str:
    """Hash (64 hex digits) of one entry that follows the hash `previous`."""
    return _keyed("entry", {"previous": previous, **{f: _plain(values[f]) for f in FIELDS}})


def head_seal(number: int, head_hash: str) -> str:
    """Keyed hash over the head itself, see `AuditHead`."""
    return _keyed("head", {"number": number, "hash": head_hash})


def watch_seal(number: int, entry_hash: str) -> str:
    """Keyed hash over how far the log was looked at, see `AuditWatch`."""
    return _keyed("watch", {"number": number, "hash": entry_hash})


def same(one: str, other: str) -> bool:
    """Compare in constant time; a tampered column may hold anything, also non-ASCII."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def _keyed(kind: str, values: Mapping[str, str | int | None]) -> str:
    # `kind` keeps a head from ever being passed off as an entry.
    text = json.dumps([kind, values], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hmac.new(
        force_bytes(settings.AUDIT_KEY), text.encode("ascii"), hashlib.sha256
    ).hexdigest()


def _plain(value: Value) -> str | int | None:
    if isinstance(value, datetime):
        # Always UTC and always six digits: both databases give back the same text.
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value
