"""At which organisations somebody may have which role: the region says so (O-12)."""

from __future__ import annotations

from directory.models import Organisation, Region
from directory.roles import Role


def offered(organisation: Organisation) -> list[Role]:
    """The roles that somebody may have at this organisation, in the order in which they are
    offered. One query."""
    region = Region.objects.only("roles").first()
    if region is None:
        return []
    kind, slug = organisation.kind, organisation.slug
    return [
        role
        for role in Role
        if kind in region.roles.get(role, {}).get("kinds", ())
        or slug in region.roles.get(role, {}).get("organisations", ())
    ]
