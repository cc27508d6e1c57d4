"""What a search engine may find: every page that does not say no, each with words of its own."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

from tests.directory.sitemap import addresses
from tests.house.pages import PAGES, visitor
from tests.house.scene import Scene


def test_the_sitemap_has_every_page_that_may_be_found_and_no_other(scene: Scene) -> None:
    guest, listed = visitor(scene, ""), addresses()
    for path in listed:
        answer = guest.get(path)
        assert answer.status_code == 200, path
        assert "noindex" not in answer.content.decode() and "X-Robots-Tag" not in answer.headers
    for page in PAGES:
        if page.who or page.query or page.status != 200:
            continue
        answer = guest.get(page.url(scene))
        html = "html" in answer.headers["Content-Type"]
        hidden = "noindex" in answer.content.decode() or "X-Robots-Tag" in answer.headers
        assert not html or hidden or page.url(scene) in listed, page.id


def test_every_page_that_may_be_found_has_a_description_of_its_own(scene: Scene) -> None:
    guest, said = visitor(scene, ""), {}
    for path in addresses():
        soup = BeautifulSoup(guest.get(path).content, "html.parser")
        (found,) = soup.select("meta[name=description]")
        text = str(found["content"])
        assert 40 <= len(text) <= 175 and not re.search(r"[{}<>]|\n", text), (path, text)
        said[path] = text
    assert len(set(said.values())) == len(said)
