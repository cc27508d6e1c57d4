"""How the yearly leersessie of a year stands (O-14, E-170)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from directory.models import Procesafspraak
from learning.models import Leersessie
from learning.workflow import LeersessieStatus
from rdm.lib import clock


@dataclass(frozen=True)
class LeersessieYear:
    """One year: how many sessions were agreed, planned and held, and what that means."""

    year: int
    agreed: int
    planned: int
    held: int
    at_risk: bool
    missed: bool

    @property
    def done(self) -> bool:
        return self.held >= self.agreed

    @property
    def label(self) -> str:
        if self.done:
            return "gehaald"
        if self.missed:
            return "niet gehaald"
        if self.at_risk:
            return "in gevaar"
        if self.held + self.planned >= self.agreed:
            return "gepland"
        return "nog te plannen"

    @property
    def tone(self) -> str:
        tones = {"gehaald": "success", "niet gehaald": "error", "in gevaar": "error"}
        return tones.get(self.label, "info" if self.label == "gepland" else "warning")

    @property
    def message(self) -> str:
        """The state in one or two sentences that say what to do."""
        agreed = _times(self.agreed)
        if self.done:
            return f"Er is in {self.year} {_times(self.held)} een leersessie gehouden."
        if self.missed:
            return f"Afgesproken was {agreed}. Er is in {self.year} {_times(self.held)} gehouden."
        if self.at_risk:
            return f"Afgesproken is {agreed} in {self.year}. Plan de leersessie nu."
        if self.held + self.planned >= self.agreed:
            return "Er is een leersessie gepland. Rond haar af als zij is geweest."
        return f"Afgesproken is {agreed} in {self.year}. Er is nog niet genoeg gepland."


def _times(number: int) -> str:
    return {0: "geen keer", 1: "één keer"}.get(number, f"{number} keer")


def leersessie_year(year: int) -> LeersessieYear:
    """The state of `year` as it is today. Two queries.

    A year is at risk from the first day of the agreed month while too few sessions are planned or
    held. A past year with too few held is missed.
    """
    numbers = dict(
        Procesafspraak.objects.filter(
            code__in=("leersessies_per_jaar", "leersessie_risico_vanaf")
        ).values_list("code", "number")
    )
    counts = Leersessie.objects.filter(held_on__year=year).aggregate(
        planned=Count("pk", filter=Q(status=LeersessieStatus.PLANNED)),
        held=Count("pk", filter=Q(status=LeersessieStatus.HELD)),
    )
    agreed, month = numbers["leersessies_per_jaar"] or 0, numbers["leersessie_risico_vanaf"] or 12
    today = clock.today()
    too_few = counts["held"] + counts["planned"] < agreed
    return LeersessieYear(
        year=year,
        agreed=agreed,
        planned=counts["planned"],
        held=counts["held"],
        at_risk=year == today.year and today.month >= month and too_few,
        missed=year < today.year and counts["held"] < agreed,
    )
