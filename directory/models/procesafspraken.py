"""What the region agreed about terms and ways of working."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.dates import MONTHS

from rdm.lib import clock


class Procesafspraak(models.Model):
    """One agreement of the region: a term, a number or a text, and whether it is settled.

    No source gives these (E-147, O-01, O-02, O-06, O-10): they start as *voorlopig* and the
    coördinator keeps them. Code asks for them by `code` and never knows the number itself.
    """

    class Unit(models.TextChoices):
        WORKDAYS = "werkdagen", "werkdagen"
        DAYS = "dagen", "dagen"
        YEARS = "jaar", "jaar"
        MONTH = "maand", "maand van het jaar"
        COUNT = "aantal", "keer"
        TEXT = "tekst", "tekst"

    class State(models.TextChoices):
        PROVISIONAL = "voorlopig", "voorlopig"
        SETTLED = "vastgesteld", "vastgesteld"

    code = models.SlugField(unique=True)
    title = models.CharField(max_length=160)
    explanation = models.TextField(blank=True)
    group = models.CharField(max_length=60)
    unit = models.CharField(max_length=10, choices=Unit.choices)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PROVISIONAL)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit="tekst", number=None) | (~Q(unit="tekst") & Q(number__gte=0)),
                name="procesafspraak_number_or_text",
            ),
            models.CheckConstraint(
                condition=Q(state="voorlopig")
                | (Q(state="vastgesteld") & Q(decided_on__isnull=False) & ~Q(decided_by="")),
                name="procesafspraak_settled_has_date_and_body",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def number_of(cls, code: str) -> int:
        """The agreed number, in the unit of the agreement; raises DoesNotExist when unknown."""
        number: int | None = cls.objects.values_list("number", flat=True).get(code=code)
        if number is None:
            raise cls.DoesNotExist(f"{code} is een tekst, geen getal")
        return number

    @property
    def value(self) -> str:
        if self.unit == self.Unit.TEXT:
            return self.text
        if self.unit == self.Unit.COUNT:
            return str(self.number)
        if self.unit == self.Unit.WORKDAYS and self.number == 1:
            return "1 werkdag"
        if self.unit == self.Unit.MONTH and self.number in MONTHS:
            return str(MONTHS[self.number])
        return f"{self.number} {self.get_unit_display()}"


class ProcesafspraakChange(models.Model):
    """One change of an agreement: what it was, what it became, who did it and why."""

    procesafspraak = models.ForeignKey(Procesafspraak, models.PROTECT, related_name="changes")
    at = models.DateTimeField(default=clock.now)
    actor_name = models.CharField(max_length=120)
    old_value = models.TextField(blank=True)
    new_value = models.TextField(blank=True)
    old_state = models.CharField(max_length=12)
    new_state = models.CharField(max_length=12)
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.procesafspraak}: {self.old_value} → {self.new_value}"
