"""`manage.py backup_drill`: can a copy be put back? Nothing that runs is touched (promise 10)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rdm.backup.drill import drill
from rdm.lib.copies import CopyRefused, sealed, shelf


class Command(BaseCommand):
    help = "Zet een reservekopie terug naast de echte database, en leest tien dossiers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            *("folder",), type=Path, nargs="?", help="een kopie (standaard de nieuwste)"
        )
        parser.add_argument(
            "--identity", type=Path, required=True, help="het bestand met de geheime sleutel"
        )

    def handle(self, *args: Any, folder: Path | None, identity: Path, **options: Any) -> None:
        newest = shelf.newest()
        which = folder or (newest.folder if newest else shelf.place())
        try:
            done = drill(which, sealed.identities(identity))
        except CopyRefused as error:
            raise CommandError(str(error)) from None
        if done.problem:
            raise CommandError(f"De oefening met {which} is mislukt. {done.problem}")
        self.stdout.write(
            f"De oefening met {which} is gelukt in {done.seconds} seconden: alles klopt, en "
            f"{done.dossiers} dossiers en {done.files} bijlagen zijn bekeken."
        )
