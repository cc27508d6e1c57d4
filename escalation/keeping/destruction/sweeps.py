"""The destruction that two people approved."""

from __future__ import annotations

from escalation.keeping import parts as dossier
from escalation.keeping.destruction import actions as destructions
from escalation.keeping.tombstones import ledger as tombstones
from escalation.models import Destruction


def destroy_approved() -> int:
    """Destroy what two people approved, and note each tombstone outside the database; how many.

    The note comes after the commit. When it fails, the next run finds the tombstone again.
    """
    approved = Destruction.objects.filter(state=Destruction.State.APPROVED).order_by("pk")
    done = sum(destructions.carry_out(destruction=one) for one in approved)
    parties = ("gemeente__organisation", "registered_by", "carried_by")
    unnoted = Destruction.objects.tombstones().filter(noted_at=None).select_related(*parties)
    for one in unnoted.order_by("pk"):
        tombstones.append(one)
        destructions.mark_noted(destruction=one)
    # Somebody who reads may hold it up; then the next run tries again.
    if Destruction.objects.tombstones().filter(swept_at=None).exists() and dossier.sweep_out():
        destructions.mark_swept()
    return done
