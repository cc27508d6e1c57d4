"""The list of casussen as a file: what the list shows, and who registered it when. No text of a
dossier goes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from escalation.lists.filters import tredes_of
from escalation.lists.rules import due_of, gemeente_words, own_reference, status_words, trede_of
from escalation.models import Casus
from escalation.reading.turn import who_is_next
from rdm.lib import clock, csv_export, xlsx
from rdm.lib.download import Document

# One row per column: what stands above it, and what it says of a casus and its trede in the list.
COLUMNS: list[tuple[str, Callable[[Casus, int | None], object]]] = [
    ("Code", lambda casus, trede: casus.code),
    ("Eigen kenmerk", lambda casus, trede: own_reference(casus)),
    ("Gemeente", lambda casus, trede: gemeente_words(casus)),
    ("Aanmelder", lambda casus, trede: str(casus.registered_by)),
    ("Status", lambda casus, trede: status_words(casus)),
    ("Trede", lambda casus, trede: trede),
    ("Aan zet", lambda casus, trede: who_is_next(casus)),
    ("Uiterlijk", lambda casus, trede: due_of(casus)),
    ("Geregistreerd op", lambda casus, trede: _day(casus.registered_at)),
    ("Gewijzigd op", lambda casus, trede: _day(casus.updated_at)),
]


def as_file(casussen: list[Casus], kind: str) -> Document:
    """All of these casussen as "csv" or "xlsx"; one query for their tredes."""
    tredes = tredes_of(casussen)
    rows: list[list[object]] = [[name for name, _ in COLUMNS]]
    for casus in casussen:
        trede = trede_of(casus, tredes.get(casus.pk))
        rows.append([say(casus, trede) for _, say in COLUMNS])
    name = f"casussen-{clock.today()}.{kind}"
    if kind == "csv":
        return Document(name, csv_export.CSV, csv_export.render(rows))
    return Document(name, xlsx.XLSX, xlsx.render("Casussen", rows))


def _day(moment: datetime | None) -> date | None:
    """The day of a moment in Europe/Amsterdam."""
    return clock.local_date(moment) if moment else None
