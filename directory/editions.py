"""Editions: each published version of a page, and what changed in it, in words (O-13, E-174).

Whoever changes a tafel or the local entrances calls `publish` afterwards: it compares the page
with the last edition and, when people would see a difference, adds the next one. The change log,
the feed and the mail to subscribers all say an edition with `log_entry`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from django.db.models import Q, QuerySet
from django.urls import reverse

from directory import parts
from directory.models import Edition, Gemeente, Proposal, Region, Tafel
from rdm.lib import clock

# Who published what a load of the region file changed; also the first edition of every page.
FILE = "regiobestand"
FIRST = "Eerste versie."
MOST = 500
"""Length of a summary; the list of changes itself is not cut."""


class Change(TypedDict):
    """One changed part: its name, and what it was and became in words (empty: nothing)."""

    field: str
    label: str
    old: str
    new: str


def changes_between(
    subject: Tafel | Gemeente, old: parts.Values, new: parts.Values, names: parts.Names
) -> list[Change]:
    """What a reader of the page sees changed, part by part. Local entrances count one by one."""
    found: list[Change] = []
    for part in parts.parts_of(subject):
        before, after = old.get(part.name), new.get(part.name)
        if before == after:
            continue
        if part.kind is parts.Kind.ENTRANCES:
            found += _entrance_changes(before or [], after or [])
            continue
        was, becomes = parts.in_words(part, before, names), parts.in_words(part, after, names)
        if was != becomes:
            found.append({"field": part.name, "label": part.label, "old": was, "new": becomes})
    return found


def _entrance_changes(old: Sequence[dict[str, str]], new: Sequence[dict[str, str]]) -> list[Change]:
    before = {one["name"]: parts.entrance_words(one) for one in old}
    after = {one["name"]: parts.entrance_words(one) for one in new}
    return [
        {
            "field": "entrances",
            "label": f"Ingang {name}",
            "old": before.get(name, ""),
            "new": after.get(name, ""),
        }
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    ]


def summary_of(changes: Sequence[Change]) -> str:
    """The changes in one or more short sentences, for lists: at most 500 characters."""
    sentences = []
    for verb, chosen in (
        ("Gewijzigd", [one for one in changes if one["old"] and one["new"]]),
        ("Toegevoegd", [one for one in changes if not one["old"]]),
        ("Weggehaald", [one for one in changes if not one["new"]]),
    ):
        if chosen:
            sentences.append(f"{verb}: {_listed([_small(one['label']) for one in chosen])}.")
    text = " ".join(sentences)
    return text if len(text) <= MOST else f"{text[: MOST - 1].rsplit(',', 1)[0]} …"


def _small(label: str) -> str:
    return label[0].lower() + label[1:]


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} en {words[-1]}"


# --- Publishing -----------------------------------------------------------------------------------


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
    return model._default_manager.select_related(linked).prefetch_related(*parts.PREFETCH[model])


def _publish_all(
    pages: QuerySet[Any], *, by_name: str, proposal: Proposal | None = None
) -> list[Edition]:
    """In a handful of queries, however many pages there are."""
    now, names = clock.now(), parts.Names.read()
    subjects = list(pages)
    if not subjects:
        return []
    kind = "tafel" if isinstance(subjects[0], Tafel) else "gemeente"
    known = Edition.objects.filter(**{f"{kind}__in": subjects}).order_by("number")
    last = {getattr(edition, f"{kind}_id"): edition for edition in known}
    made = []
    for subject in subjects:
        before, values = last.get(subject.pk), parts.values_of(subject)
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


# --- Reading --------------------------------------------------------------------------------------


def of(subject: Tafel | Gemeente) -> QuerySet[Edition]:
    """Every edition of one page, newest first."""
    return subject.editions.order_by("-number")


def news() -> QuerySet[Edition]:
    """Every edition that is a change for readers, newest first.

    The first edition of a gemeente is the empty page it began with, and no news.
    """
    return (
        Edition.objects.exclude(Q(gemeente__isnull=False, number=1))
        .select_related("tafel", "gemeente__organisation")
        .defer("values")
    )


@dataclass(frozen=True)
class LogEntry:
    """One edition for people: in the change log, in the feed and in the mail to subscribers.

    `by` says who published it ("door de themagroep"), `url` is the path of the page itself,
    `compare_url` that of the comparison with the edition before (empty for the first).
    """

    edition: Edition
    page: str
    title: str
    text: str
    lines: tuple[str, ...]
    url: str
    compare_url: str
    at: datetime
    by: str


def log_entry(edition: Edition) -> LogEntry:
    """The words for one edition; asks nothing of the database after `news()`."""
    page = page_name(edition.tafel or edition.gemeente)
    url, history = _addresses(edition)
    number = edition.number
    compare = f"{history}vergelijken/?van={number - 1}&naar={number}" if number > 1 else ""
    return LogEntry(
        edition=edition,
        page=page,
        title=f"{page}, versie {number}",
        text=edition.summary,
        lines=tuple(_line(change) for change in edition.changes),
        url=url,
        compare_url=compare,
        at=edition.published_at,
        by="uit het regiobestand"
        if edition.published_by_name == FILE
        else f"door {edition.published_by_name}",
    )


def page_name(subject: Tafel | Gemeente | None) -> str:
    """What a page is called in a list where tafels and gemeenten stand together."""
    return f"Gemeente {subject}" if isinstance(subject, Gemeente) else str(subject)


def _addresses(edition: Edition) -> tuple[str, str]:
    if edition.tafel is not None:
        slug = edition.tafel.slug
        return reverse("tafel_detail", args=[slug]), reverse("tafel_history", args=[slug])
    assert edition.gemeente is not None
    slug = edition.gemeente.slug
    return reverse("gemeente_detail", args=[slug]), reverse("gemeente_history", args=[slug])


def _line(change: Change) -> str:
    """One change as a sentence; long texts are pointed at, not repeated."""
    label, old, new = change["label"], change["old"], change["new"]
    if not old:
        return f"{label}: {_short(new)} (toegevoegd)" if _short(new) else f"{label}: toegevoegd"
    if not new:
        was = f" (er stond: {_short(old)})" if _short(old) else ""
        return f"{label}: weggehaald{was}"
    gone, added = _only_in(old, new), _only_in(new, old)
    if len(gone) > SHORT or len(added) > SHORT:
        return f"{label}: de tekst is gewijzigd"
    if not gone:
        return f"{label}: erbij: {added}" if added else f"{label}: de volgorde is gewijzigd"
    if not added:
        return f"{label}: weg: {gone}"
    return f"{label}: {added} (was: {gone})"


SHORT = 200


def _only_in(text: str, other: str) -> str:
    """The lines of `text` that `other` does not have, on one line."""
    known = set(other.split("\n"))
    return ", ".join(line for line in text.split("\n") if line not in known)


def _short(text: str) -> str:
    """The text when it fits in a sentence, and nothing when it does not."""
    line = ", ".join(text.split("\n"))
    return line if len(line) <= SHORT else ""
