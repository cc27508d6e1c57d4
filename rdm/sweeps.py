"""The sweeps of the house, found through settings.SWEEPS: work that nobody's click starts."""

from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections
from django.utils.module_loading import import_string


def function(path: str) -> Callable[[], object]:
    """The sweep at `path`; ValueError when the settings do not name it as a sweep.

    The check matters: the path arrives over the broker, and nobody who reaches the broker may
    choose what the worker calls.
    """
    if path not in settings.SWEEPS:
        raise ValueError(f"{path} is not in settings.SWEEPS")
    found: Callable[[], object] = import_string(path)
    return found


def run(path: str) -> None:
    """Run one sweep, with a database connection that is not older than the settings allow."""
    sweep = function(path)
    close_old_connections()
    try:
        sweep()
    finally:
        close_old_connections()
