"""Pages of a long list whose count stays cheap, however long the list becomes."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from rdm.lib.numbers import whole

PER_PAGE = 25
CAP = 500


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts at most `CAP` rows; what lies beyond is reached with a filter, not by leafing."""

    def __init__(self, rows: Any, per_page: int = PER_PAGE) -> None:
        super().__init__(rows, per_page)

    @cached_property
    def found(self) -> int:
        """The count, at most one above the cap."""
        rows: Any = self.object_list
        if not hasattr(rows, "query"):
            return min(len(rows), CAP + 1)
        return int(rows.order_by()[: CAP + 1].count())

    @cached_property
    def count(self) -> int:  # type: ignore[override]
        return min(self.found, CAP)

    @property
    def is_capped(self) -> bool:
        return self.found > CAP

    def count_words(self, one: str, many: str) -> str:
        """ "1 casus", "12 casussen", "meer dan 500 casussen"."""
        if self.is_capped:
            return f"meer dan {whole(CAP)} {many}"
        return f"{whole(self.found)} {one if self.found == 1 else many}"


class KeyedPaginator(CappedPaginator):
    """For rows whose conditions and order lie in one index. That is asked for the keys of the first
    ones, and only the rows of one page are read."""

    @cached_property
    def _keys(self) -> list[Any]:
        rows: Any = self.object_list
        return list(rows.values_list("pk", flat=True)[: CAP + 1])

    @cached_property
    def found(self) -> int:
        return len(self._keys)

    def page(self, number: int | str) -> Page:  # type: ignore[type-arg]
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        rows: Any = self.object_list
        chosen = rows.filter(pk__in=self._keys[: self.count][start : start + self.per_page])
        return Page(chosen, number, self)


def page_of(request: HttpRequest, rows: Any, per_page: int = PER_PAGE) -> Page:  # type: ignore[type-arg]
    """The page asked for with `?page=`; the first or last one for a number that makes no sense."""
    return CappedPaginator(rows, per_page).get_page(request.GET.get("page"))
