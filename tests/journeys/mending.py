"""What can be put right: a terugkoppeling that was submitted, and mail that did not arrive."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from directory.people.invitations import actions as invitations
from escalation.models import Overleg
from learning.actions import terugkoppelingen
from outbox.models import Message
from outbox.sweeps import MAX_ATTEMPTS
from tests import world
from tests.journeys.play import Play
from tests.journeys.visit import follow, heading, link_in, menu, press, sees, shot, tick, write

BETTER = "Verzonnen: er komt een begeleider, en een vast aanspreekpunt."
LOST = "Verzonnen.Vergeten@voorbeeld.example".lower()


def casus_without_solution(play: Play) -> None:
    """The casus of the rest of the journey: its overleg gave no solution, its report is in."""
    casus = world.held_casus(play.cast, solution=Overleg.Solution.NONE)
    play.code = casus.code
    report = terugkoppelingen.open_for(overleg=casus.overleggen.get(), by=play.cast.gemeente)
    terugkoppelingen.submit(terugkoppeling=report, by=play.cast.gemeente, texts=world.FOUR_TEXTS)
    play.mailbox.deliver()


def correction(play: Play) -> None:
    """A new version with the reason; the old one stays, and the reader sees them side by side."""
    page = play.gemeente
    menu(page, "Terugkoppelingen")
    follow(page.get_by_role("row").filter(has_text=play.code), play.code)
    follow(page, "Maak een correctie")
    write(page, "Wat wilt u verbeteren, en waarom?", "Verzonnen: één afspraak ontbrak.")
    press(page, "Begin de correctie")
    sees(page, "U kunt de tekst nu verbeteren.")
    write(page, "2. Uitkomsten en afspraken", BETTER)
    press(page, "Sla op en controleer")
    tick(page, "In deze tekst staat niets waaraan iemand de inwoner herkent")
    press(page, "Dien de terugkoppeling in")
    sees(page, "De terugkoppeling is ingediend.")
    reader = play.portefeuillehouder
    assert play.mailbox.to(play.mailbox.deliver(), play.cast.portefeuillehouder.email)
    menu(reader, "Mijn werk")
    task = reader.get_by_role("listitem").filter(has_text=play.code)
    follow(task.first, "Lees de terugkoppeling", exact=False)
    sees(reader, BETTER, "Verzonnen: één afspraak ontbrak.")
    follow(reader, "Vergelijk versies")
    heading(reader, re.compile("Versie 1 .* naast versie 2"))
    sees(reader, world.FOUR_TEXTS["outcomes"], BETTER)
    shot(reader, "27-versies")


def failed_mail(play: Play, admin: Page) -> None:
    """Refused as often as it was tried: the beheerder is told, tries again, and it arrives once."""
    refused = play.mailbox.post.answer
    refused[LOST] = "550 no such user"
    invitations.invite(
        by=play.cast.admin,
        email=LOST,
        name="Verzonnen Vergeten",
        organisation=play.cast.mediant,
        role="aanmelder",
    )
    # Four days of trying, without waiting for them.
    Message.objects.filter(to=LOST).update(attempts=MAX_ATTEMPTS - 1)
    assert play.mailbox.deliver() == []
    menu(admin, "Mijn werk")
    follow(admin, "1 e-mail niet verstuurd", exact=False)
    heading(admin, "E-mail die niet is verstuurd")
    row = admin.get_by_role("row").filter(has_text=LOST)
    expect(row).to_contain_text("de mailserver kent dit adres niet of weigert het")
    shot(admin, "28-mislukte-mail")
    refused.clear()
    row.get_by_role("button", name="Probeer opnieuw").click()
    sees(admin, f"Wij sturen de e-mail aan {LOST} zo opnieuw.", "Alle e-mail is verstuurd")
    (mail,) = play.mailbox.deliver()
    assert mail["To"] == LOST
    page = play.visitor()
    page.goto(link_in(mail, "/uitnodiging/"))
    heading(page, "Welkom, Verzonnen Vergeten")
    menu(admin, "Mijn werk")
    expect(admin.get_by_text("niet verstuurd")).to_have_count(0)
