"""The browser of the journeys itself: our pages reach it, with style, and it reports a breach."""

import pytest

from tests.conftest import watch

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.mark.django_db(transaction=True)
def test_the_sign_in_page_arrives_with_its_style(page, live_server):
    failed = []
    page.on("response", lambda r: failed.append(r.url) if r.status >= 400 else None)
    page.goto(f"{live_server.url}/account/login/")
    assert page.locator("html").get_attribute("lang") == "nl"
    assert page.locator("input[name=login]").is_visible()
    assert failed == []
    fonts = page.evaluate("getComputedStyle(document.body).fontFamily")
    assert "Source Sans" in fonts


@pytest.mark.django_db(transaction=True)
def test_a_breach_of_the_csp_is_noticed(browser, live_server):
    context = browser.new_context()
    page = context.new_page()
    complaints = watch(page)
    page.goto(f"{live_server.url}/account/login/")
    page.evaluate(
        "() => { const s = document.createElement('script');"
        "s.textContent = 'window.broken = 1'; document.head.append(s); }"
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.broken") is None
    context.close()
    assert any("Content Security Policy" in text for text in complaints)
