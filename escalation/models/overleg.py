"""The bestuurlijk escalatieoverleg: who sits there, when, and what was agreed."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from directory.models import DeelnemerKind, Organisation
from rdm.lib import clock

from .casus import Casus
from .coordination import Submission


class Overleg(models.Model):
    """One ad hoc bestuurlijk escalatieoverleg (E-110), from assignment to record.

    While it has no date it is in preparation; with a date it is planned; `held_on` means that it
    took place and was recorded; `cancelled_at` that it will not.
    """

    class PlanVerdict(models.TextChoices):
        ADOPTED = "adopted", "plan aangenomen"
        RETURNED = "returned", "plan teruggegeven"

    class Solution(models.TextChoices):
        FOUND = "found", "oplossing gevonden"
        FORCED = "forced", "oplossing geforceerd"
        APPROVED = "approved", "eerder advies geaccordeerd"
        NONE = "none", "geen oplossing"

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="overleggen")
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="overleg")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    opened_at = models.DateTimeField(default=clock.now)
    hold_before = models.DateField()
    spoed = models.BooleanField(default=False)
    initiator = models.CharField(max_length=160, blank=True)
    assignment = models.TextField(blank=True)

    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    missing_kinds_reason = models.TextField(blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.TextField(blank=True)

    held_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    plan_verdict = models.CharField(max_length=10, choices=PlanVerdict.choices, blank=True)
    missed_steps = models.TextField(blank=True)
    supply_missing = models.TextField(blank=True)
    capacity_use = models.TextField(blank=True)
    closing_the_gap = models.TextField(blank=True)
    solution = models.CharField(max_length=10, choices=Solution.choices, blank=True)
    solution_text = models.TextField(blank=True)
    way = models.TextField(blank=True)
    pace = models.TextField(blank=True)
    feedback_due = models.DateField(null=True, blank=True)
    # When the first terugkoppeling about it came in.
    reported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        indexes = [
            models.Index(
                fields=["starts_at", "hold_before", "id"],
                condition=Q(held_on=None, cancelled_at=None),
                name="overleg_open",
            ),
            models.Index(fields=["feedback_due", "id"], name="overleg_feedback_due"),
            models.Index(
                fields=["held_on"],
                include=["casus", "solution", "opened_at", "hold_before", "feedback_due"],
                name="overleg_report",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["casus"],
                condition=Q(held_on=None, cancelled_at=None),
                name="overleg_one_open",
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="overleg_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(held_on=None, solution="", recorded_at=None)
                | (
                    Q(held_on__isnull=False, feedback_due__isnull=False)
                    & ~Q(solution="")
                    & ~Q(plan_verdict="")
                ),
                name="overleg_held_is_recorded",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancel_reason="")
                | (Q(cancelled_at__isnull=False, held_on=None) & ~Q(cancel_reason="")),
                name="overleg_stopped_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"escalatieoverleg {self.casus}"


class Deelnemer(models.Model):
    """Somebody who sits at the overleg, with mandate and secrecy (E-113, E-150).

    A deelnemer needs no account: a signed link, which can be revoked, lets them answer dates.
    """

    class Attendance(models.TextChoices):
        UNKNOWN = "unknown", "nog geen antwoord"
        YES = "yes", "komt"
        NO = "no", "komt niet"

    overleg = models.ForeignKey(Overleg, models.CASCADE, related_name="deelnemers")
    kind = models.ForeignKey(DeelnemerKind, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation_name = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=120)
    function = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    mandate = models.BooleanField(null=True, blank=True)
    secrecy_signed_on = models.DateField(null=True, blank=True)
    link_version = models.PositiveIntegerField(default=1)
    link_revoked_at = models.DateTimeField(null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    attendance = models.CharField(
        max_length=8, choices=Attendance.choices, default=Attendance.UNKNOWN
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    # Whether this person was there; unknown until the overleg is recorded.
    present = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["kind__position", "name"]
        constraints = [
            # The address first: "Mijn werk" asks at which overleggen somebody sits.
            models.UniqueConstraint(
                fields=["email", "overleg"],
                condition=Q(removed_at=None),
                name="deelnemer_once_per_overleg",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(organisation_name=""),
                name="deelnemer_has_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.function}"

    @property
    def party(self) -> str:
        return self.organisation.name if self.organisation else self.organisation_name

    @property
    def carries_the_casus(self) -> bool:
        """Whether the own organisation is the gemeente of the casus, or registered it."""
        casus = self.overleg.casus
        ours = (casus.gemeente_id, casus.carried_by_id)
        return self.organisation_id is not None and self.organisation_id in ours

    @property
    def may_hear_the_casus(self) -> bool:
        """Partner in the covenant, or a secrecy statement signed (decisions.md). Whose organisation
        carries the casus already knows it."""
        covered = bool(self.organisation and self.organisation.covenant_partner)
        return covered or self.secrecy_signed_on is not None or self.carries_the_casus


class DateOption(models.Model):
    """A moment that is proposed for the overleg."""

    overleg = models.ForeignKey(Overleg, models.CASCADE, related_name="date_options")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    proposed_by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["overleg", "starts_at"], name="option_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="option_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%d-%m-%Y %H:%M}"


class DateAnswer(models.Model):
    """Whether one deelnemer can come at one proposed moment."""

    class Value(models.TextChoices):
        YES = "yes", "ik kan"
        IF_NEEDED = "if_needed", "als het moet"
        NO = "no", "ik kan niet"

    option = models.ForeignKey(DateOption, models.CASCADE, related_name="answers")
    deelnemer = models.ForeignKey(Deelnemer, models.CASCADE, related_name="date_answers")
    value = models.CharField(max_length=10, choices=Value.choices)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["option", "deelnemer"], name="date_answer_once"),
        ]

    def __str__(self) -> str:
        return self.get_value_display()


class Afspraak(models.Model):
    """A promise made at the overleg: who does what before when. Not a decision in law (O-21)."""

    class State(models.TextChoices):
        OPEN = "open", "nog te doen"
        DONE = "done", "gedaan"
        DROPPED = "dropped", "vervallen"

    overleg = models.ForeignKey(Overleg, models.CASCADE, related_name="afspraken")
    text = models.TextField()
    organisation_name = models.CharField(max_length=120)
    function = models.CharField(max_length=120)
    due = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    state_note = models.TextField(blank=True)
    state_at = models.DateTimeField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["due"], condition=Q(state="open"), name="afspraak_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(organisation_name=""), name="afspraak_has_owner"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Nomination(models.Model):
    """The voordracht for trede 4: the bewindspersoon is asked for a binding decision (E-027).

    The system makes the dossier and keeps the answer; sending happens outside (O-04).
    """

    overleg = models.OneToOneField(Overleg, models.PROTECT, related_name="nomination")
    motivation = models.TextField()
    checklist = models.JSONField(default=list)
    nominated_at = models.DateTimeField(default=clock.now)
    nominated_by_name = models.CharField(max_length=120)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="")
                | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="nomination_answer_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"voordracht {self.overleg.casus}"
