"""Pages of a long list whose count stays cheap, however long the list becomes."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from rdm.lib.numbers import whole

PER_PAGE = 25
CAP = 1000


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts at most `cap` rows; what lies beyond is reached with a filter, not by leafing."""

    cap = CAP

    @cached_property
    def found(self) -> int:
        """The count, at most one above the cap."""
        rows: Any = self.object_list[: self.cap + 1]
        return int(rows.count()) if hasattr(rows, "query") else len(rows)

    @cached_property
    def count(self) -> int:  # type: ignore[override]
        return min(self.found, self.cap)

    def count_words(self, one: str, many: str) -> str:
        """ "1 casus", "12 casussen", "meer dan 1.000 casussen"."""
        if self.found > self.cap:
            return f"meer dan {whole(self.cap)} {many}"
        return f"{whole(self.found)} {one if self.found == 1 else many}"


def page_of(request: HttpRequest, rows: Any, per_page: int = PER_PAGE) -> Page:  # type: ignore[type-arg]
    """The page asked for with `?page=`; the first or last one for a number that makes no sense."""
    return CappedPaginator(rows, per_page).get_page(request.GET.get("page"))
