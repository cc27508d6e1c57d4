"""What the tests of the directory share: the region Twente, loaded the way a beheerder does."""

import pytest

from directory.models import Region
from tests.cast import load_twente
from tests.standing import stands


@pytest.fixture
def twente(request: pytest.FixtureRequest, db: None) -> Region:
    if not stands(request.node):
        load_twente()
    return Region.current()
