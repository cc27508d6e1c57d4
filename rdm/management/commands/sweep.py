"""The embedded loop: every sweep at its own interval, without Redis."""

import logging
import signal
import threading
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from rdm import sweeps

log = logging.getLogger("rdm.sweep")


class Command(BaseCommand):
    help = "Voert de veegrondes uit (berichten, herinneringen), elk op de eigen tijd."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="één ronde, en dan klaar")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            failed = [path for path in settings.SWEEPS if not run_safely(path)]
            if failed:
                raise CommandError(f"Mislukt: {', '.join(failed)}")
            return
        stop = threading.Event()

        def ask_to_stop(number: int, frame: FrameType | None) -> None:
            stop.set()

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, ask_to_stop)
        loop(stop)


def run_safely(path: str) -> bool:
    """Run one sweep; a failure is logged and never reaches the others."""
    try:
        sweeps.run(path)
    except Exception:
        log.exception("sweep failed", extra={"sweep": path})
        return False
    return True


def loop(stop: threading.Event) -> None:
    """Run every sweep when it is due, until `stop` is set; a run under way is finished."""
    due = dict.fromkeys(settings.SWEEPS, time.monotonic())
    while not stop.is_set():
        for path, moment in due.items():
            if stop.is_set():
                return
            if moment <= time.monotonic():
                run_safely(path)
                due[path] = time.monotonic() + settings.SWEEPS[path]
        stop.wait(max(0.05, min(due.values(), default=60.0) - time.monotonic()))
