"""Public pages may be kept on the way and at home, and are asked for again by their ETag."""

from __future__ import annotations

import gzip

import pytest

from tests.house.pages import DOWNLOADS, OPEN_DATA, PAGES, Page, visitor
from tests.house.scene import Scene
from tests.house.tried import note

# Packed it would be longer.
SHORT = 200
FORM = "holds a form with a token of one visitor"
LINK = "stands behind a link that is meant for one person"
# Public address → why its answer is not kept.
NOT_KEPT = {
    **dict.fromkeys(("subscribe", "signaal_new", "guide_mail"), FORM),
    **dict.fromkeys(
        (
            *("invitation_accept", "deelnemer_answer", "subscribe_confirm", "unsubscribe"),
            *("confirm_by_link", "propose_by_link", "evaluation_answer"),
            "evaluation_stop",
        ),
        LINK,
    ),
}
PUBLIC = [
    page
    for page in [*PAGES, *DOWNLOADS, *OPEN_DATA]
    if not page.who and page.status == 200 and not page.name.startswith(("account_", "demo_"))
]


def test_every_public_page_may_be_kept_or_has_a_reason_not_to_be(scene: Scene) -> None:
    guest = visitor(scene, "")
    wrong = []
    for page in PUBLIC:
        note("pages")
        answer = guest.get(page.url(scene))
        rule = answer.headers.get("Cache-Control", "")
        if page.name in NOT_KEPT:
            if rule != "private, no-cache" and "no-store" not in rule:
                wrong.append(f"{page.id}: {rule!r}, and it {NOT_KEPT[page.name]}")
            continue
        if "public" not in rule or "max-age=" not in rule or answer.cookies:
            wrong.append(f"{page.id}: {rule!r} {list(answer.cookies)}")
        again = guest.get(
            page.url(scene), headers={"if-none-match": answer.headers.get("ETag", "")}
        )
        if again.status_code != 304 or again.content:
            wrong.append(f"{page.id}: {again.status_code} when it did not change")
    assert not wrong, "\n".join(wrong)


def test_every_page_that_may_be_kept_is_sent_compressed(scene: Scene) -> None:
    """To who can read that, and what holds a token of somebody never: its length would tell."""
    guest, someone = visitor(scene, ""), visitor(scene, "procesmanager")
    packed = {"accept-encoding": "gzip, deflate, br"}
    wrong, saved = [], 0
    for page in {one.name: one for one in PUBLIC}.values():
        note("pages")
        answer = guest.get(page.url(scene), headers=packed)
        how = answer.headers.get("Content-Encoding", "")
        if page.name in NOT_KEPT:
            if how:
                wrong.append(f"{page.id}: {how}, and it {NOT_KEPT[page.name]}")
            continue
        plain = guest.get(page.url(scene))
        if len(plain.content) < SHORT:
            continue
        if how != "gzip" or gzip.decompress(answer.content) != plain.content:
            wrong.append(f"{page.id}: {how!r} of {len(plain.content)} bytes")
            continue
        saved += len(plain.content) - len(answer.content)
        if "Accept-Encoding" not in answer.headers["Vary"] or "Content-Encoding" in plain.headers:
            wrong.append(f"{page.id}: {answer.headers['Vary']}")
        again = {**packed, "if-none-match": answer.headers["ETag"]}
        if guest.get(page.url(scene), headers=again).status_code != 304:
            wrong.append(f"{page.id}: sent again, compressed, when it did not change")
        if "Content-Encoding" in someone.get(page.url(scene), headers=packed).headers:
            wrong.append(f"{page.id}: compressed for who is signed in")
    assert not wrong, "\n".join(wrong)
    assert saved > 100_000


@pytest.mark.parametrize(
    "page", [Page("home"), Page("tafel_list"), Page("tafel_detail", key="tafel")]
)
def test_who_is_signed_in_keeps_nothing(scene: Scene, page: Page) -> None:
    """The same address shows a name in the corner then."""
    answer = visitor(scene, "procesmanager").get(page.url(scene))
    assert answer.headers["Cache-Control"] == "no-store"


def test_every_reason_is_about_a_public_page() -> None:
    assert set(NOT_KEPT) <= {page.name for page in PUBLIC}
