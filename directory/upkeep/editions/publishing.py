"""Each published version of a page becomes an edition (O-13).

Whoever changes a tafel or the local entrances calls `publish` afterwards: it compares the page
with the last edition and, when people would see a difference, adds the next one.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from directory.models import Edition, Gemeente, Proposal, Region, Tafel
from directory.upkeep.editions.changelog import FILE
from directory.upkeep.editions.changes import changes_between, summary_of
from directory.upkeep.page_fields.values import PREFETCH, values_of
from directory.upkeep.page_fields.words import Names
from rdm.lib import clock

FIRST = "Eerste versie."


def serialise() -> None:
    """Let everybody who publishes, and the loader of the region file, wait for one another.

    Editions then get their numbers in the order in which they become visible, so that a reader
    who was told about everything up to one edition misses none. Call it inside the transaction.
    """
    list(Region.objects.select_for_update().values_list("pk"))


def publish(
    subject: Tafel | Gemeente, *, by_name: str, proposal: Proposal | None = None
) -> Edition | None:
    """Add an edition when the page differs from the last one; None when nobody sees a difference.

    Reads the page fresh from the database, inside the transaction of the change and after
    `serialise`. `by_name` is a function or organisation, never a person: it is public.
    """
    found = _publish_all(
        _pages(type(subject)).filter(pk=subject.pk), by_name=by_name, proposal=proposal
    )
    return found[0] if found else None


def publish_loaded() -> int:
    """After a load of the region file: an edition for every page it changed; how many.

    The first load makes the first edition of every page. Inside the transaction of the load,
    which has locked the row of the region.
    """
    return sum(len(_publish_all(_pages(model), by_name=FILE)) for model in (Tafel, Gemeente))


def _pages(model: type[Tafel] | type[Gemeente]) -> QuerySet[Any]:
    linked = "led_by" if model is Tafel else "organisation"
    return model._default_manager.select_related(linked).prefetch_related(*PREFETCH[model])


def _publish_all(
    pages: QuerySet[Any], *, by_name: str, proposal: Proposal | None = None
) -> list[Edition]:
    """In a handful of queries, however many pages there are."""
    now, names = clock.now(), Names.read()
    subjects = list(pages)
    if not subjects:
        return []
    kind = "tafel" if isinstance(subjects[0], Tafel) else "gemeente"
    known = Edition.objects.filter(**{f"{kind}__in": subjects}).order_by("number")
    last = {getattr(edition, f"{kind}_id"): edition for edition in known}
    made = []
    for subject in subjects:
        before, values = last.get(subject.pk), values_of(subject)
        changes = changes_between(subject, before.values, values, names) if before else []
        if before and not changes:
            continue
        edition = Edition(
            number=before.number + 1 if before else 1,
            values=values,
            changes=changes,
            summary=summary_of(changes) if before else FIRST,
            proposal=proposal,
            published_at=now,
            published_by_name=by_name[:160],
        )
        setattr(edition, kind, subject)
        made.append(edition)
    Edition.objects.bulk_create(made)
    for edition in made:
        _count(edition)
    return made


def _count(edition: Edition) -> None:
    """The page carries the number of its edition; a new page has number 1 by itself."""
    if edition.number == 1:
        return
    if edition.tafel is not None:
        Tafel.objects.filter(pk=edition.tafel.pk).update(version=edition.number)
    elif edition.gemeente is not None:
        Gemeente.objects.filter(pk=edition.gemeente.pk).update(entrance_version=edition.number)
