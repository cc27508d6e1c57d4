"""The third stretch: the gemeente plans the overleg, deelnemers answer, and it is recorded."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from email.message import EmailMessage
from typing import Any

from playwright.sync_api import expect

from escalation.models import Overleg
from rdm.lib import clock
from tests.journeys.play import Play
from tests.journeys.visit import (
    CANARY,
    body_of,
    calendar_in,
    choose,
    follow,
    has_no_sideways_scroll,
    heading,
    link_in,
    menu,
    press,
    sees,
    shot,
    tick,
    write,
)

DIRECTEUR = ("Verzonnen Directeur", "directeur@voorbeeld.example")
ONDERSTEUNER = ("Verzonnen Ondersteuner", "ondersteuner@voorbeeld.example")
PLACE = "Gemeentehuis, zaal 1"


def deelnemers(play: Play) -> None:
    """By kind; who always belongs there and is not on the list, is named."""
    page = play.gemeente
    menu(page, "Mijn werk")
    task = page.get_by_role("listitem").filter(has_text=play.code)
    follow(task, "Bereid het overleg voor en leg de datum vast")
    follow(page, "Naar het overleg")
    sees(page, "Nog niet iedereen die er altijd bij hoort, staat op de lijst")
    missing = page.get_by_role("link", name=re.compile("^(directeur|gemandateerde|betrokken|best)"))
    expect(missing).to_have_count(4)
    add_deelnemer(play, "directeur van een betrokken instelling", DIRECTEUR)
    expect(missing).to_have_count(3)
    add_deelnemer(play, "betrokken cliëntondersteuner", ONDERSTEUNER)
    expect(missing).to_have_count(2)
    # The page shows who may not hear the content yet.
    row = page.get_by_role("row").filter(has_text=DIRECTEUR[0])
    expect(row).to_contain_text("geen convenant of verklaring")
    shot(page, "10-deelnemers")
    # Being on the list is not yet being asked.
    assert play.mailbox.deliver() == []


def add_deelnemer(play: Play, kind: str, who: tuple[str, str]) -> None:
    page = play.gemeente
    follow(page, kind)
    expect(page.get_by_role("radio", name=kind, exact=True)).to_be_checked()
    write(page, "Naam van de organisatie", "Verzonnen instelling")
    write(page, "Naam van de deelnemer", who[0])
    page.get_by_label("Functie", exact=True).fill("bestuurder")
    write(page, "E-mailadres", who[1])
    choose(page, "Mag deze deelnemer besluiten nemen", "Ja")
    press(page, "Zet op de lijst")
    sees(page, "De deelnemer staat op de lijst.")


def in_days(days: int) -> datetime:
    """Ten in the morning, so many days from now."""
    return datetime.combine(clock.today() + timedelta(days=days), time(10), clock.AMSTERDAM)


def dates(play: Play) -> None:
    """Two moments are proposed, and everybody on the list is asked."""
    page = play.gemeente
    for moment in (in_days(3), in_days(4)):
        form = page.get_by_role("form", name="Stel een moment voor")
        write(form, "Dag", f"{moment:%Y-%m-%d}")
        write(form, "Begin", "10:00")
        write(form, "Einde", "11:30")
        press(form, "Zet erbij")
        sees(page, "Het moment staat erbij.")
    press(page, "Vraag iedereen wanneer het kan")
    sees(page, "De deelnemers krijgen een mail met hun link.")


def answer_without_account(play: Play) -> None:
    """On a phone, through the link in the real mail; the page says nothing of the content."""
    mails = play.mailbox.deliver()
    assert {mail["To"] for mail in mails} == {DIRECTEUR[1], ONDERSTEUNER[1]}
    (mail,) = play.mailbox.to(mails, DIRECTEUR[1])
    assert play.code in mail["Subject"]
    link = link_in(mail, "/overleg/antwoord/")

    phone = play.visitor(width=390, height=844)
    phone.goto(link)
    heading(phone, re.compile(play.code))
    assert CANARY not in phone.content()
    assert has_no_sideways_scroll(phone)
    questions = phone.get_by_role("radiogroup")
    expect(questions).to_have_count(2)
    questions.nth(0).get_by_role("radio", name="ik kan", exact=True).check()
    shot(phone, "11-antwoord-telefoon")
    press(phone, "Verstuur mijn antwoord")
    expect(phone.get_by_role("alert").first).to_be_visible()
    expect(questions.nth(0).get_by_role("radio", name="ik kan", exact=True)).to_be_checked()
    questions.nth(1).get_by_role("radio", name="als het moet").check()
    press(phone, "Verstuur mijn antwoord")
    sees(phone, "Bedankt, uw antwoord is opgeslagen.")
    phone.goto(f"{play.site}/overleg/antwoord/verzonnen/")
    heading(phone, "Deze link werkt niet (meer)")

    page = play.gemeente
    page.reload()
    row = page.get_by_role("row").filter(has_text=DIRECTEUR[0])
    expect(row.filter(has_text="als het moet")).to_contain_text("Kan")


def fix_date(play: Play) -> EmailMessage:
    """The best moment; the missing kinds need a reason; everybody gets a calendar item."""
    page = play.gemeente
    follow(page, "Kies dit moment")
    expect(page.get_by_role("radio", checked=True)).to_have_count(1)
    write(page, "Waar is het overleg?", PLACE)
    press(page, "Leg de datum vast")
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_label("Waar is het overleg?")).to_have_value(PLACE)
    write(page, "Waarom kan het overleg zonder deze deelnemers?", f"Zij zijn al gehoord ({CANARY})")
    press(page, "Leg de datum vast")
    sees(page, "De datum ligt vast.", "Het overleg is gepland")
    shot(page, "12-datum-vast")
    return calendar_mail(play)


def calendar_mail(play: Play) -> EmailMessage:
    """The one calendar mail for the directeur among what is delivered now."""
    mails = play.mailbox.to(play.mailbox.deliver(), DIRECTEUR[1])
    (mail,) = mails
    return mail


def calendar(play: Play) -> None:
    """Invitation, change and cancellation: one meeting, with a number that goes up."""
    page = play.gemeente
    invited = fix_date(play)
    method, first = calendar_in(invited)
    assert (method, first["SEQUENCE"]) == ("REQUEST", 0)
    assert first.decoded("DTSTART") == in_days(3)
    assert first.decoded("DTEND") == in_days(3) + timedelta(minutes=90)
    assert first["LOCATION"] == PLACE
    assert str(first["SUMMARY"]) == f"Escalatieoverleg {play.code}"
    assert DIRECTEUR[1] in first["ATTENDEE"]
    assert "Laat weten of u komt" in body_of(invited)

    follow(page, "Wijzig datum of plaats")
    choose(page, "Welk moment wordt het?", "Een ander moment")
    write(page, "Dag", f"{in_days(5):%Y-%m-%d}")
    write(page, "Begin", "14:00")
    write(page, "Einde", "15:30")
    press(page, "Wijzig het overleg")
    sees(page, "De datum ligt vast.")
    moved = calendar_mail(play)
    assert moved["Subject"].startswith("Gewijzigd")
    later = same_meeting(first, moved, "REQUEST", number=1)
    assert later.decoded("DTSTART") == in_days(5) + timedelta(hours=4)

    follow(page, "Zeg deze datum af")
    write(
        page,
        "Waarom gaat het overleg op deze datum niet door?",
        f"De wethouder is ziek ({CANARY}).",
    )
    press(page, "Zeg de datum af")
    sees(page, "De datum is afgezegd.")
    called_off = same_meeting(first, calendar_mail(play), "CANCEL", number=2)
    assert called_off["STATUS"] == "CANCELLED"

    follow(page, "Leg de datum vast")
    choose(page, "Welk moment wordt het?", "Een ander moment")
    write(page, "Dag", f"{in_days(1):%Y-%m-%d}")
    write(page, "Begin", "09:00")
    write(page, "Einde", "10:30")
    press(page, "Leg de datum vast")
    sees(page, "De datum ligt vast.")
    same_meeting(first, calendar_mail(play), "REQUEST", number=3)


def same_meeting(first: Any, mail: EmailMessage, wanted: str, *, number: int) -> Any:
    method, event = calendar_in(mail)
    assert (method, event["SEQUENCE"], event["UID"]) == (wanted, number, first["UID"])
    return event


def record(play: Play) -> None:
    """What was decided and who promised what."""
    # Nobody can wait until tomorrow, and the clock of the live server cannot be moved: it runs in
    # a thread of its own. So the planned moment is moved instead, to today.
    start = clock.now() - timedelta(minutes=2)
    Overleg.objects.update(starts_at=start, ends_at=clock.now())
    page = play.gemeente
    page.goto(play.dossier)
    follow(page, "Leg de uitkomst vast")
    write(page, "Op welke dag was het overleg?", f"{clock.today()}")
    tick(page, DIRECTEUR[0])
    choose(page, "Wat gebeurde er met het plan van aanpak?", "plan aangenomen")
    write(page, "Ontbreekt er echt aanbod?", f"Ja, voor deze combinatie ({CANARY}).")
    choose(page, "Is er een oplossing?", "oplossing gevonden")
    write(page, "Uitleg bij de uitkomst", f"Er komt een plek ({CANARY}).")
    press(page, "Leg de uitkomst vast")
    sees(page, "Leg minstens één afspraak vast: wie doet wat, en wanneer.")
    promised = page.get_by_role("group", name="Afspraak 1", exact=True)
    write(promised, "Wat is er afgesproken?", f"Een vaste begeleider ({CANARY}).")
    write(promised, "Welke organisatie doet dit?", "Verzonnen instelling")
    write(promised, "Wie binnen die organisatie?", "directeur")
    write(promised, "Uiterlijk op", f"{clock.today() + timedelta(days=28)}")
    shot(page, "13-uitkomst")
    press(page, "Leg de uitkomst vast")
    sees(page, "De uitkomst van het overleg ligt vast.", f"Een vaste begeleider ({CANARY}).")
    expect(page.get_by_role("row").filter(has_text="vaste begeleider")).to_contain_text("directeur")
    expect(page.get_by_role("row").filter(has_text=DIRECTEUR[0])).to_contain_text("Was erbij")
    expect(page.get_by_role("row").filter(has_text=ONDERSTEUNER[0])).to_contain_text("Was er niet")
    assert play.mailbox.to(play.mailbox.deliver(), play.cast.gemeente.email)
