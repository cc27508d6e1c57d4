"""The second stretch: the coördinator judges the aanmelding and gives the assignment."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.play import Play
from tests.journeys.registering import TAFEL
from tests.journeys.visit import CANARY, follow, heading, menu, press, sees, shot, write


def inbox(play: Play) -> None:
    """The age against the term, spoed asked, and the process with its gaps."""
    page = play.coordinator
    menu(page, "Coördinatiepunt")
    row = page.get_by_role("row").filter(has_text=play.code)
    expect(row).to_contain_text(re.compile(r"0 werkdagen\D+\d+"))
    expect(row).to_contain_text("Spoed gevraagd")
    expect(row).to_contain_text("Enschede")
    shot(page, "07-inbox")
    follow(row, play.code)
    heading(page, "Aanmelding 1")
    sees(page, f"Wie neemt op? ({CANARY})", f"Die past niet bij de zorgvraag ({CANARY}).")
    process = page.get_by_role("region", name="Het proces tot nu toe")
    expect(process.get_by_role("row").filter(has_text=TAFEL)).to_contain_text(
        "Geen passende oplossing"
    )
    sees(process, "Wat opvalt in het proces")
    expect(process).to_contain_text("Trede 2")
    shot(page, "08-aanmelding-met-proces")


def spoed(play: Play) -> None:
    page = play.coordinator
    follow(page, "Ken spoed toe")
    sees(page, f"De plek vervalt binnenkort ({CANARY}).")
    write(page, "Waarom is dit spoed?", f"Zonder plek is er gevaar ({CANARY}).")
    press(page, "Ken spoed toe")
    sees(page, "De casus heeft nu spoed.", "Spoed toegekend")
    subjects = {mail["Subject"] for mail in play.mailbox.deliver()}
    assert subjects == {f"Spoed ({play.code})"}


def completion(play: Play) -> None:
    """What is missing is asked, given by the aanmelder, and then it can be judged."""
    page = play.coordinator
    follow(page, "Vraag een aanvulling")
    write(page, "Welke aanvulling hebt u nodig?", f"Welke verzekeraar is het? ({CANARY})")
    press(page, "Vraag de aanvulling")
    sees(page, "De aanmelder krijgt uw vraag.")
    # What cannot be done now stays readable, with why.
    page.get_by_text("Wat nu niet kan, en waarom").click()
    accept = page.get_by_role("button", name="Neem de casus aan")
    expect(accept).to_have_attribute("aria-disabled", "true")
    expect(accept).to_have_accessible_description(re.compile("Dit kan nu niet"))
    mails = play.mailbox.deliver()
    assert play.mailbox.to(mails, play.cast.procesmanager_only.email)

    aanmelder = play.procesmanager
    menu(aanmelder, "Mijn werk")
    follow(aanmelder.get_by_role("listitem").filter(has_text=play.code), "Vul de aanmelding aan")
    sees(aanmelder, f"Welke verzekeraar is het? ({CANARY})")
    follow(aanmelder, "Vul de aanmelding aan")
    write(aanmelder, "Uw aanvulling", f"Een verzonnen verzekeraar ({CANARY}).")
    press(aanmelder, "Verstuur de aanvulling")
    sees(aanmelder, "Uw aanvulling is verstuurd.")
    mails = play.mailbox.deliver()
    assert play.mailbox.to(mails, play.cast.coordinator.email)


def acceptance(play: Play) -> None:
    """The gemeente gets the assignment, the aanmelder hears that it was taken."""
    page = play.coordinator
    menu(page, "Mijn werk")
    follow(page.get_by_role("listitem").filter(has_text=play.code), "Beoordeel de aanmelding")
    follow(page, "Beoordeel de aanmelding")
    sees(page, f"Een verzonnen verzekeraar ({CANARY}).")
    follow(page, "Neem de casus aan")
    assignment = page.get_by_label("Opdracht aan de gemeente")
    expect(assignment).to_have_value(re.compile("directeur van een betrokken instelling"))
    write(page, "Welke bestuurder neemt het initiatief?", "wethouder zorg")
    shot(page, "09-aannemen")
    press(page, "Neem de casus aan")
    sees(page, "De casus is aangenomen. De gemeente heeft de opdracht gekregen.")
    mails = play.mailbox.deliver()
    (assigned,) = [
        mail
        for mail in play.mailbox.to(mails, play.cast.gemeente.email)
        if mail["Subject"].startswith("Opdracht: plan een escalatieoverleg")
    ]
    assert play.code in assigned["Subject"]
    to_aanmelder = play.mailbox.to(mails, play.cast.procesmanager_only.email)
    assert f"Casus aangenomen voor trede 3 ({play.code})" in {m["Subject"] for m in to_aanmelder}
