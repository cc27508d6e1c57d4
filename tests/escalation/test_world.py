"""Every state of a casus is reached by walking, and the walk leaves a whole log behind."""

import pytest

from audit import log
from tests.cast import Cast
from tests.world import IN_STATUS


@pytest.mark.parametrize("status", IN_STATUS)
def test_a_casus_walks_into_every_status(cast: Cast, status: str) -> None:
    casus = IN_STATUS[status](cast)
    casus.refresh_from_db()
    assert casus.status == status
    assert casus.events.exists()
    assert log.check() is None
