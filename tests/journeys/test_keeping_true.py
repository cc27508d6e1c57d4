"""The overview stays true by the people whose page it is (issue 3, part 5).

A contact of a tafel proposes a change and the themagroep publishes it; a reader without account
hears of it by mail and leaves with one click; the tafel confirms by the link in its mail; a
gemeente fills in where to begin. Each has a browser of their own, and the mail is real.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from audit import log
from directory.models import Subscriber, Tafel
from directory.reading import confirmations
from directory.upkeep.confirmations.sweeps import ask_to_confirm
from directory.upkeep.subscriptions.sweeps import tell_subscribers
from rdm.lib import clock, tokens
from rdm.lib.workdays import add_workdays
from tests.cast import Cast
from tests.directory.keeping import own_tafel
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
    tick,
    write,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
]

NAME = "Triage- en transfertafel Twente"
NEW_CHAIR = "teamleider van een verzonnen team"
READER = "lezer@voorbeeld.example"


@pytest.fixture(autouse=True)
def clocks_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mail is made days and a year from now, and the browser has the clock of today."""
    monkeypatch.setattr(tokens, "SKEW", timedelta(days=800))


def test_the_overview_is_kept_true(live_server, cast: Cast, site, mailbox, visitor, enter):
    mailbox.deliver()  # what the cast was invited with
    reader = subscribe(site, mailbox, visitor)
    propose_and_publish(cast, mailbox, enter)
    read_the_news(site, mailbox, reader)
    confirm_by_link(cast, mailbox, visitor)
    fill_in_the_gemeente(cast, site, visitor, enter)
    assert log.check() is None


def subscribe(site, mailbox, visitor):
    """Double opt-in, on a telephone."""
    page = visitor(width=390)
    page.goto(f"{site}/tafels/wijzigingen/")
    follow(page, "Houd mij op de hoogte")
    write(page, "E-mailadres", READER)
    tick(page, "Ik werk bij een huisartsenorganisatie")
    press(page, "Vraag aan")
    sees(page, "Kijk in uw mail.")
    (mail,) = mailbox.to(mailbox.deliver(), READER)
    page.goto(link_in(mail, "/op-de-hoogte/ja/"))
    press(page, "Ja, stuur mij bericht")
    sees(page, "Gelukt. U krijgt bericht als er iets wijzigt.")
    assert has_no_sideways_scroll(page)
    return page


def propose_and_publish(cast, mailbox, enter):
    """The contact starts at the page of the tafel, the themagroep at its mail."""
    contact = enter(cast.tafel_contact)
    follow(contact, f"Uw tafel: {NAME}")
    follow(contact, "Stel een wijziging voor")
    heading(contact, f"Wijziging voorstellen voor {NAME}")
    press(contact, "Verstuur het voorstel")
    sees(contact, "Vul iets in bij “Waarom moet dit worden gewijzigd?”.")
    write(contact, "Voorzitter", NEW_CHAIR)
    write(contact, "Waarom moet dit worden gewijzigd?", "Verzonnen: dit team leidt de tafel nu.")
    press(contact, "Verstuur het voorstel")
    sees(contact, "Wacht op controle", "Dit voorstel wacht op de themagroep")
    expect(contact.get_by_role("button", name="Publiceer")).to_have_count(0)
    shot(contact, "keeping-proposed")

    checker = enter(cast.themagroep)
    (mail,) = mailbox.to(mailbox.deliver(), cast.themagroep.email)
    checker.goto(link_in(mail, "/tafels/voorstellen/"))
    row = checker.get_by_role("region", name="Voorzitter")
    sees(row, "Nu op de pagina", "teamleider van Mediant", NEW_CHAIR)
    shot(checker, "keeping-compare")
    press(checker, "Publiceer")
    sees(checker, "De wijziging staat nu op de pagina.", NEW_CHAIR)
    (mail,) = mailbox.to(mailbox.deliver(), cast.tafel_contact.email)
    assert "Dit is nu versie 2." in body_of(mail)
    follow(checker, "Versie 2: bekijk alle versies")
    press(checker, "Vergelijk")
    heading(checker, "Versie 1")
    sees(checker, "teamleider van Mediant", NEW_CHAIR)
    menu(checker, "Mijn werk")
    follow(checker, "Hoe actueel is het overzicht?")
    heading(checker, "Hoe actueel is het overzicht?")
    sees(checker, "Van een huisartsenorganisatie", "Gemeenten zonder lokale ingang")
    expect(checker.get_by_text(READER)).to_have_count(0)


