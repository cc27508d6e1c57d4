"""The scene of the inspectors.

A scene takes seconds to walk and half a second to put back. Here each module therefore has one
that stands for all its tests, inside a transaction; each test works in a savepoint of its own.
A test that needs the database to itself (`transactional_db`, `django_db`) takes the scene down.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.cast import Cast, make_cast
from tests.house.scene import Scene, set_up, undone


class Standing:
    """What stands in the open transaction, if anything does."""

    def __init__(self) -> None:
        self.made: Callable[[], object] | None = None
        self.stack = ExitStack()

    def up(self, make: Callable[[], object], blocker: Any) -> None:
        if self.made is not make:
            self.down()
            self.stack.enter_context(blocker.unblock())
            self.stack.enter_context(undone())
            make()
            self.made = make

    def down(self) -> None:
        self.made = None
        self.stack.close()


_standing = Standing()


def _stands(item: Any) -> bool:
    alone = {"transactional_db", "live_server"} & set(item.fixturenames)
    return "db" in item.fixturenames and not alone and item.get_closest_marker("django_db") is None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if not _stands(item):
        _standing.down()


@pytest.fixture(scope="module")
def standing(django_db_setup: None) -> Iterator[Standing]:
    yield _standing
    _standing.down()


@pytest.fixture
def db(request: Any, standing: Standing, django_db_blocker: Any) -> Iterator[None]:
    """The fixture of pytest-django by another way: a savepoint in what the `stand` of the module
    makes, or else in the scene."""
    if not _stands(request.node):
        yield
        return
    # Thousands of requests, each with a line in the log.
    logging.disable(logging.ERROR)
    standing.up(getattr(request.module, "stand", set_up), django_db_blocker)
    with undone():
        yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def scene(db: None) -> Scene:
    """Every state of the product, with everything that can be listed, answered or decided."""
    return Scene.again()


@pytest.fixture
def cast(request: Any, db: None) -> Cast:
    """The people of the scene, or a cast in an empty database."""
    return Scene.again().cast if _stands(request.node) else make_cast()
