"""The ladder, its tafels and what a casus must meet to be taken in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .places import Organisation, SubmitterKind


class Trede(models.Model):
    """A rung of the ladder (E-020, E-021): 0 basis, 1 regionaal … 4 bewindspersoon."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    name = models.CharField(max_length=80)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"Trede {self.number}: {self.name}"


class Domain(models.Model):
    """What plays: ggz, LVB, verslaving, Wlz, veiligheid … Used to find a tafel."""

    code = models.SlugField(unique=True)
    label = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label


class Tafel(models.Model):
    """An overlegtafel where a stuck casus can be discussed, or an aanpak beside the treden (T-07).

    A text field that the source does not give is empty and shown as "niet vermeld" (E-042).
    """

    class Special(models.TextChoices):
        NONE = "", "gewone tafel"
        ESCALATION = "escalatieoverleg", "bestuurlijk escalatieoverleg (trede 3)"
        APPROACH = "aanpak", "aanpak naast de treden"

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120, unique=True)
    alias = models.CharField(max_length=160, blank=True)
    trede = models.ForeignKey(Trede, models.PROTECT, null=True, blank=True, related_name="tafels")
    special = models.CharField(max_length=20, choices=Special.choices, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)

    purpose = models.TextField(blank=True)
    casuistry = models.TextField(blank=True)
    focus = models.TextField(blank=True)
    led_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="led_tafels"
    )
    led_by_note = models.TextField(blank=True)
    chair = models.CharField(max_length=160, blank=True)
    participants = models.TextField(blank=True)
    submitters = models.ManyToManyField(SubmitterKind, blank=True, related_name="tafels")
    submitters_note = models.TextField(blank=True)
    how_to_submit = models.TextField(blank=True)
    inflow = models.TextField(blank=True)
    # What must be done before a casus can be brought here, in words (T-02); empty is nothing.
    precondition = models.TextField(blank=True)
    # For whom the tafel is, where its criteria do not say it: [{"text", "asks"}], all must hold.
    # Only the wegwijzer asks it; the instroom check knows criteria alone (E-106).
    audience = models.JSONField(default=list, blank=True)
    outflow = models.TextField(blank=True)
    client_support = models.TextField(blank=True)
    contact_name = models.CharField(max_length=160, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    website = models.URLField(blank=True)
    # More pages to read: [{"label", "url"}].
    links = models.JSONField(default=list, blank=True)
    locations = models.CharField(max_length=200, blank=True)

    domains = models.ManyToManyField(Domain, blank=True, related_name="tafels")
    # Empty means: for every gemeente of the region.
    gemeenten = models.ManyToManyField("directory.Gemeente", blank=True, related_name="tafels")

    rhythm_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    duration_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    submit_weeks_before = models.PositiveSmallIntegerField(null=True, blank=True)
    rhythm_note = models.CharField(max_length=200, blank=True)
    # One day on which the tafel met or will meet; with `rhythm_weeks` it gives all the others.
    rhythm_anchor = models.DateField(null=True, blank=True)
    # Promised hours when there is danger: [{"hours": 24, "for": "…"}] (E-083).
    response_hours = models.JSONField(default=list, blank=True)

    # Things a submission to this tafel must also say: [{"code", "question"}] (E-054, E-075).
    extra_questions = models.JSONField(default=list, blank=True)

    checked_by_chair_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=160, blank=True)
    # The number of the published edition.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(special="aanpak", trede=None)
                | (~Q(special="aanpak") & Q(trede__isnull=False)),
                name="tafel_has_trede_unless_approach",
            ),
            models.UniqueConstraint(
                fields=["special"],
                condition=Q(special="escalatieoverleg"),
                name="tafel_one_escalatieoverleg",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_escalation(self) -> bool:
        return self.special == self.Special.ESCALATION

    @property
    def place_on_ladder(self) -> str:
        return str(self.trede) if self.trede else "Aanpak naast de treden"


class InstroomCriterium(models.Model):
    """One thing that must hold for a casus at a tafel; used by one or more alternatives."""

    tafel = models.ForeignKey(Tafel, models.CASCADE, related_name="criteria")
    code = models.SlugField(max_length=60)
    text = models.CharField(max_length=500)
    help = models.CharField(max_length=500, blank=True)
    # Which answers in the wegwijzer answer this: {"question", "yes": [options], "no": [options]}.
    asks = models.JSONField(default=dict, blank=True)
    # A criterion can be present but switched off (T-11: a national extra criterion).
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["tafel", "code"], name="criterium_code_per_tafel"),
        ]

    def __str__(self) -> str:
        return self.text


class InstroomAlternative(models.Model):
    """One way in: all its (active) criteria must hold; any alternative of a tafel is enough."""

    tafel = models.ForeignKey(Tafel, models.CASCADE, related_name="alternatives")
    label = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    criteria = models.ManyToManyField(InstroomCriterium, related_name="alternatives")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["tafel", "position"], name="alternative_position_per_tafel"
            ),
        ]

    def __str__(self) -> str:
        return self.label
