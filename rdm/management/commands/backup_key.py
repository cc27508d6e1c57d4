"""`manage.py backup_key FILE`: the pair of keys for copies. Run it where no copies are made."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rdm.lib.copies import sealed


class Command(BaseCommand):
    help = "Maakt een sleutelpaar voor reservekopieën. Doe dit op een andere machine."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="een nieuw bestand, voor de geheime sleutel")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        secret, public = sealed.new_identity()
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError:
            raise CommandError(f"{file} bestaat al, of is niet te schrijven.") from None
        with os.fdopen(handle, "w") as target:
            target.write(f"# public key: {public}\n{secret}\n")
        self.stdout.write(
            f"De geheime sleutel staat in {file}. Bewaar die op twee plekken, en nooit bij de "
            "website: zonder deze sleutel is geen kopie terug te zetten.\n"
            f"Zet dit bij de website: RDM_BACKUP_RECIPIENTS={public}"
        )
