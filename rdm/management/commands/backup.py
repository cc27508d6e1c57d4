"""`manage.py backup FOLDER`: the whole house in one folder, sealed and signed (promise 10)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rdm.backup.making import make
from rdm.lib.copies import CopyRefused, shelf


class Command(BaseCommand):
    help = "Maakt een reservekopie van de database, de bijlagen en de lijst met grafstenen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            *("folder",),
            type=Path,
            nargs="?",
            help="een map die nog niet bestaat (standaard een nieuwe in RDM_BACKUP_DIR)",
        )

    def handle(self, *args: Any, folder: Path | None, **options: Any) -> None:
        to = folder or shelf.next_folder()
        try:
            made = make(to)
        except CopyRefused as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"Reservekopie in {to}: {made.total} rijen in {len(made.rows)} tabellen, "
            f"{made.files} bijlagen en {made.tombstones} grafstenen.\n"
            f"Bewaar dit ergens anders: {made.head_number}:{made.head_hash}"
        )
