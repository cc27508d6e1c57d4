"""Somebody without an account looks for help and says what does not work; the region answers.

A huisarts goes all the way by keyboard alone. The themagroep brings the knelpunt to the stuurgroep
and answers it, and asks once a year whether the overview helps.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from directory.models import Signaal
from tests.cast import Cast
from tests.directory.keeping import own_tafel
from tests.directory.signalen.ways import left
from tests.journeys.visit import (
    body_of,
    choose,
    follow,
    has_no_sideways_scroll,
    heading,
    link_in,
    menu,
    press,
    sees,
    shot,
    tab_to,
    write,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
]

GP = "huisarts@praktijk.example"
KNELPUNT = "Verzonnen: wij horen niets terug na een aanmelding."
ANSWER = "Verzonnen: de tafel mailt u voortaan binnen een week."


def enter_on(page: Page, target: Locator) -> None:
    """Reach a link or a button with Tab, and press Enter."""
    tab_to(page, target, most=120)
    page.keyboard.press("Enter")


def answer_by_keyboard(page: Page, question: str | re.Pattern[str], answer: str) -> None:
    """Reach the group with Tab, then the answer with the arrows."""
    group = page.get_by_role("radiogroup", name=question)
    wanted = group.get_by_role("radio", name=answer, exact=True)
    tab_to(page, group.get_by_role("radio").first, most=120)
    page.keyboard.press("Space")
    for _ in range(5):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{answer} is not reached with the arrows")


def test_a_gp_finds_checks_tells_and_takes_it_home_by_keyboard(
    live_server, cast: Cast, site, page: Page, tmp_path: Path
) -> None:
    """Wegwijzer → tafel → checklist → signaal → the whole overview as a document."""
    cache.clear()
    page.goto(site)
    enter_on(page, page.get_by_role("link", name="Vind de tafel die past"))
    heading(page, "Welke tafel past bij uw casus?")
    answer_by_keyboard(page, re.compile("Is er nu acuut gevaar"), "Nee")
    tab_to(page, page.get_by_label("Wie bent u?"))
    page.keyboard.type("Huis")
    enter_on(page, page.get_by_role("button", name="Toon nu de uitkomst"))
    heading(page, "Hier kunt u terecht")

    enter_on(page, page.get_by_role("link", name="Regio OostNL hoogcomplex", exact=True))
    heading(page, "Regio OostNL hoogcomplex")
    enter_on(page, page.get_by_role("link", name="Kijk of uw casus hier past"))
    heading(page, "Past uw casus bij Regio OostNL hoogcomplex?")
    answer_by_keyboard(page, re.compile("meer psychische aandoeningen"), "Nee")
    enter_on(page, page.get_by_role("button", name="Bekijk of het past"))
    heading(page, "Deze casus past hier niet")
    sees(page, "Er zijn meer psychische aandoeningen tegelijk, die met elkaar verweven zijn.")

    enter_on(page, page.get_by_role("contentinfo").get_by_role("link", name="Laat het weten"))
    tab_to(page, page.get_by_label("Wat werkt er niet?"))
    page.keyboard.type(KNELPUNT)
    tab_to(page, page.get_by_label("Waar gaat het over?"))
    page.keyboard.type("Regio O")
    tab_to(page, page.get_by_label("Uw e-mailadres"))
    page.keyboard.type(GP)
    page.keyboard.press("Enter")
    heading(page, "Bedankt dat u het laat weten")
    signaal = Signaal.objects.get()
    assert (signaal.text, signaal.email) == (KNELPUNT, GP)
    assert signaal.tafel is not None and signaal.tafel.slug == "oostnl-hoogcomplex"

    enter_on(page, page.get_by_role("link", name="Naar alle tafels"))
    with page.expect_download() as downloading:
        enter_on(page, page.get_by_role("link", name="download het als PDF"))
    downloading.value.save_as(tmp_path / "overzicht.pdf")
    document = PdfReader(tmp_path / "overzicht.pdf")
    assert "Overzicht doorzettingsmacht in Twente" in document.pages[0].extract_text()
    assert len(document.pages) > 5


def test_the_themagroep_brings_it_to_the_stuurgroep_and_answers(
    live_server, cast: Cast, site, mailbox, enter
) -> None:
    left(text=KNELPUNT, email=GP, tafel=own_tafel(cast))
    page = enter(cast.themagroep)
    follow(page, "Eén nieuw signaal", exact=False)
    follow(page, KNELPUNT)
    heading(page, "Signaal over Triage- en transfertafel Twente")
    follow(page, "Stuur door naar de stuurgroep")
    press(page, "Stuur door naar de stuurgroep")
    sees(page, "Vul iets in bij “Wat vraagt u de stuurgroep?”.")
    write(page, "Wat vraagt u de stuurgroep?", "Verzonnen: spreek een termijn af.")
    press(page, "Stuur door naar de stuurgroep")
    sees(page, "Bespreek het signaal in de stuurgroep", "Verzonnen: spreek een termijn af.")
    assert mailbox.to(mailbox.deliver(), GP) == []
    follow(page, "Geef antwoord en rond af")
    write(page, "Wat is uw antwoord?", ANSWER)
    press(page, "Geef antwoord en rond af")
    sees(page, ANSWER)
    shot(page, "signaal-answered")
    (mail,) = mailbox.to(mailbox.deliver(), GP)
    assert ANSWER in body_of(mail)
    assert Signaal.objects.get().email == ""


def test_the_themagroep_asks_whether_it_helps_and_reads_the_answers(
    live_server, cast: Cast, site, mailbox, visitor, enter
) -> None:
    cache.clear()
    page = enter(cast.themagroep)
    follow(page, "Open de vragenlijst", exact=False)
    sees(page, "Vond u in het afgelopen jaar met dit overzicht de tafel die u zocht?")
    mailbox.deliver()
    press(page, "Open en verstuur de e-mails")
    sees(page, "Nog niemand vulde de vragenlijst in.")

    (mail,) = mailbox.to(mailbox.deliver(), cast.gemeente.email)
    reader = visitor(width=390)
    reader.goto(link_in(mail, "/evaluatie/vragen/"))
    heading(reader, "Helpt het overzicht u?")
    choose(reader, "Vond u in het afgelopen jaar met dit overzicht de tafel die u zocht?", "Ja")
    choose(reader, "Raadt u het overzicht aan bij een collega?", "Nee")
    write(reader, "Wat moet er beter?", "Verzonnen: meer telefoonnummers.")
    assert has_no_sideways_scroll(reader)
    press(reader, "Verstuur uw antwoorden")
    heading(reader, "Dank u wel")

    page.reload()
    sees(page, "Eén persoon vulde de vragenlijst in.", "Verzonnen: meer telefoonnummers.")
    expect(page.get_by_role("table").first).to_be_visible()
    shot(page, "evaluation-read")
    menu(page, "Mijn werk")
    expect(page.get_by_role("link", name="Open de vragenlijst")).to_have_count(0)
