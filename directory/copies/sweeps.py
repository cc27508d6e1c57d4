"""Throwing away old copies."""

from __future__ import annotations

from directory.models import Procesafspraak
from rdm.lib.copies import shelf


def forget_old_copies() -> int:
    """Those that are older than the procesafspraak `reservekopie_bewaren`; how many. What was
    destroyed in the database is in a copy until then."""
    days = Procesafspraak.number_of("reservekopie_bewaren")
    with shelf.alone() as mine:
        return shelf.forget(days=days) if mine else 0
