"""Somebody types a registration and is called away: what was typed is there on coming back."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Dialog, Locator, Page, expect

from escalation.models import Casus
from escalation.registration import views
from tests.cast import Cast
from tests.journeys.visit import has_no_sideways_scroll, heading, press, sees, write
from tests.world import draft_casus, registered_casus

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
]

QUESTION = "Wat is er aan de hand?"


def test_a_draft_is_kept_while_somebody_types(
    live_server, cast: Cast, site, enter, monkeypatch
) -> None:
    casus = draft_casus(cast, safety="no")
    page = enter(cast.procesmanager)
    page.clock.install()
    url = site + reverse("casus_register_step", args=[casus.code, "situatie"])
    page.goto(url)
    write(page, QUESTION, "Half geschreven")
    pause(page)
    expect(kept(page)).to_contain_text("Bewaard om")
    has_no_sideways_scroll(page)

    page.goto(url)
    expect(page.get_by_role("textbox", name=QUESTION)).to_have_value("Half geschreven")

    # Kept twice on one page, and sent while a slow server is keeping it just then.
    write(page, QUESTION, "Bijna af")
    pause(page)
    expect(kept(page)).to_contain_text("Bewaard om")
    slow(monkeypatch)
    with page.expect_request(lambda sent: "meanwhile=1" in (sent.post_data or "")):
        write(page, QUESTION, "Bijna helemaal af")
        pause(page)
    write(page, QUESTION, "Helemaal af")
    press(page, "Bewaar en ga verder")
    heading(page, "Wat is er geprobeerd")
    sees(page, "‘De situatie’ is bewaard.")
    assert Casus.objects.get(pk=casus.pk).situation == "Helemaal af"

    page.goto(url)
    write(page, QUESTION, "Bel de inwoner op 06-12345678")
    pause(page)
    sees(kept(page), "Nog niet alles is bewaard")
    assert Casus.objects.get(pk=casus.pk).situation == "Helemaal af"

    Session.objects.all().delete()
    write(page, QUESTION, "Na een lange pauze")
    pause(page)
    sees(kept(page), "Kopieer uw tekst")
    expect(page.get_by_role("textbox", name=QUESTION)).to_have_value("Na een lange pauze")


def test_a_text_that_was_not_sent_is_not_lost_by_leaving(
    live_server, cast: Cast, site, enter
) -> None:
    casus = registered_casus(cast)
    page = enter(cast.procesmanager)
    url = site + reverse("casus_note", args=[casus.code])
    asked: list[str] = []
    stay = [True]

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss() if stay[0] else dialog.accept()

    page.on("dialog", answer)
    # Nothing typed, nothing asked.
    page.goto(url)
    page.get_by_role("link", name=casus.code).first.click()
    heading(page, re.compile(casus.code))
    assert asked == []

    page.goto(url)
    text = page.locator("textarea").first
    text.press_sequentially("Net opgeschreven")
    page.get_by_role("button", name="Uitloggen").click(no_wait_after=True)
    expect(text).to_have_value("Net opgeschreven")
    assert asked == ["beforeunload"]

    # Sending asks nothing. The session ended meanwhile: the text is there, to copy.
    Session.objects.all().delete()
    stay[0] = False
    page.locator("main form button[type=submit]").last.click()
    heading(page, "U bent niet meer ingelogd")
    assert asked == ["beforeunload"]
    expect(page.locator("main textarea")).to_have_value("Net opgeschreven")
    has_no_sideways_scroll(page)
    press(page, "Kopieer")
    assert page.evaluate("getSelection().toString()") == "Net opgeschreven"


def pause(page: Page) -> None:
    """Three seconds in which nobody types: longer than the page waits before it keeps a text."""
    page.clock.fast_forward(3000)


def kept(page: Page) -> Locator:
    return page.locator("#kept")


def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every answer to what the page keeps by itself takes a second longer from now on."""
    keep = views._keep_meanwhile

    def late(*given: Any) -> Any:
        answer = keep(*given)
        time.sleep(1)
        return answer

    monkeypatch.setattr(views, "_keep_meanwhile", late)
