"""`manage.py restore FOLDER`: a copy checked whole, and then put back (promise 10)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rdm.backup.restoring import restore
from rdm.lib.copies import CopyRefused, sealed


class Command(BaseCommand):
    help = "Zet een reservekopie terug. Stop eerst de website en de veegrondes."
    # The database may be empty: the checks would ask it things.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="de map van `manage.py backup`")
        parser.add_argument(
            "--identity", type=Path, required=True, help="het bestand met de geheime sleutel"
        )
        parser.add_argument(
            "--replace", action="store_true", help="wat nu in de database staat, gaat weg"
        )

    def handle(
        self, *args: Any, folder: Path, identity: Path, replace: bool, **options: Any
    ) -> None:
        try:
            done = restore(folder, sealed.identities(identity), replace=replace)
        except CopyRefused as error:
            raise CommandError(f"{error} Er is niets veranderd.") from None
        self.stdout.write(
            f"Teruggezet: de stand van {done.manifest.made_at}. Aantallen, logboek, bijlagen en "
            "grafstenen kloppen.\nIedereen moet opnieuw inloggen."
        )
        if done.destroyed:
            self.stdout.write(f"{done.destroyed} casussen zijn opnieuw vernietigd.")
        if done.missing:
            self.stdout.write(f"{done.missing} bijlagen zaten niet in de kopie.")
        if done.held:
            self.stdout.write(
                f"{done.held} e-mails wachtten toen nog. Misschien zijn ze al verstuurd; kijk bij "
                "Beheer, E-mail."
            )
        self.stdout.write("Start nu alles weer.")
