"""Typed reading of environment variables.

A wrong value stops the start with the name of the variable: a typing error in a setting
must never quietly become a default.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_YES = {"1", "true", "yes", "ja", "on"}
_NO = {"0", "false", "no", "nee", "off", ""}


def text(name: str, default: str = "") -> str:
    """The value of `name`, or the content of the file that `name`_FILE points at (a secret)."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE: {path} is niet te lezen.") from error
    return os.environ.get(name, default).strip()


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


def url(name: str, default: str, *schemes: str) -> str:
    """An address that starts with one of `schemes`, without a slash at the end."""
    value = text(name, default)
    if value and not value.startswith(tuple(f"{scheme}://" for scheme in schemes)):
        raise ImproperlyConfigured(f"{name}: verwacht een adres dat begint met {schemes}.")
    return value.rstrip("/")
