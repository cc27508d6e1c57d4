"""What the tests of the directory share: the region Twente, loaded the way a beheerder does."""

import pytest
from django.core.management import call_command

from directory.models import Region
from tests.snapshot import remember


@pytest.fixture
def twente(db: None) -> Region:
    remember("region", lambda: call_command("region", "load", verbosity=0))
    return Region.current()
