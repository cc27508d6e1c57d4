"""One line of "Mijn werk": what waits for a person, or what that person waits for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

# How many lines a person sees of each list; a provider gives one more, so that the page knows.
MOST = 15
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class WorkItem:
    """Something to do, or to wait for.

    `due` is a calendar day in Europe/Amsterdam, or None without a term. `who` is whose turn
    it is, as the reader should see it. `waiting` is True when the reader waits for someone
    else. `kind` is a short stable name for tests and icons, `casus_code` may be empty. `since` is
    when it began to wait, where that is known.
    """

    title: str
    url: str
    due: date | None
    who: str
    waiting: bool
    kind: str
    casus_code: str
    since: datetime | None = None

    def is_overdue(self, today: date) -> bool:
        """True when the term has passed; the day of the term itself is still in time."""
        return self.due is not None and self.due < today


def by_urgency(items: Iterable[WorkItem]) -> list[WorkItem]:
    """Oldest deadline first, so what is overdue comes on top. Items without a term come last: what
    waits longest first, and after those what has no known beginning."""
    return sorted(
        items,
        key=lambda item: (
            item.due or date.max,
            item.since or NEVER,
            *(item.casus_code, item.kind, item.title),
        ),
    )
