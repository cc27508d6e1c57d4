"""`manage.py backup FOLDER`: everything in one folder, with a manifest (promise 10)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rdm import backup


class Command(BaseCommand):
    help = "Maakt een reservekopie van de hele database in een nieuwe map."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="een map die nog niet bestaat")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            made = backup.make(folder)
        except backup.BackupFailed as error:
            raise CommandError(str(error)) from None
        rows = sum(made.rows.values())
        self.stdout.write(
            f"Reservekopie in {folder}: {rows} rijen in {len(made.rows)} tabellen.\n"
            f"Bewaar dit ergens anders: {made.head_number}:{made.head_hash}"
        )
