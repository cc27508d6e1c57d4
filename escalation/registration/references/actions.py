"""The number that an organisation gives a casus in its own administration (O-08)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.transaction import action
from escalation.change import record, require
from escalation.models import Casus, OwnReference
from escalation.permissions import organisation_for
from rdm.lib.refusal import Refused
from rdm.lib.spelling import number_in

if TYPE_CHECKING:
    from directory.models import User

SOMEBODY_WAS_FIRST = (
    "Een collega heeft het kenmerk intussen gewijzigd in “{now}”. Sla opnieuw op als uw kenmerk "
    "het goede is."
)


@action
def note_reference(*, casus: Casus, by: User, reference: str, before: str) -> None:
    """Keep the number of the organisation for which `by` reads the casus; an empty one takes it
    away. `before` is what that was on the page. Not on the timeline: only the own organisation may
    see it."""
    require(by, casus, "note_reference")
    organisation = organisation_for(by, casus, "note_reference")
    kept = reference_of(casus, organisation.pk)
    if kept not in (before, reference.strip()):
        raise Refused(SOMEBODY_WAS_FIRST.format(now=kept or "niets"), "reference")
    keep_reference(casus, organisation.pk, reference)
    record(casus, "note_reference", by=by, part="reference")


def reference_of(casus: Casus, organisation: int) -> str:
    """What this organisation noted; empty when it did not."""
    found = casus.own_references.filter(organisation=organisation).first()
    return found.reference if found else ""


def keep_reference(casus: Casus, organisation: int, reference: str) -> None:
    """Part of an action that asked for the right to do this."""
    if kept := reference.strip():
        OwnReference.objects.update_or_create(
            casus=casus,
            organisation_id=organisation,
            defaults={"reference": kept, "number": number_in(kept)},
        )
    else:
        casus.own_references.filter(organisation=organisation).delete()
