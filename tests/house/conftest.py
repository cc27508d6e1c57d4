"""The scene of the inspectors."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from tests.house.scene import Scene, set_up


@pytest.fixture
def scene(db: None) -> Iterator[Scene]:
    """Every state of the product, with everything that can be listed, answered or decided."""
    # Thousands of requests, each with a line in the log.
    logging.disable(logging.ERROR)
    yield set_up()
    logging.disable(logging.NOTSET)
