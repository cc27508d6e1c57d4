"""When the roles of an organisation must be gone through again, and who may do which (O-12).

The term is the procesafspraak `rollen_nalopen`, in years, counted from the last signature, or from
the first role when nobody signed yet. An organisation without roles has nothing to go through.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from directory.models import Membership, MembershipReview, Organisation, Procesafspraak, Role, User
from rdm.lib import clock
from rdm.lib.dates import years_later
from rdm.lib.workdays import on_workday

TERM = "rollen_nalopen"


@dataclass(frozen=True)
class State:
    """Where one organisation stands; days in Amsterdam. `begun` when the review waits for another
    functioneel beheerder, with who began it."""

    organisation: Organisation
    roles: int
    due: date
    overdue: bool
    signed_on: date | None
    signed_by: str
    begun_by: str

    @property
    def begun(self) -> bool:
        return bool(self.begun_by)


def states(today: date) -> list[State]:
    """Every organisation with a role, the first that is due on top. Two queries."""
    years = Procesafspraak.number_of(TERM)
    found = [_state(one, years, today) for one in _with_terms(Organisation.objects.all())]
    return sorted(found, key=lambda one: (one.due, one.organisation.name))


def state_of(organisation: Organisation, today: date) -> State | None:
    """Where this organisation stands; None when nobody has a role there. Two queries."""
    row = _with_terms(Organisation.objects.filter(pk=organisation.pk)).first()
    return _state(row, Procesafspraak.number_of(TERM), today) if row else None


def _with_terms(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    roles = Membership.objects.filter(organisation=OuterRef("pk"), ended_at=None).order_by()
    number = roles.values("organisation").annotate(number=Count("pk")).values("number")
    reviews = MembershipReview.objects.filter(organisation=OuterRef("pk"))
    signed = reviews.exclude(signed_at=None).order_by("-signed_at", "-pk")
    return organisations.annotate(
        roles_now=Subquery(number),
        first_role=Subquery(roles.order_by("started_at").values("started_at")[:1]),
        last_signed=Subquery(signed.values("signed_at")[:1]),
        last_signed_by=Subquery(signed.values("signed_by_name")[:1]),
        begun_by=Subquery(reviews.filter(signed_at=None).values("started_by_name")[:1]),
    ).filter(roles_now__gt=0)


def _state(row: Organisation, years: int, today: date) -> State:
    first, signed = row.first_role, row.last_signed  # type: ignore[attr-defined]
    # Whoever came after the last signature starts a term of their own when nobody is left from
    # before it.
    start = clock.local_date(max(first, signed) if signed else first)
    due = on_workday(years_later(start, years))
    return State(
        organisation=row,
        roles=row.roles_now,  # type: ignore[attr-defined]
        due=due,
        overdue=due < today,
        signed_on=clock.local_date(signed) if signed else None,
        signed_by=row.last_signed_by or "",  # type: ignore[attr-defined]
        begun_by=row.begun_by or "",  # type: ignore[attr-defined]
    )


def overdue(today: date) -> int:
    """How many organisations are late."""
    return sum(one.overdue for one in states(today))


def beheerders() -> list[User]:
    """Everybody who can go through roles, by name."""
    found = User.objects.filter(
        is_active=True, memberships__ended_at=None, memberships__role=Role.ADMIN
    )
    return list(found.distinct().order_by("name", "pk"))


def undecided(organisation: Organisation, review: MembershipReview | None) -> QuerySet[Membership]:
    """The roles that count now and about which nothing was said in `review` yet, by person."""
    found = Membership.objects.filter(organisation=organisation, ended_at=None)
    if review is not None:
        found = found.exclude(pk__in=review.lines.values("membership"))
    return found.select_related("user", "organisation").order_by("user__name", "role", "pk")


def for_others(by: User, memberships: Iterable[Membership], all_admins: Iterable[User]) -> set[int]:
    """Of these roles those that `by` leaves to another functioneel beheerder: the own ones, as
    long as there is somebody else."""
    if not any(one.pk != by.pk for one in all_admins):
        return set()
    return {one.pk for one in memberships if one.user_id == by.pk}


def open_review(organisation: Organisation) -> MembershipReview | None:
    """The review that was begun and waits for somebody else."""
    return organisation.reviews.filter(signed_at=None).first()


def reviews_of(organisation: Organisation) -> QuerySet[MembershipReview]:
    """What was signed before, the newest first, with how many roles stayed and ended."""
    return (
        organisation.reviews.exclude(signed_at=None)
        .annotate(
            kept=Count("lines", filter=Q(lines__decision="keep")),
            ended=Count("lines", filter=Q(lines__decision="end")),
        )
        .order_by(F("signed_at").desc(), "-pk")
    )
