"""Every page in a real browser: axe at 1280 and 390 px, text that stands out by day and in the
evening, no sideways scroll at 320 px, and nothing that the content security policy has to stop."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test.signals import template_rendered
from django.urls import reverse

from rdm import errors
from tests.house import tried
from tests.house.forms import collect, send
from tests.house.pages import FORGETFUL, GROUPS, PAGES, Page, every_name, listed, visitor
from tests.house.scene import LONG_WORD, Scene, set_up
from tests.standing import undone

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Route
    from playwright.sync_api import Page as Tab

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (1280, 390)
NARROWEST = 320
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# 7:1, or 4.5:1 where the text is large (WCAG 1.4.6, AAA).
CONTRAST = "color-contrast-enhanced"
INSPECT = """async ([kind, values, more]) => {
  const found = await axe.run(document, {
    runOnly: {type: kind, values}, rules: more, resultTypes: ['violations'],
  });
  return found.violations.map((one) => one.id + ': ' + one.help + ' at '
    + one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', '));
}"""
# Who sticks out at 320 px, to find the cause without a browser at hand.
WIDE = """() => {
  const width = document.documentElement.clientWidth;
  return [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > width + 1)
    .slice(-3).map((one) => one.tagName + '.' + one.className);
}"""
# Fills in and sends the largest form of the page, past the checks of the browser and the names
# of the buttons. What is not in `values` is emptied.
FILL_IN = """(values) => {
  const form = [...document.querySelectorAll('main form')]
    .sort((one, other) => other.elements.length - one.elements.length)[0];
  for (const one of form.elements) {
    const given = values[one.name];
    if (one.type === 'radio' || one.type === 'checkbox') {
      one.checked = given !== undefined && one.value === given;
    } else if (given !== undefined) {
      one.value = given;
    } else if (one.matches('textarea, select, input:not([type=hidden]):not([type=submit])')) {
      one.value = '';
    }
  }
  HTMLFormElement.prototype.submit.call(form);
}"""


# --- The list itself ------------------------------------------------------------------------------


def test_every_address_is_visited() -> None:
    """A new page must be added to tests/house/pages.py, so that all inspectors see it."""
    assert set(every_name()) - listed() == set()
    assert listed() - set(every_name()) == set()


@pytest.mark.once
def test_every_page_answers_as_listed_and_every_template_is_seen(scene: Scene) -> None:
    """The pages, and what comes back on the forms in them, show every template there is."""
    wrong: list[str] = []
    seen: set[str] = set()

    def note(template: Any, **_: object) -> None:
        seen.add(str(template.name))

    template_rendered.connect(note)
    try:
        for page in PAGES:
            tried.note("pages")
            status = visitor(scene, page.who).get(page.url(scene)).status_code
            if status != page.status:
                wrong.append(f"{page.id}: {status}")
        for page, values in AFTER_SENDING:
            for form in collect(scene, [page]):
                with undone():
                    pairs = [one for one in form.filled_in(**values) if one[0] != "stage"]
                    send(visitor(scene, page.who), form, pairs)
    finally:
        template_rendered.disconnect(note)
    templates = ROOT / "templates"
    whole_pages = {
        str(path.relative_to(templates))
        for app in ("account", "demo", "directory", "escalation", "learning")
        for path in (templates / app).glob("*.html")
        if not path.name.startswith("_") and "{% extends" in path.read_text(encoding="utf-8")
    }
    assert not wrong, "\n".join(wrong)
    assert whole_pages - seen == set()


# --- In the browser -------------------------------------------------------------------------------

WHOLE_SUBMISSION = {
    "question": f"Wie neemt deze inwoner op? {LONG_WORD}",
    "plan_of_approach": "Eén aanspreekpunt.",
    "skipped_reason": "De andere trede past niet.",
    "exception_reason": "Het is te dringend.",
    "organisation": "enschede",
}
PERSONAL = {"text": f"Het nummer is 111222333. {LONG_WORD}"}


def _page(name: str, **wanted: Any) -> Page:
    return next(
        page
        for page in PAGES
        if page.name == name and all(getattr(page, key) == wanted[key] for key in wanted)
    )


# A page as it comes back after sending its form: one error page per kind of form, the way out of
# the screening, somebody who was first, and the pages that only a form leads to.
AFTER_SENDING: list[tuple[Page, dict[str, str]]] = [
    (_page("account_reset_password_from_key", who=FORGETFUL), {"password1": "kort"}),
    (_page("guide_mail"), {"email": "geen adres", "homepage": LONG_WORD}),
    (_page("account_login"), {"login": "niemand@voorbeeld.example", "password": "fout"}),
    (_page("casus_start", who="procesmanager"), {}),
    (_page("casus_register_step", more=("situatie",)), {}),
    (_page("casus_note"), PERSONAL),
    (_page("casus_involve"), {}),
    (_page("attachment_add"), PERSONAL),
    (_page("attachment_withdraw"), PERSONAL),
    (_page("attachment_remove_version"), PERSONAL),
    (_page("left_behind_withdraw"), PERSONAL),
    (_page("casus_edit", more=("situatie",)), {"version": "0", "situation": LONG_WORD}),
    (_page("access_log_find"), {"code": "fout"}),
    (_page("step_instroom", of="step_unchecked"), {}),
    (_page("casus_submit"), {}),
    (
        _page("casus_submit"),
        {
            "question": "Vraag",
            "plan_of_approach": "Plan",
            "skipped_reason": "Reden",
            "exception_reason": "Reden",
            "organisation": "enschede",
        },
    ),
    (_page("submission_accept"), {}),
    (_page("deelnemer_add"), {"email": "geen adres"}),
    (_page("deelnemer_answer", key="asked"), {}),
    (_page("overleg_fix", of="accepted_bare"), {"day": "31-02"}),
    (_page("overleg_record"), {}),
    (_page("casus_nominate"), {}),
    (_page("terugkoppeling_check"), {}),
    (_page("terugkoppeling_write", of="written"), {"version": "0", "outcomes": LONG_WORD}),
    (_page("leersessie_plan"), {}),
    (_page("lesson_add"), {}),
    (_page("member_invite", query="organisatie=zvh-twente"), {"email": "geen adres"}),
    (_page("procesafspraak_edit", key="agreement"), {"number": "duizend"}),
    (_page("invitation_accept", key="invitation_secret"), {"password": "kort"}),
]


def enough_to_see_all(scene: Scene, pages: list[Page]) -> list[Page]:
    """Pages are built of templates, down to each kind of field. An ordinary run looks at a page
    when there is one in it that no page before showed; the others are for the night."""
    seen: set[str] = set()
    chosen: list[Page] = []
    for page in pages:
        with undone():
            answer = visitor(scene, page.who).get(page.url(scene))
        look = {str(template.name) for template in answer.templates} | {str(page.status)}
        if look - seen:
            chosen.append(page)
        seen |= look
    return chosen


class Inspector:
    """A browser in which each person of the cast has a window, and what was found with it."""

    def __init__(self, browser: Browser, site: str, scene: Scene) -> None:
        self.browser, self.site, self.scene = browser, site, scene
        self.wrong: list[str] = []
        self.windows: dict[str, Tab] = {}
        self.heard: list[str] = []

    def window(self, who: str) -> Tab:
        if who not in self.windows:
            # Under the real policy: what is evaluated from here does not fall under it.
            context = self.browser.new_context(
                locale="nl-NL", timezone_id="Europe/Amsterdam", reduced_motion="reduce"
            )
            # The machine may be busy with other tests.
            context.set_default_timeout(60_000)
            context.add_init_script(path=AXE)
            self._sign_in(context, who)
            self.windows[who] = context.new_page()
            self.windows[who].on("pageerror", lambda error: self.heard.append(f"script: {error}"))
            self.windows[who].on("console", self._hear)
        return self.windows[who]

    def _hear(self, message: ConsoleMessage) -> None:
        # A page with a mistake in it (404, 422) is said in the console as well; that is no fault.
        if message.type == "error" and "responded with a status of" not in message.text:
            self.heard.append(message.text)

    def _sign_in(self, context: BrowserContext, who: str) -> None:
        """By cookie: the sign-in form has tests of its own."""
        if not who:
            return
        client = visitor(self.scene, who)
        name = settings.SESSION_COOKIE_NAME
        cookie = client.cookies[name].value
        context.add_cookies([{"name": name, "value": cookie, "url": self.site}])

    def look(self, page: Page) -> None:
        tab = self.window(page.who)
        tab.set_viewport_size({"width": WIDTHS[0], "height": 900})
        tab.goto(self.site + page.url(self.scene))
        self.inspect(tab, page.id)

    def look_after_sending(self, page: Page, values: dict[str, str]) -> None:
        tab = self.window(page.who)
        tab.goto(self.site + page.url(self.scene))
        assert tab.locator("main form").count(), page.id
        with tab.expect_navigation():
            tab.evaluate(FILL_IN, values)
        self.inspect(tab, f"{page.id} after sending {list(values)}")

    def inspect(self, tab: Tab, name: str) -> None:
        tried.note("pages in a browser")
        tab.set_viewport_size({"width": WIDTHS[0], "height": 900})
        tab.emulate_media(color_scheme="dark")
        asked: list[Any] = ["rule", [CONTRAST], {}]
        self.wrong += [f"{name} in the evening: {one}" for one in tab.evaluate(INSPECT, asked)]
        tab.emulate_media(color_scheme="light")
        asked = ["tag", RULES, {CONTRAST: {"enabled": True}}]
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 900})
            self.wrong += [f"{name} at {width}: {one}" for one in tab.evaluate(INSPECT, asked)]
        tab.set_viewport_size({"width": NARROWEST, "height": 700})
        wide = tab.evaluate("document.documentElement.scrollWidth")
        if wide > NARROWEST:
            self.wrong.append(f"{name} at {NARROWEST}: {wide} px wide, {tab.evaluate(WIDE)}")
        self.wrong += [f"{name}: {text}" for text in self.heard]
        self.heard.clear()

    def close(self) -> None:
        for tab in self.windows.values():
            tab.context.close()


@pytest.fixture
def inspector(browser: Browser, transactional_db: None, live_server: Any) -> Iterator[Inspector]:
    found = Inspector(browser, live_server.url, set_up())
    yield found
    found.close()


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.parametrize("group", GROUPS)
def test_every_page_is_fit_for_everybody(inspector: Inspector, group: str) -> None:
    """No violation of axe, nothing that sticks out, no message of the policy or of a script."""
    for page in enough_to_see_all(inspector.scene, GROUPS[group]):
        inspector.look(page)
    assert not inspector.wrong, "\n".join(inspector.wrong)


@pytest.mark.nightly
@pytest.mark.browser
@pytest.mark.parametrize("group", GROUPS)
def test_every_page_in_every_state_is_fit_for_everybody(inspector: Inspector, group: str) -> None:
    for page in GROUPS[group]:
        inspector.look(page)
    assert not inspector.wrong, "\n".join(inspector.wrong)


@pytest.mark.browser
@pytest.mark.once
def test_a_page_with_mistakes_in_it_is_as_good(inspector: Inspector) -> None:
    for page, values in AFTER_SENDING:
        inspector.look_after_sending(page, values)
    assert not inspector.wrong, "\n".join(inspector.wrong)


@pytest.mark.browser
@pytest.mark.once
def test_error_pages_are_as_good(inspector: Inspector) -> None:
    inspector.look(Page("casus_list", "admin", status=403))
    inspector.look(Page("tafel_detail", more=("bestaat-niet",), status=404))
    bodies = {f"{one}": errors._without_request(one, [LONG_WORD]).content for one in (500, 503)}
    bodies["400"] = errors._without_request(400).content
    # With what was typed on it: of somebody who may not see the casus, and of nobody any more.
    note = reverse("casus_note", args=[inspector.scene.codes["active"]])
    typed = {"text": f"Dit schreef ik. {LONG_WORD}", "why": LONG_WORD}
    for who in ("outsider", ""):
        bodies[f"typed-{who}"] = visitor(inspector.scene, who).post(note, typed).content
    tab = inspector.window("")
    for name, body in bodies.items():
        address = f"{inspector.site}/fout/{name}/"
        tab.route(address, partial(_fulfill, status=400, body=body))
        tab.goto(address)
        inspector.inspect(tab, f"error page {name}")
    assert not inspector.wrong, "\n".join(inspector.wrong)


def _fulfill(route: Route, status: int, body: bytes) -> None:
    route.fulfill(status=status, content_type="text/html; charset=utf-8", body=body)


@pytest.mark.browser
@pytest.mark.once
def test_the_inspector_sees_what_is_wrong(inspector: Inspector) -> None:
    """Otherwise the tests above could pass because axe does not run under the policy."""
    tab = inspector.window("")
    tab.goto(f"{inspector.site}/tafels/")
    tab.evaluate(
        """() => {
          const image = document.createElement('img');
          const style = document.createElement('style');
          image.width = 900;
          style.textContent = 'body { color: red }';
          document.querySelector('main').append(image, style);
          document.querySelector('main h1').style.color = '#7a7a7a';
        }"""
    )
    inspector.inspect(tab, "broken on purpose")
    found = "\n".join(inspector.wrong)
    assert "image-alt" in found
    assert f"at {WIDTHS[0]}: {CONTRAST}" in found and f"in the evening: {CONTRAST}" in found
    assert "px wide" in found
    assert "Content Security Policy" in found
