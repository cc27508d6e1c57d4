"""`manage.py region check FILE`, `region load [FILE]` and `region export FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from directory.models import Region
from directory.region.file.check import RegionFileError, read_region
from directory.region.file.export import export_region
from directory.region.file.load import LoadReport, OtherRegionError, load_region
from directory.region.file.schema import RegionFile
from directory.region.file.writer import to_yaml

# The region that comes with the program: the one file in that folder.
SHIPPED = next((Path(__file__).resolve().parents[2] / "regions").glob("*.yaml"))


class Command(BaseCommand):
    help = (
        "Controleer een regiobestand (check), laad het (load; zonder bestand: dat van het "
        "programma zelf), of maak er een van wat het programma nu weet (export)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["check", "load", "export"])
        parser.add_argument("file", nargs="?", type=Path)

    def handle(self, *args: Any, what: str, file: Path | None, **options: Any) -> None:
        if what == "export":
            self._export(file)
            return
        file = file or SHIPPED
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
        except OSError:
            why = "het bestand is er niet" if not file.exists() else "het is geen leesbaar bestand"
            raise CommandError(f"Kan {file} niet lezen: {why}.") from None
        except RegionFileError as error:
            raise CommandError(_all_of(error, "Er is niets geladen.")) from None

    def _export(self, file: Path | None) -> None:
        """Never over a file that is there: it may hold what the database does not know."""
        if file is None:
            raise CommandError("Zeg in welk bestand: manage.py region export BESTAND")
        try:
            region = export_region()
        except Region.DoesNotExist:
            raise CommandError("Er is nog geen regio geladen.") from None
        except RegionFileError as error:
            raise CommandError(_all_of(error, "Er is niets opgeslagen.")) from None
        try:
            with file.open("x", encoding="utf-8", newline="\n") as target:
                target.write(to_yaml(region))
        except FileExistsError:
            raise CommandError(f"{file} bestaat al. Kies een andere naam.") from None
        except OSError as error:
            raise CommandError(f"Kan {file} niet maken: {error.strerror}.") from None
        self.stdout.write(f"{region.region.name} staat nu in {file}.")

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


def _all_of(error: RegionFileError, end: str) -> str:
    count = len(error.problems)
    words = "1 fout" if count == 1 else f"{count} fouten"
    return "\n".join([*error.lines(), f"{words} gevonden. {end}"])
