"""The bench measures every page of the product, and says no when it must."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.db import connection

from bench.__main__ import engine, report
from bench.fill import FIRST, Filler
from bench.measure import Figures, Meter
from bench.pages import NOT_MEASURED, ROWS, VISITS, NoRow, pages
from tests.cast import Cast
from tests.house.pages import every_name

# `make bench` itself runs on PostgreSQL.
pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """A hundred requests, each with a line in the log."""
    logging.disable(logging.INFO)
    yield
    logging.disable(logging.NOTSET)


def test_every_address_is_measured_or_has_a_reason_not_to_be() -> None:
    names, measured = set(every_name()), {visit.name for visit in VISITS}
    assert names - measured - set(NOT_MEASURED) == set(), "measure these, or say why not"
    assert (measured | set(NOT_MEASURED)) - names == set()
    assert measured & set(NOT_MEASURED) == set()
    assert all(NOT_MEASURED.values())
    labels = [visit.label for visit in VISITS]
    assert len(labels) == len(set(labels)), "two pages with one name hide one another"


@pytest.mark.django_db
@pytest.mark.nightly
def test_every_page_can_be_measured_in_a_small_filled_database(cast: Cast) -> None:
    Filler(len(FIRST)).run()
    people = cast.everybody
    for page in pages():
        assert Meter(page, people.get(page.role)).queries >= 0


@pytest.mark.django_db
def test_a_page_without_its_row_stops_the_bench(cast: Cast, monkeypatch) -> None:
    with pytest.raises(NoRow):
        pages()
    monkeypatch.setitem(ROWS, "draft", lambda: None)
    Filler(len(FIRST)).run()
    with pytest.raises(NoRow, match="draft"):
        pages()


def figures(p95: float) -> Figures:
    return Figures(queries=3, median=p95 / 2, p95=p95, size=2048)


@pytest.mark.parametrize(
    ("slowest", "memory", "answer", "said"),
    [
        (14.0, 199.0, 0, "Binnen de norm."),
        (16.0, 100.0, 1, "Te traag: Pagina bij 20: 1.60×"),
        (10.0, 201.0, 1, "Te groot: webproces bij 20: 201 MB"),
    ],
)
def test_too_slow_and_too_big_is_a_no(
    capsys, slowest: float, memory: float, answer: int, said: str
) -> None:
    results = {10: {"Pagina": figures(10.0)}, 20: {"Pagina": figures(slowest)}}
    found = report(results, {10: 90.0, 20: memory}, most=1.5, most_memory=200)
    assert found == answer
    assert said in capsys.readouterr().out


@pytest.mark.django_db
def test_it_says_which_database_was_measured() -> None:
    assert engine().lower().startswith(connection.vendor)
