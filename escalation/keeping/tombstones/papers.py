"""The verklaring van vernietiging: proof without content."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from rdm.lib import clock, pdf
from rdm.lib.dates import long_date, long_moment
from rdm.lib.download import PDF, Document
from rdm.lib.letterhead import Letterhead

if TYPE_CHECKING:
    from directory.models import User
    from escalation.models import Destruction

TITLE = "Verklaring van vernietiging"


def certificate(tombstone: Destruction, reader: User) -> Document:
    """Code, dates, who and why, and how many rows of each kind went."""
    assert tombstone.destroyed_at and tombstone.approved_at
    facts = [
        ("Code van de casus", tombstone.code),
        ("Gemeente", str(tombstone.gemeente)),
        ("Geregistreerd door", str(tombstone.registered_by)),
        ("Geregistreerd op", long_date(tombstone.registered_on)),
        ("Afgesloten op", long_date(tombstone.closed_on)),
        ("Op grond van", tombstone.ground_words),
        ("Voorgesteld door", _who(tombstone.proposed_by_name, tombstone.proposed_at)),
        ("Akkoord van", _who(tombstone.approved_by_name, tombstone.approved_at)),
        ("Vernietigd op", f"{long_moment(tombstone.destroyed_at)} uur"),
    ]
    letterhead = Letterhead(
        organisation=f"Gemeente {tombstone.gemeente}",
        code=tombstone.code,
        date=long_date(clock.today()),
        footer="Deze verklaring zegt niets over de inhoud van de casus.",
        reader=f"Gedownload door {reader.name} op {long_moment(clock.now())} uur.",
    )
    data = {
        **asdict(letterhead),
        "facts": [{"label": label, "value": value} for label, value in facts],
        "counts": [[title, str(number)] for title, number in sorted(tombstone.counts.items())],
    }
    content = pdf.render("vernietiging", data, TITLE)
    return Document(f"verklaring-{tombstone.code}.pdf", PDF, content)


def _who(name: str, at: object) -> str:
    return f"{name}, {long_date(clock.local_date(at))}"  # type: ignore[arg-type]
