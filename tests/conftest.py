"""What every test may lean on: fast settings, a browser, and the log that can be emptied."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from _pytest.runner import pytest_runtest_protocol as run_test
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test import TransactionTestCase
from django.test.testcases import LiveServerThread

from tests.audit.flush import append_only_flush  # noqa: F401
from tests.deep_stack import on_a_deep_stack
from tests.emptied import leave_empty
from tests.house import tried
from tests.learning.flush import only_added_flush  # noqa: F401
from tests.standing import order, plays_elsewhere, standing, stands, undone

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Browser, BrowserContext, Page

    from directory.models import User
    from tests.cast import Cast

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    # The native date field shows the language of the browser.
    "--lang=nl-NL",
]


def pytest_configure(config: pytest.Config) -> None:
    """Settings that only make tests faster; what they protect has tests of its own."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = True
    # Nobody needs a test database after the power went out, so nothing waits for the disk.
    options = settings.DATABASES["default"]["OPTIONS"]
    if "init_command" in options:
        options["init_command"] += "PRAGMA synchronous=OFF;"
    else:
        options["options"] += " -c synchronous_commit=off"
    TransactionTestCase._fixture_teardown = leave_empty


def pytest_collection_finish() -> None:
    """Thousands of collected tests need not be looked through for garbage again and again, and what
    a page leaves behind may wait for that of ten others."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


NEEDS_DATABASE = {"db", "transactional_db", "live_server"}


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """What does not ask the database is not asked again on the second engine: said before pytest
    picks by mark. Sorted when pytest-django has sorted too."""
    for item in items:
        if not asks_database(item):
            item.add_marker(pytest.mark.once)
    if items:
        items[0].config.stash[tried.COLLECTED] = [item.name for item in items]
    yield
    items.sort(key=order)


def asks_database(item: pytest.Item) -> bool:
    asked = NEEDS_DATABASE & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    """As pytest does it, and a third faster when two processes test side by side."""
    return on_a_deep_stack(partial(run_test, item, nextitem))


class DeepServer(ThreadedWSGIServer):
    """The live server, where each request has a thread of its own."""

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        on_a_deep_stack(partial(super().process_request_thread, request, client_address))


LiveServerThread.server_class = DeepServer


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that needs the database to itself finds it empty."""
    if asks_database(item) and not stands(item):
        standing.down()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """A test that went well must have tried as much as ever."""
    tried.begin()
    yield
    tried.enough(item.name)


def missing(what: str) -> None:
    """Skip, or fail where everything is required (CI)."""
    if os.environ.get("RDM_REQUIRE_ALL") == "1":
        pytest.fail(f"{what} ontbreekt, en RDM_REQUIRE_ALL=1")
    pytest.skip(f"{what} ontbreekt")


def chromium_path() -> str | None:
    """A Chromium of the system; None means: try Playwright's own."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    return None


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    from django.db import connections
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        try:
            found = playwright.chromium.launch(
                executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS
            )
        except Error:
            found = None
        if found is None:
            missing("Chromium")
            return
        yield found
        found.close()
        # As long as Playwright has a loop running, Django keeps a second connection beside its own;
        # left open, it holds on to the test database.
        connections.close_all()


@pytest.fixture
def visitor(browser: "Browser") -> "Iterator[Callable[..., Page]]":
    """Makes fresh visitors, each with cookies of its own: `visitor(width=390)`.

    Breaking the CSP, or an error in a script, by any of them fails the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[list[str]] = []

    def new(width: int = 1280, height: int = 900) -> "Page":
        context = browser.new_context(
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        complaints.append(watch(page))
        return page

    yield new
    for context in contexts:
        context.close()
    assert [each for each in complaints if each] == []


@pytest.fixture
def page(visitor: "Callable[..., Page]") -> "Page":
    """One fresh visitor at 1280 px."""
    return visitor()


def watch(page: "Page") -> list[str]:
    """The list that fills with CSP messages and script errors of this page."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    return complaints


@pytest.fixture(autouse=True)
def no_region_remembered() -> None:
    """The region is partly kept in the process; every test may have a region of its own."""
    from directory.region import names, snapshot

    names.forget()
    snapshot.forget()


@pytest.fixture(scope="session")
def root() -> Path:
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None
) -> Iterator[None]:
    """The fixture of pytest-django by another way: a copy of what was migrated once."""
    from django.db import connection
    from django.urls import get_resolver

    from tests import prebuilt

    # Migrating also read every address with what stands behind it; no first request pays for that.
    assert get_resolver().url_patterns
    before = str(connection.settings_dict["NAME"])
    name = connection.creation._get_test_db_name()
    with django_db_blocker.unblock():
        prebuilt.copy_to(name)
    yield
    with django_db_blocker.unblock():
        prebuilt.remove(name, instead=before)


@pytest.fixture
def beginning(request: pytest.FixtureRequest) -> "Callable[[], object] | None":
    """What makes that which stands when the test begins; None is an empty database."""
    from tests.cast import load_twente, make_cast, make_cast_elsewhere

    if "cast" in request.fixturenames:
        return make_cast_elsewhere if plays_elsewhere(request.node) else make_cast
    return load_twente if "twente" in request.fixturenames else None


@pytest.fixture
def db(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """The fixture of pytest-django by another way: a transaction on what stands."""
    if not stands(request.node):
        yield
        return
    standing.up(request.getfixturevalue("beginning"), django_db_blocker)
    with django_db_blocker.unblock(), undone():
        yield


@pytest.fixture
def cast(request: pytest.FixtureRequest, db: None) -> "Cast":
    """One invented person per role, and the real region (see tests/cast.py), or the invented one
    for a test that is marked `elsewhere`."""
    from tests.cast import known_cast, make_cast
    from tests.setting import TWENTE, ZANDRIJK

    setting = ZANDRIJK if plays_elsewhere(request.node) else TWENTE
    return known_cast(setting) if stands(request.node) else make_cast(setting)


@pytest.fixture
def client_of() -> "Callable[[User], Client]":
    """A browser-less visitor, signed in as somebody of the cast."""
    from django.test import Client

    def sign_in(user: "User") -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
