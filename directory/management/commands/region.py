"""`manage.py region check FILE` and `manage.py region load [FILE]`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from directory.region import LoadReport, RegionFile, RegionFileError, load_region, read_region
from directory.region.load import OtherRegionError

TWENTE = Path(__file__).resolve().parents[2] / "regions" / "twente.yaml"


class Command(BaseCommand):
    help = "Controleer een regiobestand (check) of laad het (load; zonder bestand: Twente)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["check", "load"])
        parser.add_argument("file", nargs="?", type=Path, default=TWENTE)

    def handle(self, *args: Any, what: str, file: Path, **options: Any) -> None:
        region = self._read(file)
        if what == "check":
            self.stdout.write(
                f"{file.name}: in orde. {len(region.gemeenten)} gemeenten, "
                f"{len(region.organisations)} organisaties, {len(region.tafels)} tafels."
            )
            return
        try:
            report = load_region(region)
        except OtherRegionError as error:
            raise CommandError(f"Niets geladen: {error}.") from None
        except IntegrityError as error:
            raise CommandError(
                "Niets geladen: een naam uit het bestand is in het programma al in gebruik "
                f"voor iets anders ({error})."
            ) from None
        if options["verbosity"]:
            self._say(region, report)

    def _read(self, file: Path) -> RegionFile:
        try:
            return read_region(file)
        except OSError as error:
            raise CommandError(f"Kan {file} niet lezen: {error.strerror}.") from None
        except RegionFileError as error:
            count = len(error.problems)
            words = "1 fout" if count == 1 else f"{count} fouten"
            raise CommandError(
                "\n".join([*error.lines(), f"{words} gevonden. Er is niets geladen."])
            ) from None

    def _say(self, region: RegionFile, report: LoadReport) -> None:
        name = region.region.name
        if report.nothing_changed:
            self.stdout.write(f"{name} was al geladen. Er is niets veranderd.")
        else:
            self.stdout.write(
                f"{name} geladen: {len(report.created)} nieuw, {len(report.changed)} gewijzigd."
            )
        for line in report.changed:
            self.stdout.write(f"  gewijzigd: {line}")
        for line in report.kept:
            self.stdout.write(f"  blijft zoals het in het programma is aangepast: {line}")
        for line in report.gone:
            self.stdout.write(f"  staat niet meer in het bestand, maar blijft bestaan: {line}")
