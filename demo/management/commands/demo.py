"""`manage.py demo`: everything ready, web and sweeps running, one address. Ctrl-C stops it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import IO, Any
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import override_settings

from demo.people import PASSWORD, PERSONAS
from directory.models import Region, User
from rdm.checks import refuse_unsafe_start

HOST = "127.0.0.1"
START_SECONDS = 60
STOP_SECONDS = 10
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopped(Exception):
    """Somebody pressed Ctrl-C, or asked this process to stop."""


class Command(BaseCommand):
    help = "Start de demo: verzonnen mensen en casussen, de website en de veegrondes."
    # The checks load every page of the product, and the web process does that again a moment
    # later. What matters here is asked in `handle`.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="de poort (standaard 8000)")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if not 1 <= port <= 65535:
            raise CommandError("Kies een poort van 1 tot en met 65535.")
        try:
            refuse_unsafe_start()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None
        before = {number: signal.signal(number, _stop) for number in STOP_SIGNALS}
        children: list[subprocess.Popen[bytes]] = []
        try:
            _refuse_taken(port)
            with override_settings(SITE_URL=f"http://{HOST}:{port}"):
                self._prepare()
            log_path = Path(settings.VAR_DIR) / "demo.log"
            with log_path.open("ab") as log:
                children += _start(port, log)
                _wait_until_it_answers(port, children, log_path)
                self._tell(port, log_path)
                _watch(children, log_path)
        except Stopped:
            self.stdout.write("\nDe demo stopt.")
        finally:
            _end(children)
            for number, handler in before.items():
                signal.signal(number, handler)

    def _prepare(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("· Database bijwerken")
            call_command("migrate", verbosity=0)
        if not Region.objects.exists():
            from demo import world  # heavy, and needed once

            self.stdout.write("· Verzonnen mensen en casussen maken (eenmalig)")
            self.stdout.flush()
            world.load()
        elif not User.objects.filter(email=PERSONAS[0].email).exists():
            raise CommandError(
                "In deze database staan gegevens die niet van de demo zijn. "
                "Geef DATABASE_URL een andere, lege database."
            )

    def _tell(self, port: int, log_path: Path) -> None:
        width = max(len(person.name) for person in PERSONAS)
        lines = [
            "",
            f"De demo draait op http://{HOST}:{port}/",
            "",
            "Inloggen kan met één klik, als:",
            *(f"  {person.name:<{width}}  {person.work}" for person in PERSONAS),
            "",
            f"Of met e-mailadres (zoals {PERSONAS[0].email}) en wachtwoord: {PASSWORD}",
            f"Mail gaat de deur niet uit, maar staat op /demo/mail/. Logboek: {log_path}",
            "Stoppen: Ctrl-C",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def _refuse_taken(port: int) -> None:
    """CommandError when somebody already listens on this port."""
    with socket.socket() as probe:
        # As gunicorn does: a port that was just left is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Poort {port} is niet vrij ({error.strerror}). Draait de demo al? "
                f"Kies anders een andere poort: make demo PORT={port + 1}"
            ) from None


def child_environment(port: int, environment: Mapping[str, str]) -> dict[str, str]:
    """What the web process and the sweeps get to see; never production, never a mail server."""
    kept = {
        name: value
        for name, value in environment.items()
        if name not in ("RDM_PRODUCTION", "RDM_DEBUG", "EMAIL_HOST")
    }
    return {**kept, "RDM_DEMO": "1", "SITE_URL": f"http://{HOST}:{port}"}


def _start(port: int, log: IO[bytes]) -> list[subprocess.Popen[bytes]]:
    environment = child_environment(port, os.environ)
    web = ["-m", "gunicorn", "rdm.wsgi", "--bind", f"{HOST}:{port}", "--threads", "8"]
    # Memory and not disk for the sign of life of the worker, and no waiting for open pages.
    web += ["--worker-tmp-dir", _fast_folder(), "--graceful-timeout", "3"]
    return [
        subprocess.Popen(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            # An own session: Ctrl-C reaches this command only, which then stops them in order.
            start_new_session=True,
        )
        for arguments in (web, ["manage.py", "sweep"])
    ]


def _fast_folder() -> str:
    shared = "/dev/shm"
    return shared if os.access(shared, os.W_OK) else str(settings.VAR_DIR)


def _wait_until_it_answers(
    port: int, children: list[subprocess.Popen[bytes]], log_path: Path
) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        _refuse_dead(children, log_path)
        try:
            with urlopen(f"http://{HOST}:{port}/gezond/live/", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise CommandError(f"De website gaf binnen {START_SECONDS} seconden geen antwoord: {log_path}")


def _watch(children: list[subprocess.Popen[bytes]], log_path: Path) -> None:
    while True:
        _refuse_dead(children, log_path)
        time.sleep(0.5)


def _refuse_dead(children: list[subprocess.Popen[bytes]], log_path: Path) -> None:
    for child in children:
        if child.poll() is not None:
            raise CommandError(f"Een onderdeel van de demo is gestopt. Kijk in {log_path}.")


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask every child to stop, and make it when it does not."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
