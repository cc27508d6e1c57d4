"""Going through the roles of an organisation, and signing for it (O-12)."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import F

from audit import log
from audit.transaction import action, defer
from directory import permissions
from directory.models import Membership, MembershipReview, MembershipReviewLine, Organisation, User
from directory.people import actions as people
from directory.people.reviews import mails
from directory.reading import reviews
from rdm.lib import clock
from rdm.lib.refusal import Conflict, Forbidden, Refused

KEEP, END = MembershipReviewLine.Decision.KEEP, MembershipReviewLine.Decision.END
SOMEBODY_WAS_FIRST = (
    "Iemand anders liep deze rollen net na. Uw keuzes zijn niet opgeslagen. Kijk eerst wat er nu "
    "staat."
)
ROLES_CHANGED = (
    "De rollen bij deze organisatie zijn net veranderd. Open de pagina opnieuw en kies nog een "
    "keer."
)
NOTHING_LEFT = "Hier is voor u nu niets na te lopen."


@action
def go_through(
    *,
    organisation: Organisation,
    by: User,
    decisions: Mapping[int, str],
    version: int = 0,
) -> MembershipReview:
    """Say of every role whether it stays ("keep") or ends ("end"), by the number of the role.

    A role that ends, ends now. When all are decided the review is signed, on this day by this
    person. The own role is for another functioneel beheerder, if there is one: then the review
    stays open and the others hear of it. `version` is that of the open review, 0 when there was
    none; raises Conflict when somebody was first, Refused when the roles are not those that were
    on the screen.
    """
    if reason := permissions.reason_denied(by, "review_memberships"):
        raise Forbidden(reason)
    state = reviews.state_of(organisation, clock.today())
    if state is None:
        raise Refused(NOTHING_LEFT)
    review = _begin(organisation, by, state, version)
    waiting = list(reviews.undecided(organisation, review))
    left = reviews.for_others(by, waiting, reviews.beheerders())
    mine = [one for one in waiting if one.pk not in left]
    if not mine and left:
        raise Refused(NOTHING_LEFT)
    if {one.pk for one in mine} != set(decisions):
        raise Refused(ROLES_CHANGED)
    for membership in mine:
        _decide(review, membership, decisions[membership.pk], by)
    if left:
        mails.ask_other_to_review(review, by)
        part = "half"
    else:
        MembershipReview.objects.filter(pk=review.pk).update(
            signed_at=clock.now(), signed_by_name=by.name
        )
        part = "sign"
    review.refresh_from_db()
    _record(by, review, part)
    return review


def _begin(
    organisation: Organisation, by: User, state: reviews.State, version: int
) -> MembershipReview:
    """The open review, or a new one; of two people at once one gets it."""
    if version:
        taken = MembershipReview.objects.filter(
            organisation=organisation, signed_at=None, version=version
        ).update(version=F("version") + 1)
        if not taken:
            raise Conflict(SOMEBODY_WAS_FIRST)
        return MembershipReview.objects.get(organisation=organisation, signed_at=None)
    try:
        with transaction.atomic():
            return MembershipReview.objects.create(
                organisation=organisation,
                due=state.due,
                started_at=clock.now(),
                started_by=by,
                started_by_name=by.name[:160],
            )
    except IntegrityError:
        raise Conflict(SOMEBODY_WAS_FIRST) from None


def _decide(review: MembershipReview, membership: Membership, decision: str, by: User) -> None:
    if decision not in (KEEP, END):
        raise Refused("Kies bij elke rol of die blijft of stopt.")
    if decision == END:
        people.end_now(membership=membership, by=by)
    MembershipReviewLine.objects.create(
        review=review,
        membership=membership,
        person_name=membership.user.name,
        role=membership.role,
        decision=decision,
        at=clock.now(),
        by_name=by.name,
        by_themselves=membership.user_id == by.pk,
    )


def _record(by: User, review: MembershipReview, part: str) -> None:
    defer(
        lambda: log.record(
            actor=by,
            action="update",
            object_type="membership_review",
            object_id=review.pk,
            part=part,
            organisation=by.acting_for,
        )
    )
