"""Every address is decided: in the permission table or public, and it behaves so."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.house.urls import CASUS, GENERAL, PUBLIC, REPORT, patterns

NAMES = {pattern.name: path for path, pattern in patterns()}


def test_every_address_has_a_name_and_a_decision() -> None:
    """And once only. That each decision is a row of a table, and each row has a decision, is asked
    in test_matrix.py."""
    decided = [*CASUS, *REPORT, *GENERAL, *PUBLIC]
    assert set(NAMES) - set(decided) == set()
    assert set(decided) - set(NAMES) == set()
    assert len(decided) == len(set(decided))


def filled(path: str) -> str:
    """The path with something plausible in every place."""
    something = {"int": "1", "slug": "iets", "str": "iets", "uuid": "0" * 32}
    return "/" + re.sub(
        r"<(?:(\w+):)?\w+>", lambda match: something.get(match[1] or "str", "iets"), path
    )


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(NAMES) - PUBLIC))
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_asked_to_sign_in(client: Client, name: str, method: str) -> None:
    """Before anything else: also an address that does not exist says nothing to a visitor."""
    answer = getattr(client, method)(filled(NAMES[name]))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/")
