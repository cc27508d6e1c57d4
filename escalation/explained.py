"""Why a text that looks like personal data may stay (O-08)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from audit.transaction import action
from escalation.change import tell
from escalation.models import Casus
from rdm.lib import screening

if TYPE_CHECKING:
    from directory.models import User
    from rdm.lib.forms import ScreeningOverride

EXPLAINED = "explained"


@action
def explain_overrides(*, casus: Casus, by: User, overrides: Iterable[ScreeningOverride]) -> None:
    """Keep on the timeline why `by` says that what was found is no personal data.

    On the timeline and not in the audit log: it is a text, so it must go when the casus goes. Part
    of the transaction of the action that the text belongs to; that one asked for the right.
    """
    for one in overrides:
        found = " en ".join(screening.LABELS[kind] for kind in one.kinds)
        text = f"Gevonden bij ‘{one.label}’: {found}.\nUitleg: {one.reason}"
        tell(casus, EXPLAINED, "Gevonden tekst is geen persoonsgegeven", by=by, text=text)
