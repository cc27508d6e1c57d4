"""What is cleared away around the log; the log itself never is."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings

from audit import once
from audit.models import HandledRequest
from audit.sweeps import forget_handled
from rdm.lib import clock
from rdm.lib.refusal import AlreadyDone


@pytest.mark.django_db
def test_the_id_of_a_form_is_kept_as_long_as_a_session_can_last() -> None:
    longest = timedelta(seconds=settings.SESSION_MAX_SECONDS)
    old, recent = uuid4(), uuid4()
    for form, age in ((old, longest + timedelta(minutes=1)), (recent, longest)):
        with clock.travel(clock.now() - age + timedelta(seconds=10)):
            once.claim(form)
    assert forget_handled() == 1
    assert HandledRequest.objects.get().pk == recent
    with pytest.raises(AlreadyDone):
        once.claim(recent)
    assert forget_handled() == 0


def test_the_sweep_runs() -> None:
    assert "audit.sweeps.forget_handled" in settings.SWEEPS
