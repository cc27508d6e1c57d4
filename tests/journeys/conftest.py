"""What the journeys share: people at a browser, and a mail server that really receives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from directory.models import User
from tests.journeys.visit import Mailbox, sign_in
from tests.outbox.conftest import post, smtp  # noqa: F401

# A busy machine may be slow; a page that never shows it is wrong after this as well.
expect.set_options(timeout=15_000)


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """The address of the live server, which is then also the one in the mails."""
    settings.SITE_URL = live_server.url
    return str(live_server.url)


@pytest.fixture
def enter(visitor: Callable[..., Page], site: str) -> Callable[..., Page]:
    """A browser of its own for somebody, who signs in through the form."""

    def new(user: User, **size: int) -> Page:
        return sign_in(visitor(**size), site, user)

    return new


@pytest.fixture
def mailbox(smtp: Any, post: Any) -> Mailbox:  # noqa: F811
    return Mailbox(post)
