"""The pictures in docs/ are made from the tables in code, and are fresh."""

from pathlib import Path

import pytest

from learning.management.commands.tables import PAGES


@pytest.mark.parametrize("name", PAGES)
def test_the_picture_is_the_code(root: Path, name: str) -> None:
    assert (root / "docs" / name).read_text() == PAGES[name](), "run `manage.py tables`"
