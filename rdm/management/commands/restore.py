"""`manage.py restore FOLDER`: put a backup back, and check that it is whole (promise 10)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rdm import backup


class Command(BaseCommand):
    help = "Zet een reservekopie terug. Stop eerst de website en de veegrondes."
    # The database may be empty: the checks would ask it things.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="de map van `manage.py backup`")
        parser.add_argument(
            "--replace", action="store_true", help="wat nu in de database staat, gaat weg"
        )

    def handle(self, *args: Any, folder: Path, replace: bool, **options: Any) -> None:
        try:
            manifest, held = backup.restore(folder, replace=replace)
        except backup.BackupFailed as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"Teruggezet: de stand van {manifest.made_at}. Aantallen en logboek kloppen.\n"
            "Iedereen moet opnieuw inloggen."
        )
        if held:
            self.stdout.write(
                f"{held} e-mails wachtten toen nog. Misschien zijn ze al verstuurd; kijk bij "
                "Beheer, E-mail."
            )
        self.stdout.write("Draai nu `python manage.py migrate`, en start daarna alles weer.")
