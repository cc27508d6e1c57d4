"""The inspectors begin with a scene, in which every page of the product has something to show.

A module that needs more says so with a function `stand`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest

from tests.cast import Cast, make_cast
from tests.house.scene import Scene, set_up
from tests.standing import stands


@pytest.fixture
def beginning(request: pytest.FixtureRequest) -> Callable[[], object]:
    made: Callable[[], object] = getattr(request.module, "stand", set_up)
    return made


@pytest.fixture(autouse=True)
def quiet(request: pytest.FixtureRequest) -> Iterator[None]:
    """Thousands of requests, each with a line in the log."""
    if stands(request.node):
        logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def scene(db: None) -> Scene:
    """Every state of the product, with everything that can be listed, answered or decided."""
    return Scene.again()


@pytest.fixture
def cast(request: pytest.FixtureRequest, db: None) -> Cast:
    """The people of the scene, or a cast in an empty database."""
    return Scene.again().cast if stands(request.node) else make_cast()
