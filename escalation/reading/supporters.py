"""Who can support the resident of a casus: free and independent, chosen by the resident (E-128)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from directory.models import Gemeente, Organisation

if TYPE_CHECKING:
    from escalation.models import Casus


@dataclass(frozen=True)
class Supporters:
    """`of_gemeente`: those that the gemeente itself names. `others`: the rest of the region."""

    gemeente: str
    of_gemeente: tuple[Organisation, ...]
    others: tuple[Organisation, ...]

    @property
    def all(self) -> tuple[Organisation, ...]:
        return (*self.of_gemeente, *self.others)

    @property
    def shown(self) -> tuple[Organisation, ...]:
        """Whom to name where support is offered: those of the gemeente, or else everybody."""
        return self.of_gemeente or self.others


def supporters_for(casus: Casus) -> Supporters:
    """The organisations that can support the resident of `casus`; one query.

    What a gemeente names counts, whatever kind of organisation it is.
    """
    named = Gemeente.client_support.through._default_manager.filter(
        gemeente=casus.gemeente_id, organisation=OuterRef("pk")
    )
    found = Organisation.objects.annotate(is_named=Exists(named)).order_by("name")
    rows = list(found.filter(Q(kind=Organisation.Kind.CLIENT_SUPPORT) | Q(is_named=True)))
    return Supporters(
        gemeente=str(casus.gemeente or ""),
        of_gemeente=tuple(one for one in rows if one.is_named),
        others=tuple(one for one in rows if not one.is_named),
    )
