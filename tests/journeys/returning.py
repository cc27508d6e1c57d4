"""The ways back: returned with advice, with spoed the second time, to the region after the overleg;
and the way up, to trede 4."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import dateformat
from playwright.sync_api import expect
from pypdf import PdfReader

from demo import walk
from escalation.models import Casus, Overleg
from rdm.lib import clock
from rdm.lib.workdays import add_workdays
from tests import world
from tests.journeys.learning import download
from tests.journeys.play import Play
from tests.journeys.visit import CANARY, choose, follow, heading, menu, press, sees, shot, write

WORKDAYS = 4


def agreement(play: Play) -> None:
    """The region settles how soon an overleg with spoed is held; later it counts."""
    page = play.coordinator
    menu(page, "Coördinatiepunt")
    follow(page, "procesafspraken")
    article = page.get_by_role("article", name="Het escalatieoverleg houden bij spoed")
    expect(article).to_contain_text("Voorlopig")
    follow(article, "Wijzig", exact=False)
    write(page, "Getal (werkdagen)", f"{WORKDAYS}")
    choose(page, "Hoe vast is deze afspraak?", "Vastgesteld")
    write(page, "Waarom wijzigt u de afspraak?", "Verzonnen: de regio besloot dit.")
    press(page, "Bewaar de afspraak")
    sees(page, "Vul in wanneer dit is vastgesteld.")
    write(page, "Vastgesteld op", f"{clock.today()}")
    write(page, "Vastgesteld door", "Verzonnen bestuurlijk overleg")
    press(page, "Bewaar de afspraak")
    sees(page, "is bewaard.")
    expect(article).to_contain_text(f"{WORKDAYS} werkdagen")
    expect(article).to_contain_text("Vastgesteld")
    shot(page, "23-procesafspraak")


def advice(play: Play) -> None:
    """The coördinatiepunt gives the casus back with a reason and a tafel; who asked reads it."""
    play.code = world.submitted_casus(play.cast).code
    play.mailbox.deliver()
    page = play.coordinator
    menu(page, "Coördinatiepunt")
    follow(page.get_by_role("row").filter(has_text=play.code), play.code)
    follow(page, "Geef terug met advies")
    advised = play.cast.tafel(2)
    choose(page, "Welke tafel adviseert u?", advised.name)
    reason = f"Vraag eerst wat daar kan ({CANARY})."
    write(page, "Waarom geeft u de casus terug?", reason)
    press(page, "Geef terug met advies")
    sees(page, "De casus is teruggegeven met uw advies.")
    assert play.mailbox.to(play.mailbox.deliver(), play.cast.procesmanager.email)
    aanmelder = play.procesmanager
    menu(aanmelder, "Casussen")
    follow(aanmelder.get_by_role("row").filter(has_text=play.code), play.code)
    sees(aanmelder, reason)
    shot(aanmelder, "24-teruggegeven")


def spoed(play: Play) -> None:
    """Submitted again, now with spoed; the coördinator grants it, and the short term holds."""
    page = play.procesmanager
    page.goto(f"{play.dossier}trede-3/")
    heading(page, "Voorwaarden")
    write(page, "Wat vraagt u van het escalatieoverleg?", f"Wie neemt op? ({CANARY})")
    write(page, "Plan van aanpak", f"Eén aanspreekpunt ({CANARY}).")
    if page.get_by_role("textbox", name="Waarom is trede 2 niet geprobeerd?").count():
        write(page, "Waarom is trede 2 niet geprobeerd?", f"De tafel zegt nee ({CANARY}).")
    page.get_by_role("checkbox", name="Ik vraag om spoed").check()
    write(page, "Waarom heeft het spoed?", f"De plek vervalt ({CANARY}).")
    press(page, "Controleer uw aanmelding")
    press(page, "Verstuur de aanmelding")
    sees(page, "Het coördinatiepunt is aan zet.")

    page = play.coordinator
    menu(page, "Coördinatiepunt")
    row = page.get_by_role("row").filter(has_text=play.code).first
    expect(row).to_contain_text("Spoed gevraagd")
    follow(row, play.code)
    heading(page, "Aanmelding 2")
    follow(page, "Ken spoed toe")
    write(page, "Waarom is dit spoed?", f"Zonder plek is er gevaar ({CANARY}).")
    press(page, "Ken spoed toe")
    sees(page, "De casus heeft nu spoed.")
    follow(page, "Neem de casus aan")
    before = dateformat.format(add_workdays(clock.today(), WORKDAYS), "j F Y").lower()
    assignment = page.get_by_label("Opdracht aan de gemeente")
    expect(assignment).to_have_value(re.compile(f"spoed.*uiterlijk op {before}", re.DOTALL))
    write(page, "Welke bestuurder neemt het initiatief?", "wethouder zorg")
    press(page, "Neem de casus aan")
    sees(page, "De casus is aangenomen.")
    play.mailbox.deliver()


def to_the_region(play: Play) -> None:
    """After the overleg, which others have walked, the gemeente gets the casus back with advice."""
    overleg = walk.planned(Overleg.objects.get(casus__code=play.code), play.cast.gemeente)
    # The clock of the live server cannot be moved, so the planned moment is: to just now.
    start = clock.now() - timedelta(minutes=2)
    Overleg.objects.filter(pk=overleg.pk).update(starts_at=start, ends_at=clock.now())
    overleg.refresh_from_db()
    walk.held(overleg, play.cast.gemeente)
    play.mailbox.deliver()

    page = play.gemeente
    page.goto(f"{play.dossier}overleg/")
    follow(page, "Geef terug aan de regio")
    choose(page, "Waar gaat de casus naartoe?", "De gemeente Enschede")
    how = f"Begin met de vaste begeleider ({CANARY})."
    write(page, "Uitvoeringsadvies", how)
    press(page, "Geef de casus terug")
    sees(page, "De casus is teruggegeven, met uw advies.")
    play.mailbox.deliver()
    play.procesmanager.goto(play.dossier)
    sees(play.procesmanager, "Teruggegeven naar de gemeente Enschede", how)
    shot(play.procesmanager, "25-terug-in-de-regio")


def trede_4(play: Play) -> None:
    """Without a solution: the checklist, the dossier on paper, and the answer."""
    page = play.gemeente
    page.goto(f"{play.dossier}overleg/")
    follow(page, "Vraag om een besluit op trede 4")
    why = f"Geen enkele partij kan dit besluiten ({CANARY})."
    write(page, "Waarom is trede 4 nodig?", why)
    press(page, "Vraag om een besluit op trede 4")
    sees(page, "Zet bij elke voorwaarde een vinkje.")
    expect(page.get_by_role("textbox", name="Waarom is trede 4 nodig?")).to_have_value(why)
    for box in page.get_by_role("main").get_by_role("checkbox").all():
        box.check()
    press(page, "Vraag om een besluit op trede 4")
    sees(page, "De voordracht voor trede 4 ligt vast.")
    play.mailbox.deliver()
    shot(page, "26-voordracht")

    reader = PdfReader(download(page, "Download het dossier (PDF)", "procesoverzicht-"))
    text = " ".join(" ".join(one.extract_text() for one in reader.pages).split())
    for expected in (
        play.code,
        why,
        "Geen oplossing",
        f"Gedownload door {play.cast.gemeente.name}",
    ):
        assert expected in text, expected

    follow(page, "Leg het antwoord vast")
    write(page, "Wat is het antwoord?", f"De minister wijst een plek aan ({CANARY}).")
    press(page, "Leg het antwoord vast")
    sees(page, "Het antwoord van het ministerie ligt vast.")
    assert Casus.objects.get(code=play.code).status == "active"
    play.mailbox.deliver()
