"""Typed reading of environment variables.

A wrong value stops the start with the name of the variable: a typing error in a setting
must never quietly become a default.
"""

import os
import re
from collections.abc import Mapping
from email.policy import default as policy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_YES = {"1", "true", "yes", "ja", "on"}
_NO = {"0", "false", "no", "nee", "off", ""}
# What is said of PostgreSQL besides DATABASE_HOST.
DATABASE_PARTS = tuple(
    f"DATABASE_{part}" for part in ("PORT", "NAME", "USER", "PASSWORD", "SSLMODE", "SSLROOTCERT")
)


def text(name: str, default: str = "") -> str:
    """The value of `name`, or the content of the file that `name`_FILE points at."""
    return secret(name, default).strip()


def secret(name: str, default: str = "") -> str:
    """As `text`, but to the letter: a password may begin or end with a space.

    Of a file only the end of the last line goes, as the images of others do it too.
    """
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").rstrip("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(f"{name}_FILE: {path} is niet te lezen.") from error
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in _YES:
        return True
    if value.strip().lower() in _NO:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: verwacht 1 of 0.")


def number(name: str, default: int, *, minimum: int = 0) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        result = int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r}: verwacht een heel getal.") from error
    if result < minimum:
        raise ImproperlyConfigured(f"{name}={value!r}: verwacht {minimum} of hoger.")
    return result


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """A comma separated list."""
    value = text(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else list(default)


def host(name: str, default: str = "") -> str:
    """The name or IP address of one machine; nothing besides."""
    return _machine(name, text(name, default))


def postgres_host(name: str) -> str:
    """Where PostgreSQL is, as libpq takes it: machines with commas, or the folder of a socket."""
    return _machine(name, text(name), also=",/")


def hosts(name: str, default: tuple[str, ...]) -> list[str]:
    """A comma separated list of names of machines."""
    return [_machine(name, one) for one in words(name, default)]


def _machine(name: str, value: str, also: str = "") -> str:
    refused = set("@?#,/\\") - set(also)
    if refused & set(value) or re.search(r"\s|://", value) or value.count(":") == 1:
        raise ImproperlyConfigured(f"{name}: verwacht alleen de naam van een machine.")
    return value


def mailbox(name: str, default: str) -> str:
    """One sender: an address, with or without a name. A comma in the name makes two of it."""
    value = text(name, default)
    found: Any = policy.header_factory("From", value)
    if len(found.addresses) != 1 or found.defects or "@" not in found.addresses[0].addr_spec:
        raise ImproperlyConfigured(
            f"{name}={value!r}: verwacht één afzender. Zet een naam met een komma of een ander "
            "leesteken tussen aanhalingstekens."
        )
    return value


def url(name: str, default: str, *schemes: str) -> str:
    """An address that starts with one of `schemes`, without a slash at the end.

    Somebody pastes a password into it, and then a sign of the password ends the part that it
    stands in: the rest would be read as another machine. What can only come of that is refused.
    """
    value = text(name) or default
    if value and not value.startswith(tuple(f"{scheme}://" for scheme in schemes)):
        raise ImproperlyConfigured(f"{name}: verwacht een adres dat begint met {schemes}.")
    if value and not _is_whole(value):
        # Without the value: there may be a password in it.
        raise ImproperlyConfigured(
            f"{name}: dit adres is niet te lezen. Staat er een wachtwoord in met een teken als "
            "# ? / of @? Geef de delen dan apart (_HOST, _PASSWORD); de README noemt ze."
        )
    return value.rstrip("/")


def endpoint(name: str, default: str, *schemes: str) -> str:
    """As `url`, but of one machine (with or without a port) or one file, and nothing besides.

    A path, a query or a user would be lost, or end up in the middle of every link.
    """
    if re.search(r"[?#]|://[^/]*@|://[^/]+/+[^/]", text(name)):
        # Without the value: there may be a password in it.
        raise ImproperlyConfigured(
            f"{name}: verwacht alleen een machine, met of zonder poort, of een bestand. Haal een "
            "gebruiker, een wachtwoord, een pad en alles vanaf ? of # weg."
        )
    return url(name, default, *schemes)


def _is_whole(address: str) -> bool:
    """Whether every sign in `address` stands in the part that it was meant for."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # ValueError when it is no number
    except ValueError:
        return False
    named = bool(parts.hostname) or parts.scheme not in ("http", "https", "tcp")
    behind = f"{parts.path}?{parts.query}"
    return named and not parts.fragment and not (parts.netloc and "@" in behind)


def only_one(address: str, *parts: str) -> None:
    """Refuse an address beside a part that says the same thing in another way."""
    for part in parts:
        if text(address) and text(part):
            raise ImproperlyConfigured(f"{part} en {address}: geef er één van de twee.")


def only_with(machine: str, *parts: str) -> None:
    """Refuse parts that would count for nothing, because nobody named the machine."""
    given = [part for part in parts if text(part)]
    if given and not text(machine):
        raise ImproperlyConfigured(
            f"{', '.join(given)}: dit telt alleen mee samen met {machine}. Geef {machine} ook, of "
            "haal dit weg."
        )


def of_database(database: Mapping[str, Any]) -> dict[str, str]:
    """The variables with which another process finds this `database` (as Django keeps it)."""
    if database["ENGINE"].endswith("sqlite3"):
        # What the other process would inherit must not speak against it.
        none = {f"{name}{end}": "" for name in DATABASE_PARTS for end in ("", "_FILE")}
        return {**none, "DATABASE_HOST": "", "DATABASE_URL": f"sqlite:///{database['NAME']}"}
    parts = ("HOST", "PORT", "NAME", "USER", "PASSWORD")
    given = {f"DATABASE_{part}": str(database[part]) for part in parts if database[part]}
    return {"DATABASE_HOST": "127.0.0.1", **given, "DATABASE_URL": ""}
