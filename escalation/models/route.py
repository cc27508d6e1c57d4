"""The route of a casus: one step per tafel, each with its instroom check."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from directory.models import InstroomCriterium, Organisation, Tafel
from escalation.models.casus import Casus, ClientSupport
from escalation.workflow import StepStatus
from rdm.lib import clock


class RouteStep(models.Model):
    """One tafel dealing with one casus (E-030). Without an outcome it is an open end."""

    class Outcome(models.TextChoices):
        SOLVED = "solved", "opgelost"
        ADVICE = "advice", "advies gekregen"
        REFERRED = "referred", "doorverwezen"
        NO_SOLUTION = "no_solution", "geen passende oplossing"
        WITHDRAWN = "withdrawn", "ingetrokken"

    # A tafel dealt with the casus and it is still stuck: this opens the gate to trede 3 (T-02).
    WITHOUT_SOLUTION = (Outcome.ADVICE, Outcome.REFERRED, Outcome.NO_SOLUTION)

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="steps")
    tafel = models.ForeignKey(Tafel, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    status = models.CharField(
        max_length=12, choices=StepStatus.choices, default=StepStatus.PREPARED
    )
    # Who took it to the tafel, and who answers for it now: another one after a transfer (E-122).
    brought_in_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    carried_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    question = models.TextField(blank=True)
    prepared_at = models.DateTimeField(default=clock.now)
    # When something about this step was written down last; too long ago is a task (E-008).
    news_at = models.DateTimeField(default=clock.now)
    submitted_on = models.DateField(null=True, blank=True)
    submitted_against_check_reason = models.TextField(blank=True)
    # Answers to what this tafel also wants to know: {"code": "answer"} (E-054, E-075).
    extra_answers = models.JSONField(default=dict, blank=True)
    discussed_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    outcome_text = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    client_support = models.CharField(
        max_length=12, choices=ClientSupport.choices, default=ClientSupport.NOT_OFFERED
    )
    client_support_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    client_support_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        indexes = [
            # For the report: outcomes per tafel in a year, and which casussen came to a trede.
            models.Index(
                fields=["closed_on"], include=["tafel", "outcome"], name="step_closed_report"
            ),
            models.Index(fields=["tafel", "casus"], name="step_tafel_casus"),
            # For "Mijn werk": the few that are open, of one organisation.
            models.Index(
                fields=["carried_by", "news_at"],
                condition=~Q(status=StepStatus.CLOSED),
                name="step_open_of",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["casus", "position"], name="step_position_once"),
            models.CheckConstraint(
                condition=Q(status__in=StepStatus.values), name="step_status_known"
            ),
            models.CheckConstraint(
                condition=(
                    Q(status=StepStatus.CLOSED, closed_on__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(outcome_text="")
                )
                | (~Q(status=StepStatus.CLOSED) & Q(outcome="", closed_on=None)),
                name="step_closed_has_outcome_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[StepStatus.PREPARED, StepStatus.CLOSED])
                | Q(submitted_on__isnull=False),
                name="step_submitted_has_date",
            ),
            models.CheckConstraint(
                condition=(Q(client_support="linked") & Q(client_support_by__isnull=False))
                | (~Q(client_support="linked") & Q(client_support_by=None)),
                name="step_linked_names_who",
            ),
            models.CheckConstraint(
                condition=~Q(client_support="unavailable") | ~Q(client_support_reason=""),
                name="step_unavailable_has_reason",
            ),
        ]

    @property
    def brought_in_words(self) -> str:
        """Who took it to the tafel, and with whom it is now when that is somebody else."""
        if self.carried_by_id == self.brought_in_by_id:
            return str(self.brought_in_by)
        return f"{self.brought_in_by} (nu bij {self.carried_by})"

    def __str__(self) -> str:
        return f"{self.tafel} ({self.casus})"

    @property
    def asks(self) -> str:
        """What it waits for while it is open, with "{tafel}" for the name of the tafel."""
        return StepStatus(self.status).asks

    @property
    def is_open(self) -> bool:
        return self.status != StepStatus.CLOSED


class InstroomToets(models.Model):
    """One instroom check of a step; a new one never changes an earlier one.

    The result is derived from the answers by `directory.reading.instroom` and kept with what
    decided it, so that it stays readable when the criteria of the tafel change later.
    """

    class Result(models.TextChoices):
        MET = "met", "voldoet"
        NOT_MET = "not_met", "voldoet niet"
        UNKNOWN = "unknown", "nog onbekend"
        NO_CRITERIA = "no_criteria", "deze tafel noemt geen criteria"

    step = models.ForeignKey(RouteStep, models.CASCADE, related_name="toetsen")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=clock.now)
    actor_name = models.CharField(max_length=120)
    result = models.CharField(max_length=12, choices=Result.choices)
    # The texts of the criteria that decide the result.
    deciding = models.JSONField(default=list)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["step", "number"], name="toets_number_once"),
        ]

    def __str__(self) -> str:
        return f"Instroomtoets {self.number}: {self.get_result_display()}"


class InstroomAnswer(models.Model):
    """The answer to one criterion, with the text of the criterion as it was then."""

    class Value(models.TextChoices):
        YES = "yes", "ja"
        NO = "no", "nee"
        UNKNOWN = "unknown", "weet ik niet"

    toets = models.ForeignKey(InstroomToets, models.CASCADE, related_name="answers")
    criterium = models.ForeignKey(InstroomCriterium, models.SET_NULL, null=True, related_name="+")
    criterium_code = models.SlugField(max_length=60)
    criterium_text = models.CharField(max_length=500)
    value = models.CharField(max_length=8, choices=Value.choices)
    explanation = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["toets", "criterium_code"], name="answer_once_per_toets"
            ),
            models.CheckConstraint(
                condition=Q(value__in=["yes", "no", "unknown"]), name="answer_value_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterium_text}: {self.get_value_display()}"
