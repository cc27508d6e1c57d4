"""The cast is the same whether it was made by actions or put back from the first time."""

from datetime import datetime

import pytest

from audit import log
from audit.models import AuditEntry
from directory.models import Membership, Region
from outbox.models import Message
from tests.cast import ROLES, Cast
from tests.world import registered_casus

seen: list[tuple[int, int, datetime]] = []


@pytest.mark.parametrize("turn", [1, 2])
def test_the_cast_and_the_log_are_whole_every_time(cast: Cast, turn: int) -> None:
    assert Region.current().slug == "twente"
    for name, person in cast.everybody.items():
        expected = {(slug, role) for slug, role in ROLES[name]}
        assert {(m.organisation.slug, m.role) for m in person.active_memberships} == expected
    assert Membership.objects.count() == sum(map(len, ROLES.values()))
    assert log.check() is None
    counts = (AuditEntry.objects.count(), Message.objects.count(), cast.admin.created_at)
    seen.append(counts)
    assert counts == seen[0]


def test_work_goes_on_after_the_rows_were_put_back(cast: Cast) -> None:
    casus = registered_casus(cast)
    assert casus.gemeente == cast.enschede
    assert log.check() is None
