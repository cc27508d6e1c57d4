"""No link leads to a refusal: what a page offers, this person may do now.

A link in running text asks the same permission as the button for the same act; a button that
cannot be used is shown shut, with the reason, and is no link.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from lxml.html import HTMLParser, document_fromstring

from directory.models import User
from escalation.keeping.rights import actions as rights
from escalation.models import Casus
from escalation.sharing.transfer import actions as transfer
from rdm.lib.refusal import Refused
from tests.cast import ROLES
from tests.house.pages import PAGES, Page, first_look, visitor, without_rendering
from tests.house.scene import Scene
from tests.house.tried import note
from tests.standing import undone

REFUSED = {403, 404, 405, 410, 500}
# Served by the web server; and the mailbox of the demo, in which links are that work no more.
NOT_OURS = ("/static/", "/demo/")
EVERYBODY = [*ROLES, ""]


def links(html: bytes, url: str) -> Iterator[str]:
    """Every address on our own site that this page links to, the frame around it included."""
    for one in document_fromstring(html or b"<a>", HTMLParser(encoding="utf-8")).iter("a"):
        href = one.get("href", "")
        if href.startswith("#"):
            continue
        address, _ = urldefrag(urljoin(url, href))
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith(NOT_OURS):
            continue
        yield address


def refused(client: Client, addresses: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Those that are refused: that is decided before the page is made, so none is made."""
    for address in addresses:
        note("links")
        with undone(), without_rendering():
            status = client.get(address).status_code
        if status in REFUSED:
            yield address, status


def as_it_is(_: Scene) -> None:
    pass


def all_restricted(scene: Scene) -> None:
    """Nobody may use the data of any casus for the time being."""
    for_all(scene, lambda casus, by: rights.restrict(casus=casus, by=by, reason="Verzonnen."))


def all_offered(scene: Scene) -> None:
    """Every casus waits for the answer of another gemeente."""
    to = scene.cast.hengelo
    for_all(
        scene,
        lambda casus, by: transfer.propose_transfer(
            casus=casus, by=by, gemeente=to, reason="Verzonnen."
        ),
    )


def for_all(scene: Scene, do: Callable[[Casus, User], object]) -> None:
    done = 0
    for casus in Casus.objects.all():
        with suppress(Refused):
            do(casus, scene.cast.procesmanager)
            done += 1
    assert done > 5


MEANWHILE = (as_it_is, all_restricted, all_offered)


@pytest.mark.once
@pytest.mark.parametrize("meanwhile", MEANWHILE, ids=lambda one: one.__name__)
def test_no_page_has_a_link_that_is_refused(
    scene: Scene, meanwhile: Callable[[Scene], None]
) -> None:
    """Every page of the product, in every state, as the person who is on it."""
    meanwhile(scene)
    found: dict[str, dict[str, str]] = {}
    for page in PAGES:
        if not page.name.startswith("demo_"):
            for address in links_on(scene, page, afresh=meanwhile is not as_it_is):
                found.setdefault(page.who, {}).setdefault(address, page.id)
    wrong = [
        f"{addresses[address]} → {address}: {status}"
        for who, addresses in found.items()
        for address, status in refused(visitor(scene, who), addresses)
    ]
    assert not wrong, "\n".join(sorted(wrong))


def links_on(scene: Scene, page: Page, *, afresh: bool) -> Iterator[str]:
    """What something keeps from going on is only seen by who works on a casus."""
    if not afresh:
        look: Any = first_look(scene, page)
    elif page.who:
        look = visitor(scene, page.who).get(page.url(scene))
    else:
        return
    if look.status_code == 200 and not look.streaming:
        yield from links(look.content, page.url(scene))


@pytest.mark.nightly
@pytest.mark.parametrize("meanwhile", MEANWHILE, ids=lambda one: one.__name__)
@pytest.mark.parametrize("who", EVERYBODY)
def test_nobody_finds_a_link_that_is_refused(
    scene: Scene, who: str, meanwhile: Callable[[Scene], None]
) -> None:
    """From the first page on, by every link on every page that is found; as the scene is, and when
    something keeps every casus from going on."""
    client = visitor(scene, who)
    meanwhile(scene)
    known, waiting, wrong = {"/": "the start"}, ["/"], []
    while waiting:
        address = waiting.pop()
        note("links")
        with undone():
            answer = client.get(address)
        if answer.status_code in REFUSED:
            wrong.append(f"{known[address]} → {address}: {answer.status_code}")
        if answer.status_code in (301, 302):
            following = [answer.headers["Location"]]
        elif answer.streaming or not answer.headers["Content-Type"].startswith("text/html"):
            following = []
        else:
            following = list(links(answer.content, address))
        for one in following:
            if one not in known:
                known[one] = address
                waiting.append(one)
    assert not wrong, "\n".join(sorted(wrong))
