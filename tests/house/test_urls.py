"""Every address is decided: in the permission table or public, and it behaves so."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from directory import permissions as directory_permissions
from escalation import permissions as escalation_permissions
from learning import permissions as learning_permissions
from tests.house.urls import CASUS, GENERAL, PUBLIC, patterns

NAMES = {pattern.name: path for path, pattern in patterns()}


def test_every_address_has_a_name_and_a_decision() -> None:
    undecided = set(NAMES) - set(CASUS) - set(GENERAL) - PUBLIC
    gone = (set(CASUS) | set(GENERAL) | PUBLIC) - set(NAMES)
    assert undecided == set()
    assert gone == set()


def test_every_decision_names_a_row_of_the_table() -> None:
    known = {
        "escalation": set(escalation_permissions.GENERAL),
        "directory": set(directory_permissions.TABLE),
        "learning": set(learning_permissions.TABLE) | learning_permissions.OF_THE_GEMEENTE,
    }
    assert set(CASUS.values()) <= set(escalation_permissions.TABLE)
    assert [name for name, (app, action) in GENERAL.items() if action not in known[app]] == []


def filled(path: str) -> str:
    """The path with something plausible in every place."""
    something = {"int": "1", "slug": "iets", "str": "iets", "uuid": "0" * 32}
    return "/" + re.sub(
        r"<(?:(\w+):)?\w+>", lambda match: something.get(match[1] or "str", "iets"), path
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(NAMES) - PUBLIC))
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_asked_to_sign_in(client: Client, name: str, method: str) -> None:
    """Before anything else: also an address that does not exist says nothing to a visitor."""
    answer = getattr(client, method)(filled(NAMES[name]))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/")
