"""The casus itself, and with whom it is shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, FilteredRelation, Q

from directory.models import Domain, Gemeente, Organisation, Role, Tafel
from escalation.blocks import NONE, STORED, Blocks, having, in_words, read
from escalation.roles import CASE_ROLES, REGISTRANTS
from escalation.workflow import UNREGISTERED, CasusStatus, Next
from rdm.lib import clock

if TYPE_CHECKING:
    from datetime import date

    from directory.models import User


# Nobody is at work on these. Written out the same way in a query, the indexes below answer it.
AT_REST = (CasusStatus.CLOSED, CasusStatus.DISCARDED, CasusStatus.DRAFT)
_UNFINISHED = ~Q(status__in=AT_REST)
# What says who sees a casus and whose turn it is. An index that also holds these answers a list
# without reading the rows of everybody else's.
_SEEN_BY = ("status", "carried_by", "gemeente", "restricted_at", "destroyed_at")


class ClientSupport(models.TextChoices):
    """How far cliëntondersteuning is (E-125, O-17); it never blocks, it stays a visible task."""

    NOT_OFFERED = "not_offered", "nog niet aangeboden"
    OFFERED = "offered", "aangeboden"
    WANTED = "wanted", "gewenst"
    LINKED = "linked", "gekoppeld"
    DECLINED = "declined", "niet gewenst"
    UNAVAILABLE = "unavailable", "niet beschikbaar"


class CasusQuerySet(models.QuerySet["Casus"]):
    def visible_to(self, user: User, needed: Blocks = NONE) -> CasusQuerySet:
        """The casussen that `user` may read; every read starts here (decisions.md, Roles). A search
        in a text names the blocks that the text needs. Agrees with `ACTIONS["view"]` and
        `blocks_of`, held by a test."""
        return self.filter(readable(user, needed))

    def with_parties(self) -> CasusQuerySet:
        """With the gemeente, who registered it and who carries it, by name."""
        return self.select_related("gemeente__organisation", "registered_by", "carried_by")

    def with_responsibility(self) -> CasusQuerySet:
        """With the transfer that waits as `offered` and the admission that lasts as `admitted`;
        without one there is no such attribute."""
        return self.annotate(
            offered=FilteredRelation("transfers", condition=Q(transfers__state="pending")),
            admitted=FilteredRelation("admissions", condition=Q(admissions__until=None)),
        ).select_related(  # type: ignore[misc]  # the names are those of the line above
            "offered__from_gemeente__organisation",
            "offered__to_gemeente__organisation",
            "admitted__organisation",
        )

    def for_list(self) -> CasusQuerySet:
        """With the parties, and without the long texts that no list shows."""
        long = [one.name for one in Casus._meta.fields if isinstance(one, models.TextField)]
        return self.with_parties().defer(*long)

    def soonest(self, most: int) -> CasusQuerySet:
        """The first `most` by term, with what tells whose turn it is. They are found by what an
        index holds; only their own rows are then read."""
        by_term = (F("due").asc(nulls_last=True), "pk")
        first = self.order_by(*by_term).values("pk")[:most]
        casussen = Casus.objects.filter(pk__in=first).order_by(*by_term)
        return casussen.select_related("gemeente__organisation", "carried_by").only(
            *("code", "status", "status_since", "due", "client_support", "restricted_at"),
            *("gemeente__organisation__name", "carried_by__name", "carried_by__kind"),
        )


class Casus(models.Model):
    """One resident's stuck situation, known by a code and never by a name (O-08, E-244).

    Exactly one gemeente is responsible (E-122). `version` guards every change: who saved on an
    older version is told so. `due` is the date by which the one whose turn it is must act.
    """

    class Safety(models.TextChoices):
        YES = "yes", "ja"
        NO = "no", "nee"
        UNKNOWN = "unknown", "weet ik niet"

    class Framework(models.TextChoices):
        ZVW = "zvw", "Zvw (Zorgverzekeringswet)"
        WLZ = "wlz", "Wlz (Wet langdurige zorg)"
        WMO = "wmo", "Wmo 2015 (Wet maatschappelijke ondersteuning)"
        WVGGZ = "wvggz", "Wvggz (Wet verplichte ggz)"

    class Closing(models.TextChoices):
        SOLVED = "solved", "opgelost"
        WITHDRAWN = "withdrawn", "ingetrokken"
        OTHER = "other", "anders"

    code = models.CharField(max_length=16, unique=True)
    version = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=12, choices=CasusStatus.choices, default=CasusStatus.DRAFT)
    status_since = models.DateTimeField(default=clock.now)
    due = models.DateField(null=True, blank=True)

    gemeente = models.ForeignKey(
        Gemeente, models.PROTECT, null=True, blank=True, related_name="casussen"
    )
    # Who began it stays what it was. Who carries it brings it on through the route: the same
    # organisation, until that is a gemeente that hands the casus over to another one (E-122).
    registered_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    carried_by = models.ForeignKey(Organisation, models.PROTECT, related_name="casussen")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)
    registered_at = models.DateTimeField(null=True, blank=True)
    first_submitted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closing = models.CharField(max_length=10, choices=Closing.choices, blank=True)
    closing_reason = models.TextField(blank=True)
    # Where the casus was told to go when it came back from trede 3 (O-25, E-031); empty again
    # once it got there, or went another way for good.
    advised_tafel = models.ForeignKey(
        Tafel, models.PROTECT, null=True, blank=True, related_name="+"
    )

    # What was answered in the wegwijzer before: question code → option codes, nothing else.
    guide_answers = models.JSONField(default=dict, blank=True)

    no_acute_danger = models.BooleanField(default=False)
    adult = models.BooleanField(default=False)

    situation = models.TextField(blank=True)
    domains = models.ManyToManyField(Domain, blank=True, related_name="+")
    frameworks = models.JSONField(default=list, blank=True)
    safety = models.CharField(max_length=8, choices=Safety.choices, blank=True)
    safety_text = models.TextField(blank=True)

    tried_regular = models.TextField(blank=True)
    waiting_list_only = models.BooleanField(null=True, blank=True)
    stagnation = models.TextField(blank=True)
    # Codes of the region (see Stagnation), beside the words.
    stagnations = models.JSONField(default=list, blank=True)
    # The phase in the model of the gemeente itself, in its words, as it was then (E-121).
    local_phase = models.CharField(max_length=120, blank=True)
    local_escalation = models.TextField(blank=True)
    plan_of_approach = models.TextField(blank=True)

    resident_view = models.TextField(blank=True)
    # Which basisvoorzieningen are in order (E-102): code → yes, no or unknown.
    basic_needs = models.JSONField(default=dict, blank=True)
    client_support = models.CharField(
        max_length=12, choices=ClientSupport.choices, default=ClientSupport.NOT_OFFERED
    )
    client_support_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    client_support_reason = models.TextField(blank=True)

    sharing_purpose = models.TextField(blank=True)
    sharing_ground = models.CharField(max_length=200, blank=True)
    resident_informed = models.BooleanField(null=True, blank=True)
    resident_informed_on = models.DateField(null=True, blank=True)
    not_informed_reason = models.TextField(blank=True)

    # Set while its use is restricted (see `Restriction`): fewer people read it, nobody changes it.
    restricted_at = models.DateTimeField(null=True, blank=True)
    # Set on what is left of a destroyed casus, when a terugkoppeling still hangs on it. The code
    # is then another one, nobody sees it as a casus any more, and the tombstone has the old code.
    destroyed_at = models.DateTimeField(null=True, blank=True)

    objects = CasusQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-pk"]
        indexes = [
            models.Index(fields=["gemeente", "-updated_at"]),
            models.Index(fields=["carried_by", "-updated_at"]),
            models.Index(fields=["carried_by", "status"]),
            models.Index(fields=["-updated_at", "-id"], include=_SEEN_BY, name="casus_newest"),
            models.Index(fields=["status", "due"]),
            models.Index(fields=["first_submitted_at"]),
            models.Index(
                fields=["closed_at", "id"],
                condition=Q(closed_at__isnull=False, destroyed_at=None),
                name="casus_closed",
            ),
            # What the report of a year counts, without reading the long texts beside it.
            models.Index(
                fields=["registered_at"],
                include=["id", "client_support", "first_submitted_at"],
                name="casus_report",
            ),
            models.Index(
                fields=["due", "id"], condition=_UNFINISHED, include=_SEEN_BY, name="casus_waiting"
            ),
            models.Index(
                fields=["gemeente", "due", "id"], condition=_UNFINISHED, name="casus_of_gemeente"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=CasusStatus.values), name="casus_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[CasusStatus.DRAFT, CasusStatus.DISCARDED])
                | Q(
                    gemeente__isnull=False,
                    registered_at__isnull=False,
                    adult=True,
                    no_acute_danger=True,
                ),
                name="casus_registered_is_complete",
            ),
            models.CheckConstraint(
                condition=(Q(status=CasusStatus.CLOSED) & Q(closed_at__isnull=False))
                | (~Q(status=CasusStatus.CLOSED) & Q(closed_at=None)),
                name="casus_closed_has_date",
            ),
            models.CheckConstraint(
                condition=Q(carried_by=F("registered_by")) | Q(carried_by=F("gemeente")),
                name="casus_carried_by_one_of_its_own",
            ),
            models.CheckConstraint(
                condition=Q(resident_informed_on=None) | Q(resident_informed=True),
                name="casus_informed_on_only_when_informed",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def framework_labels(self) -> list[str]:
        return [self.Framework(code).label for code in self.frameworks]

    @property
    def upcoming(self) -> Next:
        """What its status asks for."""
        return CasusStatus(self.status).next

    @property
    def is_draft(self) -> bool:
        return self.status == CasusStatus.DRAFT

    @property
    def is_closed(self) -> bool:
        return self.status in (CasusStatus.CLOSED, CasusStatus.DISCARDED)


class InvolvementQuerySet(models.QuerySet["Involvement"]):
    def current(self) -> InvolvementQuerySet:
        """Those that give access today: not withdrawn, and not past their last day."""
        lasting = Q(until=None) | Q(until__gte=clock.today())
        return self.filter(lasting, ended_at=None)


class Involvement(models.Model):
    """An organisation with which the casus is shared: why, on which ground, which blocks of it, and
    until which day (O-09).

    After the day `until` it gives no access any more, whether or not anybody looked; `ended_at` is
    the moment at which somebody withdrew it. What was shared before there were end dates has none.
    """

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="involvements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="involvements")
    version = models.PositiveIntegerField(default=1)
    part = models.CharField(max_length=160)
    purpose = models.TextField()
    ground = models.CharField(max_length=200)
    # What of the dossier they read; see escalation.blocks.
    blocks = models.CharField(max_length=30)
    since = models.DateTimeField(default=clock.now)
    until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    added_by_name = models.CharField(max_length=120)
    # When the resident heard of it, or why not.
    resident_informed_on = models.DateField(null=True, blank=True)
    not_informed_reason = models.TextField(blank=True)
    # Of an organisation that is no partner in the covenant.
    secrecy_signed_on = models.DateField(null=True, blank=True)

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        ordering = ["since"]
        indexes = [
            models.Index(
                fields=["until", "id"], condition=Q(ended_at=None), name="involvement_ending"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["casus", "organisation"],
                condition=Q(ended_at=None),
                name="involvement_active_once",
            ),
            models.CheckConstraint(
                condition=~Q(purpose="") & ~Q(ground=""), name="involvement_has_purpose_and_ground"
            ),
            models.CheckConstraint(
                condition=Q(blocks__in=STORED) & ~Q(blocks=""),
                name="involvement_has_blocks",
            ),
            models.CheckConstraint(
                condition=Q(resident_informed_on__isnull=False, not_informed_reason="")
                | (Q(resident_informed_on=None) & ~Q(not_informed_reason="")),
                name="involvement_informed_or_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} bij {self.casus}"

    @property
    def is_current(self) -> bool:
        """The same rule as `current`, for one row."""
        return self.ended_at is None and (self.until is None or self.until >= clock.today())

    @property
    def stopped_on(self) -> date | None:
        """The last day on which they could read it; None while they can."""
        if self.ended_at is not None:
            return clock.local_date(self.ended_at)
        return None if self.is_current else self.until

    @property
    def shares(self) -> Blocks:
        return read(self.blocks)

    @property
    def shares_words(self) -> str:
        return in_words(self.shares)


def readable(user: User, needed: Blocks = NONE) -> Q:
    """What `visible_to` asks, as a condition on a casus."""
    mine = user.organisation_ids(*CASE_ROLES)
    free = Q(restricted_at=None)
    allowed = Q(carried_by__in=user.organisation_ids(*REGISTRANTS)) & free
    if mine:
        # Not Exists: the database reads this list once instead of asking again for every casus.
        shared = Involvement.objects.current().filter(organisation__in=mine)
        involved = Q(pk__in=shared.values("casus"))
        for block in needed:
            involved &= Q(pk__in=shared.filter(blocks__in=having(block)).values("casus"))
        allowed |= ~Q(status__in=UNREGISTERED) & (Q(gemeente__in=mine) | (involved & free))
    if Role.COORDINATOR in user.roles:
        allowed |= Q(first_submitted_at__isnull=False)
    return allowed & Q(destroyed_at=None)


def reads_in_part(user: User) -> bool:
    """Whether any casus is shared with `user` in blocks, so that a search must ask for those."""
    mine = user.organisation_ids(*CASE_ROLES)
    return bool(mine) and Involvement.objects.current().filter(organisation__in=mine).exists()
