"""Two people at one role or invitation at the same moment."""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import Any

import pytest

from directory.models import Invitation, Membership, User
from directory.people import actions as people
from directory.people.invitations import actions as invitations
from tests.cast import PASSWORD, Cast, person
from tests.races import Do, needs_postgresql, raced

pytestmark = pytest.mark.django_db(transaction=True)


def second(cast: Cast) -> User:
    """Another functioneel beheerder."""
    return person("beheer2@voorbeeld.example", "Verzonnen Tweede", [("zvh-twente", "beheerder")])


@needs_postgresql
def test_a_role_ends_once_and_gives_no_way_back(cast: Cast) -> None:
    other = second(cast)
    acts: dict[str, Do[Any]] = {
        "end": lambda row: people.end_membership(membership=row, by=cast.admin),
        "end by another": lambda row: people.end_membership(membership=row, by=other),
        "shut": lambda row: people.set_active(user=row.user, by=cast.admin, active=False),
    }
    wrong = []
    for turn, (one, two) in enumerate(combinations_with_replacement(acts, 2)):
        email = f"wedloop{turn}@voorbeeld.example"
        user = person(email, "Verzonnen Wedloop", [("mediant", "aanmelder")])
        wrong += raced(acts[one], acts[two], user.memberships.get(), (one, two))
    assert not wrong, "\n".join(wrong)


@needs_postgresql
def test_an_invitation_is_accepted_withdrawn_or_replaced(cast: Cast) -> None:
    def again(row: Invitation) -> object:
        return invitations.invite(
            by=cast.admin,
            email=row.email,
            name=row.name,
            organisation=row.organisation,
            role=row.role,
        )

    acts: dict[str, Do[Invitation]] = {
        "accept": lambda row: invitations.accept(invitation=row, password=PASSWORD),
        "withdraw": lambda row: invitations.withdraw(invitation=row, by=cast.admin),
        "invite again": again,
    }
    wrong = []
    for turn, (one, two) in enumerate(combinations_with_replacement(acts, 2)):
        email = f"wedloop{turn}@voorbeeld.example"
        invitation, _ = invitations.invite(
            by=cast.admin,
            email=email,
            name="Verzonnen Wedloop",
            organisation=cast.mediant,
            role="aanmelder",
        )
        wrong += raced(acts[one], acts[two], invitation, (one, two))
        roles = Membership.objects.filter(user__email=email, ended_at=None).count()
        accepted = Invitation.objects.filter(email=email).exclude(accepted_at=None).count()
        assert (roles, accepted) in {(0, 0), (1, 1)}
        assert Invitation.objects.open().filter(email=email).count() <= 1
    assert not wrong, "\n".join(wrong)


@needs_postgresql
def test_a_heavy_role_is_judged_once(cast: Cast) -> None:
    acts: dict[str, Do[Invitation]] = {
        "agree": lambda row: invitations.agree(invitation=row, by=cast.privacy_officer),
        "decline": lambda row: invitations.decline(
            invitation=row, by=cast.coordinator, reason="Verzonnen reden."
        ),
        "withdraw": lambda row: invitations.withdraw(invitation=row, by=cast.admin),
    }
    wrong = []
    for turn, (one, two) in enumerate(combinations_with_replacement(acts, 2)):
        invitation, _ = invitations.invite(
            by=cast.admin,
            email=f"wedloop{turn}@voorbeeld.example",
            name="Verzonnen Wedloop",
            organisation=cast.coordinator.memberships.get().organisation,
            role="coordinator",
        )
        wrong += raced(acts[one], acts[two], invitation, (one, two))
    assert not wrong, "\n".join(wrong)
