"""Keeping which organisations are partner in the covenant (decisions.md, the overleg)."""

from __future__ import annotations

from collections.abc import Collection
from zlib import crc32

from audit import log
from audit.transaction import action, defer
from directory.models import Organisation, User
from directory.permissions import reason_denied
from rdm.lib.refusal import Conflict, Forbidden

SOMEBODY_WAS_FIRST = (
    "Iemand anders heeft deze lijst intussen gewijzigd. Uw keuze staat er nog. Kijk haar na en sla "
    "daarna opnieuw op."
)


def version_now() -> int:
    """A number that is another one as soon as the partners are others."""
    partners = Organisation.objects.filter(covenant_partner=True).order_by("slug")
    return crc32(",".join(partners.values_list("slug", flat=True)).encode())


@action
def set_partners(
    *, by: User, partners: Collection[Organisation], version: int | None = None
) -> None:
    """From now on these organisations are partner, and no others: their people may hear a casus
    without a statement of secrecy of their own."""
    if reason := reason_denied(by, "change_covenant"):
        raise Forbidden(reason)
    # Two people at once: the second finds the rows as the first left them.
    rows = list(Organisation.objects.select_for_update().order_by("pk"))
    if version is not None and version != version_now():
        raise Conflict(SOMEBODY_WAS_FIRST)
    wanted = {one.pk for one in partners}
    changed = [one for one in rows if one.covenant_partner != (one.pk in wanted)]
    for one in changed:
        one.covenant_partner = one.pk in wanted
    Organisation.objects.bulk_update(changed, ["covenant_partner"])
    for one in changed:
        _record(by, one)


def _record(by: User, organisation: Organisation) -> None:
    part = "covenant-in" if organisation.covenant_partner else "covenant-out"
    defer(
        lambda: log.record(
            actor=by,
            action="update",
            object_type="organisation",
            object_id=organisation.slug,
            part=part,
        )
    )
