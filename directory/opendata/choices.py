"""Which tafels an address asks for: the filters of the public list, by the same rules.

A program is told about a mistake where a person on the web page is shown the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict

from directory.models import Tafel, Trede
from directory.opendata import problems, published
from directory.opendata.problems import Refused, WrongParameter
from directory.web.filters import TafelFilter

FILTERS = {
    "trede": "Alleen de tafels van deze trede, of `aanpak` voor wat naast de treden staat.",
    "gemeente": "Alleen de tafels die er zijn voor deze gemeente, ook die voor alle gemeenten.",
    "onderwerp": "Alleen de tafels waar dit onderwerp speelt.",
    "aanmelder": "Alleen de tafels waar deze partij mag aanmelden.",
}
# So much of a made-up parameter is said back.
_SHOWN = 60
# Of a list of HSDS.
LAST_PAGE = 9999
MOST_PER_PAGE = 100


def only(query: QueryDict, *allowed: str) -> None:
    """Refuse parameters that do not exist here, and the same one twice."""
    wrong = []
    for name in query:
        if name not in allowed:
            exist = f"Er zijn: {', '.join(allowed)}." if allowed else "Er is hier geen parameter."
            which = f"De parameter ‘{name[:_SHOWN]}’" if name else "Een parameter zonder naam"
            said = f"{which} bestaat niet. {exist}"
            wrong.append(WrongParameter(name[:_SHOWN], "unknown", said))
        elif len(query.getlist(name)) > 1:
            said = f"De parameter ‘{name}’ staat er twee keer. Noem hem één keer."
            wrong.append(WrongParameter(name, "repeated", said))
    _refuse(wrong)


def tafels(query: QueryDict) -> QuerySet[Tafel]:
    """The published tafels that are asked for. An empty value is no choice, as on the web page.

    Raises Refused with every wrong parameter.
    """
    only(query, *FILTERS)
    if not any(query.values()):
        return published.tafels()
    found = TafelFilter(query, published.tafels(), treden=Trede.objects.all())
    wrong = []
    for name in found.form.errors:
        known = [str(code) for code, _ in found.filters[name].extra["choices"]]
        said = f"De waarde van ‘{name}’ bestaat niet. Kies een van: {', '.join(known)}."
        wrong.append(WrongParameter(name, "invalid", said))
    _refuse(wrong)
    rows: QuerySet[Tafel] = found.qs
    return rows


def examples() -> dict[str, str]:
    """Per filter a value that is there, for the description; the first in the list of each."""
    found = TafelFilter({}, published.tafels(), treden=Trede.objects.all())
    values = {name: found.filters[name].extra["choices"] for name in FILTERS}
    return {name: next((str(code) for code, _ in one if code), "") for name, one in values.items()}


def _refuse(wrong: list[WrongParameter]) -> None:
    if wrong:
        said = " ".join(one.detail for one in wrong)
        raise Refused(problems.PARAMETER, said, tuple(wrong))


@dataclass(frozen=True)
class Asked:
    """Which part of a list of HSDS, and whether with everything inside."""

    page: int
    per_page: int
    full: bool


def hsds(query: QueryDict) -> Asked:
    """What a list of HSDS is asked; raises Refused with every wrong parameter."""
    only(query, "page", "per_page", "full")
    wrong = []
    page = _number(query.get("page", "1"), LAST_PAGE)
    if page is None:
        said = f"Geef bij ‘page’ een getal van 1 tot en met {LAST_PAGE}."
        wrong.append(WrongParameter("page", "invalid", said))
    per_page = _number(query.get("per_page", str(MOST_PER_PAGE)), MOST_PER_PAGE)
    if per_page is None:
        said = f"Geef bij ‘per_page’ een getal van 1 tot en met {MOST_PER_PAGE}."
        wrong.append(WrongParameter("per_page", "invalid", said))
    full = query.get("full", "false")
    if full not in ("true", "false"):
        wrong.append(WrongParameter("full", "invalid", "Geef bij ‘full’ true of false."))
    _refuse(wrong)
    return Asked(page or 1, per_page or MOST_PER_PAGE, full == "true")


def _number(text: str, most: int) -> int | None:
    """A plain number from 1 to `most`, or nothing."""
    if not re.fullmatch(r"[0-9]{1,4}", text, re.ASCII):
        return None
    number = int(text)
    return number if 1 <= number <= most else None