def read_the_news(site, mailbox, reader):
    """The day after: one mail, for a huisarts with what huisartsen may do, and a way out."""
    with clock.travel(clock.now() + timedelta(days=1)):
        assert [tell_subscribers() for _ in range(2)] == [1, 0]
        (mail,) = mailbox.to(mailbox.deliver(), READER)
    assert NEW_CHAIR in body_of(mail) and "Huisartsen mogen hier zelf aanmelden." in body_of(mail)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    reader.goto(str(mail["List-Unsubscribe"]).strip().strip("<>"))
    heading(reader, "Geen bericht meer")
    press(reader, "Meld mij af")
    sees(reader, "Wij hebben uw e-mailadres niet meer.")
    assert not Subscriber.objects.exists()


def confirm_by_link(cast, mailbox, visitor):
    """A year later the tafel gets its mail; somebody without an account answers it, once."""
    tafel = own_tafel(cast)
    due = confirmations.state_of(tafel, clock.today()).due
    assert due is not None
    ahead = add_workdays(due, -1) - clock.today()
    with clock.travel(clock.now() + ahead):
        ask_to_confirm()
        mails = mailbox.deliver()
    # Every tafel is asked, and in the end by the addresses of today: the link is signed then.
    (mail,) = mailbox.to(mails, tafel.contact_email)
    page = visitor(width=390)
    page.goto(link_in(mail, "/tafels/bevestigen/"))
    heading(page, f"Klopt dit nog? {NAME}")
    sees(page, NEW_CHAIR)
    press(page, "Alles klopt nog")
    sees(page, "Kies een antwoord bij “Wat is uw functie?”.")
    choose(page, "Wat is uw functie?", "Voorzitter van de tafel")
    tick(page, "De voorzitter van de tafel heeft deze pagina ook bekeken.")
    assert has_no_sideways_scroll(page)
    press(page, "Alles klopt nog")
    sees(page, f"Dank u wel. De pagina van {NAME} is bevestigd.", "door de voorzitter van de tafel")
    page.goto(link_in(mail, "/tafels/bevestigen/"))
    heading(page, "Deze vraag is al beantwoord")
    assert Tafel.objects.get(pk=tafel.pk).confirmed_on == clock.today()


def fill_in_the_gemeente(cast, site, visitor, enter):
    """From Mijn werk to the public page, with a look at old and new in between."""
    page = enter(cast.gemeente)
    follow(page, "Gemeente Enschede: vul in waar inwoners terechtkunnen")
    heading(page, "Gemeente Enschede wijzigen")
    page.get_by_label("Soort ingang").first.select_option("wijkteam")
    page.get_by_label("Naam").first.fill("Verzonnen wijkteam Noord")
    page.get_by_label("Telefoonnummer").first.fill("000 000 00 00")
    tick(page, "SCOT Cliëntondersteuning")
    write(page, "Wat is er veranderd?", "Verzonnen: onze eerste gegevens.")
    press(page, "Vergelijk oud en nieuw")
    sees(page, "Verzonnen wijkteam Noord", "SCOT Cliëntondersteuning")
    shot(page, "keeping-gemeente")
    press(page, "Publiceer")
    heading(page, "Gemeente Enschede")
    guest = visitor(width=390)
    guest.goto(f"{site}/gemeenten/")
    follow(guest, "Enschede")
    sees(guest, "Verzonnen wijkteam Noord", "SCOT Cliëntondersteuning", "Mediant")
    assert has_no_sideways_scroll(guest)
