"""With JavaScript off, and with nothing but a keyboard, the same work can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from directory.models import User
from escalation.models import Afspraak, Casus
from rdm.lib import clock
from tests import world
from tests.cast import PASSWORD, Cast
from tests.conftest import watch
from tests.journeys.visit import (
    choose,
    follow,
    heading,
    menu,
    press,
    sees,
    sign_in,
    tab_to,
    tick,
    write,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def without_javascript(browser: Browser, site: str) -> Iterator[Callable[[User], Page]]:
    """Somebody signed in, whose browser runs no script; a CSP message fails the test."""
    contexts, complaints = [], []

    def new(user: User) -> Page:
        context = browser.new_context(
            locale="nl-NL", java_script_enabled=False, reduced_motion="reduce"
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        complaints.append(watch(page))
        return sign_in(page, site, user)

    yield new
    for context in contexts:
        context.close()
    assert [each for each in complaints if each] == []


def test_registration_without_javascript(live_server, cast: Cast, without_javascript):
    page = without_javascript(cast.procesmanager_only)
    menu(page, "Casussen")
    follow(page, "Registreer een casus")
    # Whoever forgets an answer reads which one, and a link leads there.
    choose(page, "Is de inwoner 18 jaar of ouder?", "Ja")
    press(page, "Ga verder")
    sees(page, "Eén antwoord vraagt nog uw aandacht")
    choose(page, "Is er nu acuut gevaar?", "Nee")
    press(page, "Ga verder")

    write(page, "Wat is er aan de hand?", "Verzonnen: de inwoner woont alleen.")
    choose(page, "Is er een risico voor de veiligheid?", "Nee")
    press(page, "Bewaar en ga verder")
    write(page, "Wat hebt u via de gewone weg geprobeerd?", "Verzonnen: drie verwijzingen.")
    choose(page, "Gaat het alleen om een wachttijd?", "Nee")
    write(page, "Waarom loopt het vast?", "Verzonnen: niemand neemt op.")
    press(page, "Bewaar en ga verder")
    choose(page, "Hoe staat het met cliëntondersteuning?", "Aangeboden")
    press(page, "Bewaar en ga verder")
    write(page, "Met welk doel deelt u deze casus?", "Passende zorg vinden.")
    choose(page, "Op welke grondslag deelt u?", "Vitaal belang")
    choose(page, "Weet de inwoner dat u de casus deelt?", "Ja")
    write(page, "Wanneer hebt u dit verteld?", f"{clock.today()}")
    press(page, "Bewaar en ga verder")
    heading(page, "Controleer uw antwoorden")
    press(page, "Registreer de casus")
    sees(page, "De casus is geregistreerd.")
    assert Casus.objects.get().status == "active"


def test_recording_the_overleg_without_javascript(live_server, cast: Cast, without_javascript):
    with clock.travel(clock.now() - timedelta(days=10)):
        casus = world.planned_casus(cast)
    page = without_javascript(cast.gemeente)
    menu(page, "Casussen")
    follow(page, casus.code)
    follow(page, "Leg de uitkomst vast")
    tick(page, "Verzonnen Deelnemer 1")
    choose(page, "Wat gebeurde er met het plan van aanpak?", "plan aangenomen")
    choose(page, "Is er een oplossing?", "oplossing gevonden")
    write(page, "Uitleg bij de uitkomst", "Verzonnen: er komt een plek.")
    promise(page, 1, "Verzonnen: een vaste begeleider.")
    expect(page.get_by_role("heading", name="Afspraak 4")).to_have_count(0)
    press(page, "Nog een rij")
    heading(page, "Afspraak 4")
    expect(page.get_by_label("Uitleg bij de uitkomst")).to_have_value(
        "Verzonnen: er komt een plek."
    )
    promise(page, 4, "Verzonnen: een eigen woning.")
    press(page, "Leg de uitkomst vast")
    sees(page, "De uitkomst van het overleg ligt vast.")
    assert [one.text for one in Afspraak.objects.order_by("position")] == [
        "Verzonnen: een vaste begeleider.",
        "Verzonnen: een eigen woning.",
    ]
    casus.refresh_from_db()
    assert casus.status == "held"


def promise(page: Page, number: int, text: str) -> None:
    row = page.get_by_role("group", name=f"Afspraak {number}", exact=True)
    write(row, "Wat is er afgesproken?", text)
    write(row, "Welke organisatie doet dit?", "Verzonnen instelling")
    write(row, "Wie binnen die organisatie?", "directeur")
    write(row, "Uiterlijk op", f"{clock.today() + timedelta(days=14)}")


# --- keyboard only ----------------------------------------------------------------------------


def test_keyboard_only(live_server, cast: Cast, site, page: Page):
    page.goto(f"{site}/account/login/")
    skip = page.get_by_role("link", name="Naar de inhoud")
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    tab_to(page, page.get_by_label("E-mailadres"))
    page.keyboard.type(cast.procesmanager_only.email)
    tab_to(page, page.get_by_label("Wachtwoord", exact=True))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    heading(page, "Mijn werk")

    tab_to(page, page.get_by_role("navigation").get_by_role("link", name="Casussen"))
    page.keyboard.press("Enter")
    heading(page, "Casussen")
    start = page.get_by_role("link", name="Registreer een casus").first
    tab_to(page, start)
    page.keyboard.press("Enter")

    # Nothing is answered yet: the summary of what is wrong has the focus, and leads to the field.
    button = page.get_by_role("button", name="Ga verder")
    tab_to(page, button)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2 antwoorden vragen nog uw aandacht")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    danger = page.get_by_role("radiogroup", name="Is er nu acuut gevaar?")
    expect(danger.get_by_role("radio", name="Ja")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(danger.get_by_role("radio", name="Nee")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    adult = page.get_by_role("radiogroup", name="Is de inwoner 18 jaar of ouder?")
    expect(adult.get_by_role("radio", name="Ja")).to_be_checked()
    tab_to(page, button)
    page.keyboard.press("Enter")
    heading(page, "De situatie")
    assert Casus.objects.get().status == "draft"
