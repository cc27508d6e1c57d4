"""`manage.py reapply_tombstones`: after restoring a backup, destroy again what was destroyed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from escalation.keeping.tombstones import ledger as tombstones
from escalation.management.restored import destroy_again


class Command(BaseCommand):
    help = "Vernietigt opnieuw wat al vernietigd was, na het terugzetten van een back-up."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--list", type=Path, help="de lijst met vernietigde casussen (RDM_TOMBSTONES)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["list"] or tombstones.place()
        if not path.exists():
            raise CommandError(f"Er is geen lijst op {path}. Wijs de goede lijst aan met --list.")
        again = destroy_again(path)
        found = sum(1 for _ in tombstones.lines(path))
        self.stdout.write(f"{found} op de lijst, {again} opnieuw vernietigd.")
