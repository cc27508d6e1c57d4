"""Find everything that is wrong in a region file, before anything is written.

All problems are reported at once, each as `file:line: field: message in Dutch`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel, ValidationError

from directory.models import Procesafspraak, Role, Tafel
from directory.region.file import reader
from directory.region.file.guide import check_guide
from directory.region.file.reader import Document, Path, did_you_mean
from directory.region.file.schema import (
    REQUIRED_PAGES,
    REQUIRED_PROCESAFSPRAKEN,
    SUBMITS_AS_GEMEENTE,
    EvaluationQuestionPart,
    GemeentePart,
    ProcesafspraakPart,
    RegionFile,
    TafelPart,
)


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake; `line` counts from 1, `field` is the way through the file, joined by dots.

    What comes from the database has no lines: 0.
    """

    line: int
    field: str
    message: str


class RegionFileError(Exception):
    """A region file with mistakes. Nothing of it has been loaded."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.name = name
        self.problems = sorted(problems)
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        return [
            (f"{self.name}:{problem.line}: " if problem.line else f"{self.name}: ")
            + (f"{problem.field}: " if problem.field else "")
            + problem.message
            for problem in self.problems
        ]


def read_region(path: FilePath) -> RegionFile:
    """Read and check a region file.

    Raises RegionFileError with every mistake, and OSError when the file cannot be read.
    """
    return parse_region(path.read_bytes(), path.name)


def parse_region(content: bytes, name: str) -> RegionFile:
    """Check the text of a region file; `name` is what its mistakes are reported under."""
    try:
        document = reader.read(content)
    except reader.ReadError as error:
        field = ".".join(str(step) for step in error.path if isinstance(step, str))
        raise RegionFileError(name, [Problem(error.line, field, error.message)]) from None
    return check_data(document, name)


def check_data(document: Document, name: str) -> RegionFile:
    """Check what was read, or what is about to be written (directory.region.file.export)."""
    try:
        region = RegionFile.model_validate(document.data)
    except ValidationError as error:
        raise RegionFileError(name, _shape_problems(document, error)) from None
    problems = _Checker(document, region).run()
    if problems:
        raise RegionFileError(name, problems)
    return region


# --- Shape: unknown names, missing fields, wrong types ----------------------------------------

_WORDS = {
    "missing": "dit veld ontbreekt",
    "string_type": "hier hoort tekst; zet er aanhalingstekens omheen als het op een getal lijkt",
    "int_type": "hier hoort een heel getal",
    "int_from_float": "hier hoort een heel getal",
    "bool_type": "hier hoort true of false",
    "list_type": "hier hoort een lijst",
    "model_type": "hier horen velden met een naam",
    "model_attributes_type": "hier horen velden met een naam",
    "dict_type": "hier horen velden met een naam",
    "date_type": "hier hoort een datum die bestaat, als jaar-maand-dag",
    "date_from_datetime_inexact": "hier hoort een datum zonder tijd",
}


def _shape_problems(document: Document, error: ValidationError) -> set[Problem]:
    problems = set()
    for row in error.errors(include_url=False):
        path: Path = tuple(row["loc"])
        problems.add(Problem(document.line_of(path), document.name_of(path), _in_dutch(row, path)))
    return problems


def _in_dutch(row: Any, path: Path) -> str:
    kind, context = row["type"], row.get("ctx", {})
    if kind == "extra_forbidden":
        return "dit veld bestaat niet" + did_you_mean(str(path[-1]), _names_at(path[:-1]))
    if kind == "string_too_long":
        return f"dit is te lang; hooguit {context['max_length']} tekens"
    if kind == "too_short":
        return "deze lijst mag niet leeg zijn"
    if kind == "greater_than_equal":
        return f"dit moet {context['ge']} of meer zijn"
    if kind == "less_than_equal":
        return f"dit moet {context['le']} of minder zijn"
    if kind == "literal_error":
        return f"hier hoort {context['expected']}"
    if kind == "region":
        return str(context["text"])
    return _WORDS.get(kind, "deze waarde past hier niet")


def _names_at(path: Path) -> list[str]:
    """The names that a part of the file may have, found by walking the schema."""
    model: type[BaseModel] = RegionFile
    for step in path:
        if isinstance(step, int):
            continue
        inner = _inner_model(model.model_fields[step].annotation)
        if inner is None:
            return []
        model = inner
    return [field.alias or name for name, field in model.model_fields.items()]


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _inner_model(argument)
        if found:
            return found
    return None


# --- Sense: references, doubles, and rules between fields -------------------------------------


class _Checker:
    def __init__(self, document: Document, region: RegionFile) -> None:
        self.document = document
        self.region = region
        self.problems: set[Problem] = set()

    def run(self) -> set[Problem]:
        region = self.region
        organisations = {one.slug for one in region.organisations}
        submitters = {one.code for one in region.submitter_kinds}
        # A gemeente is an organisation too (directory.region.file.load).
        parties = organisations | {one.slug for one in region.gemeenten}
        self._doubles()
        if SUBMITS_AS_GEMEENTE not in submitters:
            message = f"de soort “{SUBMITS_AS_GEMEENTE}” ontbreekt; elke gemeente is er een"
            self._say(("submitter_kinds",), message)
        for i, organisation in enumerate(region.organisations):
            self._known(("organisations", i, "submits_as"), organisation.submits_as, submitters)
        self._roles(parties)
        for i, gemeente in enumerate(region.gemeenten):
            path = ("gemeenten", i, "ggz_provider")
            self._known(path, [gemeente.ggz_provider], organisations)
            self._gemeente(("gemeenten", i), gemeente, parties)
        for i, tafel in enumerate(region.tafels):
            self._tafel(("tafels", i), tafel, parties, submitters)
        check_guide(region, self._say)
        self._one_escalation()
        self._complete()
        if not any(kind.mandatory for kind in region.deelnemer_kinds):
            self._say(("deelnemer_kinds",), "geen enkele soort deelnemer is verplicht (E-113)")
        for i, agreement in enumerate(region.procesafspraken):
            self._procesafspraak(("procesafspraken", i), agreement)
        for i, question in enumerate(region.evaluation):
            self._evaluation_question(("evaluation", i), question)
        return self.problems

    def _say(self, path: Path, message: str) -> None:
        line, name = self.document.line_of(path), self.document.name_of(path)
        self.problems.add(Problem(line, name, message))

    def _complete(self) -> None:
        region = self.region
        count, expected = len(region.gemeenten), region.region.gemeenten_count
        if count != expected:
            message = f"hier staan {count} gemeenten; volgens region zijn het er {expected}"
            self._say(("gemeenten",), message)
        for number in sorted(set(range(5)) - {one.number for one in region.treden}):
            self._say(("treden",), f"trede {number} ontbreekt")
        for code in sorted(set(REQUIRED_PAGES) - {one.code for one in region.pages}):
            self._say(("pages",), f"de pagina “{code}” ontbreekt")
        units = {one.code: (i, one.unit) for i, one in enumerate(region.procesafspraken)}
        for code, unit in REQUIRED_PROCESAFSPRAKEN.items():
            if code not in units:
                self._say(("procesafspraken",), f"de afspraak “{code}” ontbreekt")
            elif units[code][1] != unit:
                path = ("procesafspraken", units[code][0], "unit")
                self._say(path, f"het programma rekent hier met {unit}")

    def _doubles(self) -> None:
        region = self.region
        self._unique("treden", "number", [one.number for one in region.treden])
        self._unique("submitter_kinds", "code", [one.code for one in region.submitter_kinds])
        self._unique("domains", "code", [one.code for one in region.domains])
        # A gemeente is an organisation too: they share slugs and names.
        for key in ("slug", "name"):
            taken = [getattr(one, key) for one in region.organisations]
            self._unique("organisations", key, taken)
            self._unique("gemeenten", key, [getattr(one, key) for one in region.gemeenten], taken)
            self._unique("tafels", key, [getattr(one, key) for one in region.tafels])
        self._unique("deelnemer_kinds", "code", [one.code for one in region.deelnemer_kinds])
        self._unique("themes", "code", [one.code for one in region.themes])
        self._unique("stagnations", "code", [one.code for one in region.stagnations])
        self._unique("basic_needs", "code", [one.code for one in region.basic_needs])
        self._unique("procesafspraken", "code", [one.code for one in region.procesafspraken])
        self._unique("pages", "code", [one.code for one in region.pages])
        self._unique("evaluation", "code", [one.code for one in region.evaluation])

    def _unique(
        self, part: str, key: str, values: Sequence[object], taken: Iterable[object] = ()
    ) -> None:
        seen = set(taken)
        for i, value in enumerate(values):
            if value in seen:
                self._say((part, i, key), f"“{value}” staat al eerder in het bestand")
            seen.add(value)

    def _known(self, path: Path, values: Sequence[str], known: set[str]) -> None:
        for i, value in enumerate(values):
            inside = (*path, i)
            where = inside if inside in self.document.lines else path
            if value not in known:
                message = f"“{value}” staat niet in dit bestand" + did_you_mean(value, known)
                self._say(where, message)
            elif value in values[:i]:
                self._say(where, f"“{value}” staat hier twee keer")

    def _roles(self, parties: set[str]) -> None:
        """Every role belongs somewhere, or nobody could ever have it (O-12)."""
        for role in Role.values:
            part = self.region.roles.get(role)
            if part is None or not (part.kinds or part.organisations):
                self._say(("roles",), f"bij welke organisaties hoort de rol “{role}”?")
            else:
                path = ("roles", role, "organisations")
                self._known(path, part.organisations, parties)

    def _gemeente(self, path: Path, gemeente: GemeentePart, parties: set[str]) -> None:
        self._known((*path, "client_support"), gemeente.client_support or [], parties)
        names: set[str] = set()
        for i, entrance in enumerate(gemeente.entrances or []):
            if entrance.name in names:
                here = (*path, "entrances", i, "name")
                self._say(here, f"“{entrance.name}” staat hier al eerder")
            names.add(entrance.name)

    def _tafel(self, path: Path, tafel: TafelPart, parties: set[str], submitters: set[str]) -> None:
        region = self.region
        approach = tafel.special == Tafel.Special.APPROACH
        if approach and tafel.trede is not None:
            self._say((*path, "trede"), "een aanpak staat naast de treden; laat dit veld weg")
        elif not approach and tafel.trede is None:
            self._say((*path, "trede"), "een tafel heeft een trede, of is een aanpak (special)")
        elif tafel.trede is not None and tafel.trede not in {one.number for one in region.treden}:
            self._say((*path, "trede"), f"trede {tafel.trede} staat niet in dit bestand")
        if tafel.led_by is not None:
            self._known((*path, "led_by"), [tafel.led_by], parties)
        self._known((*path, "submitters"), tafel.submitters, submitters)
        self._known((*path, "domains"), tafel.domains, {one.code for one in region.domains})
        gemeenten = {one.slug for one in region.gemeenten}
        self._known((*path, "gemeenten"), tafel.gemeenten, gemeenten)
        self._criteria(path, tafel)
        self._inner_unique((*path, "extra_questions"), [one.code for one in tafel.extra_questions])

    def _criteria(self, path: Path, tafel: TafelPart) -> None:
        codes = [one.code for one in tafel.criteria]
        self._inner_unique((*path, "criteria"), codes)
        active = {one.code for one in tafel.criteria if one.active}
        used: set[str] = set()
        for i, alternative in enumerate(tafel.alternatives):
            here = (*path, "alternatives", i, "criteria")
            self._known(here, alternative.criteria, set(codes))
            used.update(alternative.criteria)
        if tafel.alternatives and not active & used:
            # With nothing left to hold, every casus would be let in. An alternative of which
            # everything is off is a way in that is closed (directory.reading.instroom).
            self._say((*path, "alternatives"), "minstens één criterium moet aan staan")
        for i, code in enumerate(codes):
            if code not in used:
                self._say((*path, "criteria", i), "dit criterium staat in geen enkele mogelijkheid")

    def _inner_unique(self, path: Path, codes: Sequence[str]) -> None:
        for i, code in enumerate(codes):
            if code in codes[:i]:
                self._say((*path, i, "code"), f"“{code}” staat hier al eerder")

    def _one_escalation(self) -> None:
        special = Tafel.Special.ESCALATION
        found = [i for i, one in enumerate(self.region.tafels) if one.special == special]
        for i in found[1:]:
            self._say(("tafels", i, "special"), "er kan maar één escalatieoverleg zijn")
        if not found:
            self._say(("tafels",), f"er is geen tafel met special: {special.value}")
        for i in found:
            if self.region.tafels[i].trede != 3:
                self._say(("tafels", i, "trede"), "het escalatieoverleg staat op trede 3")

    def _procesafspraak(self, path: Path, agreement: ProcesafspraakPart) -> None:
        if agreement.unit == Procesafspraak.Unit.TEXT:
            if agreement.number is not None:
                self._say((*path, "number"), "een afspraak in tekst heeft geen getal")
            if not agreement.text:
                self._say((*path, "text"), "bij unit: tekst hoort een tekst")
            return
        if agreement.number is None:
            self._say((*path, "number"), f"bij unit: {agreement.unit} hoort een getal")
        if agreement.text:
            self._say((*path, "text"), "een afspraak met een getal heeft geen tekst")
        month = agreement.unit == Procesafspraak.Unit.MONTH
        if month and not 1 <= (agreement.number or 0) <= 12:
            self._say((*path, "number"), "een maand is een getal van 1 tot en met 12")

    def _evaluation_question(self, path: Path, question: EvaluationQuestionPart) -> None:
        if question.kind == "text" and question.options:
            self._say(
                (*path, "options"), "een vraag naar woorden heeft geen antwoorden om te kiezen"
            )
        if question.kind == "choice" and len(question.options) < 2:
            self._say((*path, "options"), "een keuze heeft minstens twee antwoorden")
        self._inner_unique((*path, "options"), [one.code for one in question.options])
