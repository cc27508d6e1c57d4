"""The signalen of a year as input of its leersessie (E-173, E-176)."""

from __future__ import annotations

from dataclasses import dataclass

from directory.models import Evaluation, User
from directory.permissions import reason_denied
from directory.signalen.patterns.rules import Share, YearInput, year_input


@dataclass(frozen=True)
class SignaalInput:
    """For templates/learning/_signalen.html: the signalen of one year, as two tables and a list."""

    found: YearInput
    tables: list[tuple[str, list[Share]]]
    # Whether people were asked this year if the overview helps; the answers have their own page.
    has_survey: bool


def signaal_input(user: User, year: int) -> SignaalInput | None:
    """What came in during `year`; None for who may not read signalen."""
    if reason_denied(user, "view_signalen"):
        return None
    found = year_input(year)
    return SignaalInput(
        found,
        [("Thema", found.themes), ("Gaat over", found.tafels)],
        Evaluation.objects.filter(year=year).exists(),
    )
