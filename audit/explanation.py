"""Reasons that belong to a row of the log, but are a text, which the log does not hold."""

from __future__ import annotations

from collections.abc import Iterable

from audit.models import Explanation
from rdm.lib import clock


def keep(
    *, object_type: str, object_id: str, field: str, kinds: Iterable[str], reason: str
) -> None:
    """Keep why what was found in `field` is no personal data, in the running transaction.

    Who said it is in the log row about the same object and field.
    """
    Explanation.objects.create(
        at=clock.now(),
        object_type=object_type,
        object_id=object_id,
        field=field,
        kinds=",".join(kinds),
        reason=reason,
    )
