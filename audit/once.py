"""A form has one effect, however often it is sent (promise 4)."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from audit.models import HandledRequest
from rdm.lib import clock
from rdm.lib.refusal import AlreadyDone


def claim(request_id: UUID) -> None:
    """Take `request_id` in the running transaction; raises AlreadyDone when it was taken.

    When the transaction is rolled back (a refusal) the id is free again, so that the same form
    can be sent once more with a better answer.
    """
    try:
        with transaction.atomic():
            HandledRequest.objects.create(request_id=request_id, at=clock.now())
    except IntegrityError:
        raise AlreadyDone from None
