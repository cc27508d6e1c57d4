"""Knelpunten that people leave on a tafel or on the whole overview (E-175, E-176)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from rdm.lib import clock

from .places import SubmitterKind
from .tafels import Tafel
from .vocabulary import Theme


class SignaalStatus(models.TextChoices):
    NEW = "new", "nieuw"
    IN_PROGRESS = "in_progress", "in behandeling"
    EXPERT_GROUP = "expert_group", "naar de expertgroep"
    STEERING_GROUP = "steering_group", "naar de stuurgroep"
    DONE = "done", "afgehandeld"


class Signaal(models.Model):
    """Something that does not work, told by anybody, with or without an account (E-175).

    Never about one resident: the text is screened. An address is only kept to send the answer to,
    and is emptied when that is sent.
    """

    # Empty: about the whole overview, or about what is missing in it.
    tafel = models.ForeignKey(
        Tafel, models.SET_NULL, null=True, blank=True, related_name="signalen"
    )
    text = models.TextField()
    # As what kind of party the sender speaks; a visitor may leave it open.
    sender_kind = models.ForeignKey(
        SubmitterKind, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    email = models.EmailField(blank=True)
    # The themagroep says what it is about, so that patterns show over the year.
    theme = models.ForeignKey(
        Theme, models.SET_NULL, null=True, blank=True, related_name="signalen"
    )
    status = models.CharField(
        max_length=16, choices=SignaalStatus.choices, default=SignaalStatus.NEW
    )
    left_at = models.DateTimeField(default=clock.now)
    answer = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-left_at", "-pk"]
        indexes = [models.Index(fields=["status", "left_at", "id"])]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="signaal_has_text"),
            models.CheckConstraint(
                condition=Q(status__in=SignaalStatus.values), name="signaal_status_known"
            ),
            models.CheckConstraint(
                condition=(Q(status="done", done_at__isnull=False) & ~Q(answer=""))
                | (~Q(status="done") & Q(done_at=None)),
                name="signaal_done_has_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"signaal {self.pk}"


class SignaalStep(models.Model):
    """One thing that the themagroep did with a signaal; rows are only added."""

    signaal = models.ForeignKey(Signaal, models.CASCADE, related_name="steps")
    status = models.CharField(max_length=16, choices=SignaalStatus.choices)
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=SignaalStatus.values), name="signaal_step_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signaal}: {self.get_status_display()}"
