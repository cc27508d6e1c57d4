"""Two people at one terugkoppeling, leersessie or leerpunt at the same moment."""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import Any

import pytest
from django.db import models

from tests.cast import Cast
from tests.learning.test_transitions import DECIDED, begun, take, walked, ways
from tests.races import Do, needs_postgresql, raced

pytestmark = pytest.mark.django_db(transaction=True)


def act(name: str, cast: Cast) -> Do[Any]:
    return lambda row: take(name, row, cast)


@needs_postgresql
@pytest.mark.parametrize("model", DECIDED)
def test_two_at_once_do_what_could_have_been(cast: Cast, model: type[models.Model]) -> None:
    """Every two that are possible in a status, and one that has just become impossible."""
    wrong = []
    for status, way in ways(model).items():
        possible = [name for name, routes in DECIDED[model].items() if status in routes]
        for one, other in combinations_with_replacement(possible, 2):
            row = walked(begun(cast, model), way, cast)
            wrong += raced(act(one, cast), act(other, cast), row, (status, one, other))
    assert not wrong, "\n".join(wrong)
