"""The region and its organisations."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Region(models.Model):
    """The one region that this installation serves; filled from the region file."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    code_prefix = models.CharField(max_length=4)
    intro = models.TextField(blank=True)
    # Crisis routes are shown to everybody, first and always (O-03): [{"name", "phone", "text"}].
    crisis_routes = models.JSONField(default=list)
    # Where somebody may have a role: {role: {"kinds": [soort …], "organisations": [slug …]}}.
    roles = models.JSONField(default=dict)
    # Who answers for the program: {"name", "email", "phone", "security_until"}.
    contact = models.JSONField(default=dict)
    # The questions of the wegwijzer, in steps; see directory.guide.questions.
    guide = models.JSONField(default=list)
    # The questions of the yearly evaluation: [{"code", "text", "kind", …}] (E-174).
    evaluation_questions = models.JSONField(default=list)
    # What the law asks of a public site: [{"code", "title", "intro", "updated_on", "sections"}].
    pages = models.JSONField(default=list)
    # Words that mean the same to who searches: [["ggz", "psychiatrie"], …].
    synonyms = models.JSONField(default=list)
    file_version = models.CharField(max_length=40)
    loaded_at = models.DateTimeField(null=True)
    # What the region file said at the last load, per record. A value that differs from it was
    # changed by a person, and the next load leaves it alone.
    loaded_values = models.JSONField(default=dict, editable=False)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Region:
        """The region of this installation; raises DoesNotExist before the first load."""
        return cls.objects.get()


class SubmitterKind(models.Model):
    """A kind of party that may bring a casus to a tafel (T-01): verwijzer, gemeente, OM …"""

    code = models.SlugField(unique=True)
    label = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "label"]

    def __str__(self) -> str:
        return self.label


class Organisation(models.Model):
    """A party in the region: gemeente, zorgaanbieder, zorgkantoor, police, client support …"""

    class Kind(models.TextChoices):
        GEMEENTE = "gemeente", "gemeente"
        ZVH = "zvh", "Zorg en Veiligheidshuis"
        GGZ = "ggz", "ggz-aanbieder"
        CARE = "zorgaanbieder", "zorgaanbieder"
        ADDICTION = "verslavingszorg", "verslavingszorg"
        INSURER = "zorgkantoor", "zorgkantoor of zorgverzekeraar"
        CLIENT_SUPPORT = "clientondersteuning", "cliëntondersteuning"
        JUSTICE = "justitie", "politie, justitie of reclassering"
        GP = "huisarts", "huisartsen"
        HOUSING = "woningcorporatie", "woningcorporatie"
        GOVERNMENT = "rijk", "rijksoverheid"
        REGION = "regio", "regionaal samenwerkingsverband"

    slug = models.SlugField(unique=True)
    name = models.CharField("naam", max_length=120, unique=True)
    kind = models.CharField("soort", max_length=24, choices=Kind.choices)
    # As which kinds of submitter its people may bring a casus to a tafel.
    submits_as = models.ManyToManyField(SubmitterKind, blank=True, related_name="organisations")
    covenant_partner = models.BooleanField("partner in het convenant", default=False)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class CollegeDecisionState(models.TextChoices):
    UNKNOWN = "unknown", "nog niet bekend"
    DECIDED = "decided", "besloten"
    REJECTED = "rejected", "niet overgenomen"


class Gemeente(models.Model):
    """A municipality: the organisation that is responsible for its residents (E-122)."""

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, primary_key=True, related_name="gemeente"
    )
    ggz_provider = models.ForeignKey(
        Organisation, models.PROTECT, related_name="ggz_gemeenten", verbose_name="ggz-aanbieder"
    )
    # Where the source leaves the area to be inferred, the note says so (E-131).
    ggz_note = models.CharField(max_length=200, blank=True)
    # Trede 3 asks a decision of every college (E-243); the coördinator keeps it.
    college_state = models.CharField(
        "collegebesluit",
        max_length=10,
        choices=CollegeDecisionState.choices,
        default=CollegeDecisionState.UNKNOWN,
    )
    college_decided_on = models.DateField("datum collegebesluit", null=True, blank=True)
    college_note = models.CharField("toelichting", max_length=300, blank=True)
    # Organisations that offer cliëntondersteuning to its residents (E-128).
    client_support = models.ManyToManyField(
        Organisation, blank=True, related_name="client_support_gemeenten"
    )
    # Its own model to scale up with, which leads (E-121), and its phases in order, one a line.
    scaling_model = models.CharField("opschalingsmodel", max_length=80, blank=True)
    scaling_phases = models.TextField("fasen", blank=True)
    # The number of the published edition of its local entrances.
    entrance_version = models.PositiveIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["organisation__name"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(college_state="unknown") & Q(college_decided_on=None))
                | (~Q(college_state="unknown") & Q(college_decided_on__isnull=False)),
                name="gemeente_decision_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.organisation.name

    @property
    def slug(self) -> str:
        return self.organisation.slug

    @property
    def phases(self) -> list[str]:
        return [line.strip() for line in self.scaling_phases.splitlines() if line.strip()]
