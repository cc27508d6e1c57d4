"""The wegwijzer, for who has no account: which tafel, why, how, and the result in the mail."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from directory.guide.sweeps import forget_guide_mail
from escalation.models import Casus
from outbox.models import Message
from tests.cast import PASSWORD, Cast
from tests.journeys.visit import (
    body_of,
    choose,
    follow,
    has_no_sideways_scroll,
    heading,
    link_in,
    press,
    sees,
    shot,
    tab_to,
    tick,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
]


def test_a_gp_without_an_account_finds_the_tafel(live_server, cast: Cast, site, mailbox, visitor):
    cache.clear()
    page = visitor(width=390, height=844)
    page.goto(site)
    follow(page, "Vind de tafel die past")
    heading(page, "Welke tafel past bij uw casus?")
    assert has_no_sideways_scroll(page)
    choose(page, "Is er nu acuut gevaar, of valt de zorg plotseling weg?", "Nee")
    choose(page, "Is de inwoner 18 jaar of ouder?", "Ja")
    page.get_by_label("In welke gemeente woont de inwoner?").select_option("Enschede")
    page.get_by_label("Wie bent u?").select_option("Huisarts of praktijkondersteuner (POH-GGZ)")
    press(page, "Volgende")

    heading(page, "Wat er speelt")
    tick(page, "Psychische problemen (ggz)")
    tick(page, "Behandeling uit de zorgverzekering (Zvw)")
    press(page, "Volgende")
    heading(page, "Wat er is gedaan en nodig is")
    page.go_back()
    page.go_back()
    page.go_forward()
    heading(page, "Wat er speelt")
    press(page, "Volgende")
    tick(page, "Een verwijzing naar een behandelaar of instelling")
    choose(page, "Waar loopt het op vast?", "Niemand heeft een passende plek")
    press(page, "Toon de uitkomst")

    heading(page, "Hier kunt u terecht")
    assert has_no_sideways_scroll(page)
    shot(page, "wegwijzer-uitkomst")
    sees(page, "Eén tafel past: Triage- en transfertafel Twente.", "U mag zelf aanmelden.")
    not_fitting = page.get_by_role("region", name="Dit past niet")
    sees(not_fitting, "U antwoordde: Nee.")
    follow(page, "Mail dit naar mijzelf")
    page.get_by_label("Uw e-mailadres").fill("huisarts@praktijk.example")
    expect(page.get_by_label("Laat dit veld leeg")).to_be_hidden()
    press(page, "Verstuur")
    sees(page, "De e-mail is onderweg.")

    (mail,) = mailbox.to(mailbox.deliver(), "huisarts@praktijk.example")
    assert "Triage- en transfertafel Twente" in body_of(mail)
    assert forget_guide_mail() == 1
    assert not Message.objects.filter(to=mail["To"]).exists()
    page.goto(link_in(mail, "/wegwijzer/uitkomst/"))
    sees(page, "Eén tafel past: Triage- en transfertafel Twente.")


def test_acute_danger_first_by_keyboard_alone(live_server, cast: Cast, site, page: Page):
    page.goto(f"{site}/tafels/")
    tab_to(page, page.get_by_role("navigation").get_by_role("link", name="Wegwijzer"))
    page.keyboard.press("Enter")
    danger = page.get_by_role("radiogroup", name=re.compile("Is er nu acuut gevaar"))
    tab_to(page, danger.get_by_role("radio").first)
    page.keyboard.press("Space")
    button = page.get_by_role("button", name="Volgende")
    tab_to(page, button)
    page.keyboard.press("Enter")
    heading(page, "Bij acuut gevaar: bel nu")
    call = page.get_by_role("link", name="Bel 112")
    expect(page.get_by_role("main").get_by_role("link").first).to_have_text("Bel 112")
    tab_to(page, call)

    change = page.get_by_role("link", name="Verander uw antwoord")
    tab_to(page, change)
    page.keyboard.press("Enter")
    tab_to(page, danger.get_by_role("radio").first)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(danger.get_by_role("radio", name="Nee", exact=True)).to_be_checked()
    tab_to(page, page.get_by_label("In welke gemeente woont de inwoner?"))
    page.keyboard.type("Borne")
    tab_to(page, page.get_by_role("button", name="Toon nu de uitkomst"))
    page.keyboard.press("Enter")
    heading(page, "Praat eerst met de gemeente Borne")


def test_the_answers_survive_signing_in_and_start_a_casus(
    live_server, cast: Cast, site, page: Page
):
    page.goto(
        f"{site}/wegwijzer/uitkomst/?nood=geen&leeftijd=volwassen&gemeente=hengelo&speelt=lvb"
        "&vast=geen-plek"
    )
    follow(page, "Log in en start een casus")
    page.get_by_label("E-mailadres").fill(cast.aanmelder.email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    press(page, "Inloggen")
    heading(page, "Casus registreren")
    sees(page, "Uw antwoorden uit de wegwijzer gaan mee.")
    press(page, "Ga verder")
    heading(page, "De situatie")
    expect(page.get_by_label("In welke gemeente woont de inwoner?")).to_have_value("hengelo")
    expect(page.get_by_role("checkbox", name="verstandelijke beperking")).to_be_checked()
    casus = Casus.objects.get()
    assert casus.guide_answers["speelt"] == ["lvb"]
    page.goto(f"{site}/casussen/{casus.code}/registratie/geprobeerd/")
    expect(page.get_by_role("checkbox", name="er is geen passend aanbod")).to_be_checked()
    expect(page.get_by_role("radio", name="Nee")).to_be_checked()
