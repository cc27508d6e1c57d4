"""Names for things in open data that stay the same for ever, also at another web address."""

from __future__ import annotations

from uuid import NAMESPACE_OID, UUID, uuid5

from directory.models import Region

# Made up once for this product; another number would rename everything everywhere.
_NAMESPACE = uuid5(NAMESPACE_OID, "regionale-doorzettingsmacht")


def uid(region: Region, *parts: object) -> UUID:
    """The same parts in the same region always give the same number."""
    return uuid5(_NAMESPACE, "/".join(map(str, (region.slug, *parts))))
