"""The last stretch: the terugkoppeling, who reads it, and what the region learns."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from docx import Document
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from rdm.lib import clock
from tests.journeys.play import Play
from tests.journeys.visit import (
    CANARY,
    choose,
    follow,
    heading,
    menu,
    press,
    sees,
    shot,
    tick,
    write,
)

REPORT = {
    "1. Casusbeschrijving": "Verzonnen: een inwoner vond nergens een passende plek.",
    "2. Uitkomsten en afspraken": "Verzonnen: een instelling zorgt voor een vaste begeleider.",
    "3. Signalering en leerpunten": "Verzonnen: de instellingen kennen elkaars plekken niet.",
    "4. Advies voor de landelijke lobby": "Verzonnen: één budget voor zorg en wonen.",
}
SESSION = "Verzonnen leersessie van dit jaar"
LESSON = "Verzonnen: houd samen een lijst bij van vrije plekken."


def write_report(play: Play) -> None:
    """Draft first, a last look, and then it leaves the gemeente for good."""
    page = play.gemeente
    menu(page, "Mijn werk")
    task = page.get_by_role("listitem").filter(has_text=play.code)
    follow(task, "Dien de terugkoppeling in")
    heading(page, f"Schrijf de terugkoppeling {play.code}")
    # The record of the overleg stands beside it.
    sees(page, f"Er komt een plek ({CANARY}).")
    first, *others = REPORT.items()
    write(page, *first)
    press(page, "Sla op")
    sees(page, "De tekst is opgeslagen.")
    press(page, "Sla op en controleer")
    sees(page, "De terugkoppeling is nog niet compleet")
    follow(page, "Schrijf verder")
    expect(page.get_by_label(first[0])).to_have_value(first[1])
    for title, text in others:
        write(page, title, text)
    press(page, "Sla op en controleer")
    tick(page, "In deze tekst staat niets waaraan iemand de inwoner herkent")
    shot(page, "14-terugkoppeling-controleren")
    # A draft is nobody else's to see.
    menu(play.portefeuillehouder, "Terugkoppelingen")
    expect(play.portefeuillehouder.get_by_text(play.code)).to_have_count(0)
    press(page, "Dien de terugkoppeling in")
    sees(page, "De terugkoppeling is ingediend.")


def documents(play: Play) -> None:
    """The same text as PDF and as Word document, and nothing of the dossier."""
    page = play.gemeente
    reader = PdfReader(download(page, "PDF van versie 1", f"terugkoppeling-{play.code}"))
    pdf = " ".join("".join(one.extract_text() for one in reader.pages).split())
    word = Document(download(page, "Word-document van versie 1", f"terugkoppeling-{play.code}"))
    docx = "\n".join(paragraph.text for paragraph in word.paragraphs)
    for text in REPORT.values():
        assert text in pdf
        assert text in docx
    assert play.code in pdf
    assert CANARY not in pdf + docx


def download(page: Page, link: str, name: str) -> BytesIO:
    with page.expect_download() as coming:
        follow(page, link)
    assert coming.value.suggested_filename.startswith(name)
    return BytesIO(Path(coming.value.path()).read_bytes())


def read_report(play: Play) -> None:
    """The portefeuillehouder hears of it, reads it and says so; the dossier stays shut."""
    mails = play.mailbox.deliver()
    assert play.mailbox.to(mails, play.cast.portefeuillehouder.email)
    for mail in mails:
        for text in REPORT.values():
            assert text not in mail.as_string()
    page = play.portefeuillehouder
    menu(page, "Mijn werk")
    task = page.get_by_role("listitem").filter(has_text=play.code)
    follow(task, "Lees de terugkoppeling van de gemeente Enschede")
    sees(page, *REPORT.values())
    assert CANARY not in page.content()
    press(page, "Ik heb versie 1 gelezen")
    sees(page, "Genoteerd dat u deze versie hebt gelezen.")
    shot(page, "15-gelezen")
    menu(page, "Mijn werk")
    expect(page.get_by_text(play.code)).to_have_count(0)

    answer = page.goto(play.dossier)
    assert answer is not None and answer.status == 404
    assert CANARY not in page.content()


def leersessie(play: Play) -> None:
    """The terugkoppeling is its input; what comes out is a lesson with an owner."""
    page = play.coordinator
    menu(page, "Leersessies")
    follow(page, "Plan een leersessie")
    write(page, "Naam van de leersessie", SESSION)
    write(page, "Datum", f"{clock.today()}")
    tick(page, play.code)
    press(page, "Sla de leersessie op")
    sees(page, "De leersessie is gepland.")
    heading(page, SESSION)
    expect(page.get_by_role("row").filter(has_text=play.code)).to_contain_text("Enschede")
    follow(page, "Rond de leersessie af")
    write(page, "Wie waren er?", "Beleidsadviseurs van de gemeenten")
    write(page, "Wat leverde de leersessie op?", "Verzonnen: meer zicht op vrije plekken.")
    press(page, "Rond de leersessie af")
    follow(page, "Voeg een leerpunt toe")
    write(page, "Wat is het leerpunt?", LESSON)
    page.get_by_role("combobox", name="Thema").select_option(label="passend aanbod ontbreekt")
    choose(page, "Wie kan hier iets aan doen?", "landelijke lobby")
    write(page, "Wie pakt dit op?", "Beleidsadviseur zorg, gemeente Enschede")
    write(page, "Klaar voor", f"{clock.today() + timedelta(days=90)}")
    press(page, "Voeg het leerpunt toe")
    sees(page, "Het leerpunt is toegevoegd.", LESSON)
    shot(page, "16-leersessie")


def year_report(play: Play) -> None:
    """The report of this year counts the casus, the overleg and the lesson. The coördinator sees
    the numbers; who reads for the region sees none that point at one resident."""
    for page, number in ((play.portefeuillehouder, "<5"), (play.coordinator, "1")):
        menu(page, "Rapportage")
        heading(page, f"Rapportage {clock.today().year}")
        figures = page.get_by_role("main")
        expect(figures.get_by_role("table").first).to_be_visible()
        sees(page, LESSON)
        row = figures.get_by_role("row", name=re.compile("oplossing gevonden", re.IGNORECASE)).first
        expect(row).to_contain_text(number)
    shot(page, "17-rapportage")


def who_saw_it(play: Play) -> None:
    """The coördinator sees who read the dossier, and who read its terugkoppeling."""
    page = play.coordinator
    page.goto(play.dossier)
    follow(page.get_by_role("navigation", name="Onderdelen van de casus"), "Inzage")
    heading(page, "Wie heeft dit gezien")
    shot(page, "18-inzage")
    seen = page.get_by_role("table").inner_text()
    while (following := page.get_by_role("link", name="Volgende")).count():
        number = int(re.search(r"page=(\d+)", str(following.get_attribute("href")))[1])
        following.click()
        expect(page).to_have_url(re.compile(f"page={number}"))
        heading(page, "Wie heeft dit gezien")
        seen += page.get_by_role("table").inner_text()
    cast = play.cast
    readers = (cast.procesmanager_only, cast.gemeente, cast.coordinator, cast.portefeuillehouder)
    for reader in readers:
        assert reader.name in seen
    assert cast.outsider.name not in seen


def close(play: Play) -> None:
    """The gemeente ends the casus, with how and why."""
    page = play.gemeente
    page.goto(f"{play.dossier}overleg/")
    follow(page, "Sluit de casus af")
    choose(page, "Hoe eindigt de casus?", "Opgelost")
    write(page, "Waarom sluit u de casus af?", f"De plek is er ({CANARY}).")
    press(page, "Sluit de casus af")
    sees(page, "De casus is afgesloten.", "Niets meer te doen")
    play.mailbox.deliver()
