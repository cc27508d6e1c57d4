"""Hands and eyes of a visitor: everything by role and label, as a person finds it."""

from __future__ import annotations

import os
import re
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from icalendar import Calendar
from playwright.sync_api import Locator, Page, expect

from directory.models import User
from outbox.sweeps import send_ready
from tests.cast import PASSWORD

# Stands in every text about the resident, and may never leave in a mail.
CANARY = "kwartelei"


def sign_in(page: Page, site: str, user: User) -> Page:
    page.goto(f"{site}/")
    page.get_by_role("banner").get_by_role("link", name="Inloggen").click()
    page.get_by_label("E-mailadres").fill(user.email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    press(page, "Inloggen")
    heading(page, "Mijn werk")
    return page


def heading(page: Page, text: str | re.Pattern[str]) -> None:
    """This page is reached: it shows a heading with this text, and no link leads nowhere."""
    expect(page.get_by_role("heading", name=text).first).to_be_visible()
    expect(page.locator("a[href='']")).to_have_count(0)


def sees(page: Page | Locator, *texts: str) -> None:
    for text in texts:
        expect(page.get_by_text(text).filter(visible=True).first).to_be_visible()


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page | Locator, name: str, *, exact: bool = True) -> None:
    page.get_by_role("link", name=name, exact=exact).first.click()


def menu(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name=name).click()


def choose(page: Page | Locator, question: str, answer: str) -> None:
    """One answer of a radio group."""
    group = page.get_by_role("radiogroup", name=question)
    group.get_by_role("radio", name=answer, exact=True).check()


def tick(page: Page | Locator, label: str) -> None:
    page.get_by_role("checkbox", name=label).check()


def write(page: Page | Locator, label: str, text: str) -> None:
    """In a text, date or time field; `label` may be the beginning of a long question."""
    page.get_by_role("textbox", name=label).fill(text)


def tab_to(page: Page, target: Locator, *, most: int = 80) -> None:
    """Press Tab until this has the focus, and see that the focus can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            ring = target.evaluate(
                "element => { const style = getComputedStyle(element);"
                " return style.outlineStyle !== 'none' || style.boxShadow !== 'none' }"
            )
            assert ring, "focus cannot be seen"
            return
    raise AssertionError(f"{target} is not reached with {most} times Tab")


# A new size of the window is laid out in the next frame, and letters come in with their font.
WIDER = """async () => {
  await document.fonts.ready;
  await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
  return document.documentElement.scrollWidth - window.innerWidth;
}"""


def has_no_sideways_scroll(page: Page) -> bool:
    width: int = page.evaluate(WIDER)
    return width <= 0


def shot(page: Page, name: str) -> None:
    """A picture of this moment, only when somebody asked for pictures (RDM_SHOTS=folder)."""
    if folder := os.environ.get("RDM_SHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


class Mailbox:
    """The mails that a real mail server got. Each is looked through as it comes in."""

    def __init__(self, post: Any) -> None:
        self.post = post

    def deliver(self) -> list[EmailMessage]:
        """Let the sweep send what is ready; the mails that came in."""
        before = len(self.post.mails)
        while send_ready():
            pass
        new = self.post.mails[before:]
        for mail in new:
            assert CANARY not in everything_in(mail).lower(), mail["Subject"]
        return new

    @staticmethod
    def to(mails: list[EmailMessage], address: str) -> list[EmailMessage]:
        return [mail for mail in mails if mail["To"] == address]


def everything_in(mail: EmailMessage) -> str:
    """Subject, text and calendar, decoded; of every part."""
    texts = [str(mail["Subject"])]
    for part in mail.walk():
        if not part.is_multipart():
            texts.append(part.get_payload(decode=True).decode("utf-8"))
    return "\n".join(texts)


def body_of(mail: EmailMessage) -> str:
    return str(mail.get_body(preferencelist=("plain",)).get_content())


def link_in(mail: EmailMessage, path: str) -> str:
    """The one address in this mail that holds `path`."""
    (found,) = re.findall(rf"https?://\S*{re.escape(path)}\S*", body_of(mail))
    return str(found)


def calendar_in(mail: EmailMessage) -> tuple[str, Any]:
    """Method and meeting of the calendar item, the same in the text and in the attachment."""
    items = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    files = [part for part in mail.walk() if part.get_filename() == "invite.ics"]
    (item,), (file,) = items, files
    raw = item.get_payload(decode=True)
    assert file.get_payload(decode=True).split() == raw.split()
    calendar = Calendar.from_ical(raw)
    assert item.get_param("method") == calendar["METHOD"]
    (event,) = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), event
