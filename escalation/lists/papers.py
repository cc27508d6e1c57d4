"""The list of casussen as a file: what the list shows, and who registered it when. No text of a
dossier goes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.utils import dateformat

from escalation.lists.filters import tredes_of
from escalation.lists.rules import due_of, gemeente_words, own_reference, status_words, trede_words
from escalation.models import Casus
from escalation.reading.turn import who_is_next
from rdm.lib import clock, csv_export, xlsx
from rdm.lib.download import Document

# One row per column: what stands above it, and what it says of a casus and its trede in the list.
COLUMNS: list[tuple[str, Callable[[Casus, str], str]]] = [
    ("Code", lambda casus, trede: casus.code),
    ("Eigen kenmerk", lambda casus, trede: own_reference(casus)),
    ("Gemeente", lambda casus, trede: gemeente_words(casus)),
    ("Aanmelder", lambda casus, trede: str(casus.registered_by)),
    ("Status", lambda casus, trede: status_words(casus)),
    ("Trede", lambda casus, trede: trede.replace("–", "")),
    ("Aan zet", lambda casus, trede: who_is_next(casus)),
    ("Uiterlijk", lambda casus, trede: _day(due_of(casus))),
    ("Geregistreerd op", lambda casus, trede: _day(casus.registered_at)),
    ("Gewijzigd op", lambda casus, trede: _day(casus.updated_at)),
]


def as_file(casussen: list[Casus], kind: str) -> Document:
    """All of these casussen as "csv" or "xlsx"; one query for their tredes."""
    tredes = tredes_of(casussen)
    rows = [[name for name, _ in COLUMNS]]
    for casus in casussen:
        trede = trede_words(casus, tredes.get(casus.pk))
        rows.append([say(casus, trede) for _, say in COLUMNS])
    name = f"casussen-{clock.today()}.{kind}"
    if kind == "csv":
        return Document(name, "text/csv", csv_export.render(rows))
    return Document(name, xlsx.XLSX, xlsx.render("Casussen", rows))


def _day(when: date | datetime | None) -> str:
    """A day as a spreadsheet reads it; of a moment its day in Europe/Amsterdam."""
    if when is None:
        return ""
    day = clock.local_date(when) if isinstance(when, datetime) else when
    return dateformat.format(day, "d-m-Y")
