"""The first stretch: the procesmanager, from "this is stuck" to the door of trede 3."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from escalation.models import Casus
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

# Passes the eleven-test, and is nobody's: the Belastingdienst keeps it for tests.
BSN = "123456782"
TAFEL = "Regiotafel zorgkantoor"


def crisis_question(play: Play) -> None:
    """Acute danger shows who to call and keeps nothing; without danger the road goes on."""
    page = play.procesmanager
    menu(page, "Casussen")
    follow(page, "Registreer een casus")
    choose(page, "Is er nu acuut gevaar?", "Ja")
    press(page, "Ga verder")
    heading(page, "Bij acuut gevaar: bel nu")
    expect(page.get_by_role("link", name="Bel 112")).to_be_visible()
    sees(page, "Wij hebben niets opgeslagen")
    assert not Casus.objects.exists()
    shot(page, "01-crisis")
    follow(page, "Terug naar het begin")
    choose(page, "Is er nu acuut gevaar?", "Nee")
    choose(page, "Is de inwoner 18 jaar of ouder?", "Ja")
    press(page, "Ga verder")
    heading(page, "De situatie")
    play.code = Casus.objects.get().code


def registration(play: Play) -> None:
    """Four steps, left half-way and resumed; a BSN is refused, the text kept and mended."""
    page = play.procesmanager
    expect(page.get_by_label("In welke gemeente woont de inwoner?")).to_have_value("enschede")
    situation = page.get_by_label("Wat is er aan de hand?")
    situation.fill(f"Het {CANARY}: de inwoner met nummer {BSN} woont alleen.")
    choose(page, "Is er een risico voor de veiligheid?", "Ja")
    write(page, "Wat is dat risico?", f"Twee meldingen bij de politie ({CANARY}).")
    press(page, "Bewaar en ga verder")
    expect(page.get_by_role("alert")).to_have_text(re.compile("aandacht"))
    sees(page, "Dat lijkt op een burgerservicenummer (BSN). Haal dit weg.")
    expect(situation).to_have_value(re.compile(BSN))
    assert BSN not in Casus.objects.get().situation
    shot(page, "02-bsn-geweigerd")
    situation.fill(f"Het {CANARY}: de inwoner woont alleen.")
    press(page, "Bewaar en ga verder")

    heading(page, "Wat is er geprobeerd")
    write(page, "Wat hebt u via de gewone weg geprobeerd?", f"Drie verwijzingen ({CANARY}).")
    press(page, "Bewaar en ga later verder")
    sees(page, f"U vindt het concept {play.code} in deze lijst en bij Mijn werk")

    menu(page, "Mijn werk")
    follow(page.get_by_role("listitem").filter(has_text=play.code), "Maak de registratie af")
    heading(page, "Wat is er geprobeerd")
    tried = page.get_by_label("Wat hebt u via de gewone weg geprobeerd?")
    expect(tried).to_have_value(re.compile(CANARY))
    choose(page, "Gaat het alleen om een wachttijd?", "Nee")
    write(page, "Waarom loopt het vast?", f"Iedereen verwijst naar een ander ({CANARY}).")
    press(page, "Bewaar en ga verder")

    heading(page, "De inwoner")
    write(page, "Wat vindt en wil de inwoner zelf?", f"Een eigen plek ({CANARY}).")
    choose(page, "Hoe staat het met cliëntondersteuning?", "Aangeboden")
    press(page, "Bewaar en ga verder")

    heading(page, "Delen met anderen")
    write(page, "Met welk doel deelt u deze casus?", "Samen passende zorg vinden.")
    choose(page, "Op welke grondslag deelt u?", "Taak van algemeen belang (Wmo 2015)")
    choose(page, "Weet de inwoner dat u de casus deelt?", "Nee")
    write(page, "Waarom weet de inwoner het niet?", "De inwoner is nu niet bereikbaar.")
    press(page, "Bewaar en ga verder")


def check_and_register(play: Play) -> None:
    page = play.procesmanager
    heading(page, "Controleer uw antwoorden")
    sees(page, f"Het {CANARY}: de inwoner woont alleen.", "De inwoner is nu niet bereikbaar.")
    shot(page, "03-controleren")
    press(page, "Registreer de casus")
    sees(page, "De casus is geregistreerd.", "U bent aan zet")
    expect(page).to_have_url(play.dossier)


def bring_to_tafel(play: Play) -> None:
    """A step on trede 1: the check with what decides it, submitting, what came of it."""
    page = play.procesmanager
    follow(page, "Kies een tafel")
    choose(page, "Aan welke tafel wilt u de casus bespreken?", TAFEL)
    write(page, "Wat vraagt u van deze tafel?", f"Een passende plek ({CANARY}).")
    press(page, "Zet op de route")
    heading(page, f"Stap 1: {TAFEL}")
    sees(page, "Doe eerst de instroomtoets voor deze tafel.")

    follow(page, "Doe de instroomtoets")
    answer_criteria(play, last="weet ik niet")
    sees(page, "Nog onbekend", "Dit is nog niet bekend:")
    deciding = page.get_by_role("region", name="Instroomtoets").get_by_role("listitem")
    expect(deciding).to_have_count(1)
    expect(deciding).to_contain_text("De huidige aanbieder blijft zorg geven")
    shot(page, "04-toets-onbekend")

    follow(page, "Doe de toets opnieuw")
    answer_criteria(play, last="ja")
    sees(page, "Dit klopt en is genoeg:", "Eerdere toetsen (1)")
    shot(page, "05-toets-voldoet")

    follow(page, "Leg de aanmelding vast")
    write(page, "Is het Centrum voor Consultatie en Expertise", "Nee, dat is nog niet gevraagd.")
    press(page, "Leg de aanmelding vast")
    follow(page, "Leg vast wat de tafel deed")
    choose(page, "Wat deed de tafel?", "De tafel besprak de casus")
    write(page, "Welk advies gaf de tafel?", f"Zoek buiten de regio ({CANARY}).")
    press(page, "Leg vast")
    follow(page, "Leg de uitkomst vast")
    choose(page, "Wat is de uitkomst?", "geen passende oplossing")
    write(page, "Leg de uitkomst uit", f"Er is geen plek ({CANARY}).")
    press(page, "Leg de uitkomst vast")
    sees(page, "Deze stap is afgerond zonder oplossing")


def answer_criteria(play: Play, *, last: str) -> None:
    page = play.procesmanager
    groups = page.get_by_role("radiogroup")
    expect(groups.first).to_be_visible()
    for number in range(groups.count()):
        answer = "ja" if number < groups.count() - 1 else last
        groups.nth(number).get_by_role("radio", name=answer, exact=True).check()
    press(page, "Bekijk de uitslag")


def submit_to_trede_3(play: Play) -> None:
    """The gate says what is met and what not; spoed is asked; a last look before sending."""
    page = play.procesmanager
    page.goto(play.dossier)
    gate = page.get_by_role("region", name=re.compile("Klaar voor trede 3"))
    sees(gate, "Trede 2 is niet afgerond")
    follow(page, "Meld aan voor trede 3")
    heading(page, "Voorwaarden")
    sees(page, f"Afgerond zonder oplossing: {TAFEL}.", "Niet geprobeerd. Leg hieronder uit")
    shot(page, "06-poort")
    write(page, "Wat vraagt u van het escalatieoverleg?", f"Wie neemt op? ({CANARY})")
    write(page, "Plan van aanpak", f"Eén aanspreekpunt ({CANARY}).")
    press(page, "Controleer uw aanmelding")
    sees(page, "Vul iets in bij “Waarom is trede 2 niet geprobeerd?”.")
    write(page, "Waarom is trede 2 niet geprobeerd?", f"Die past niet bij de zorgvraag ({CANARY}).")
    tick(page, "Ik vraag om spoed")
    write(page, "Waarom heeft het spoed?", f"De plek vervalt binnenkort ({CANARY}).")
    press(page, "Controleer uw aanmelding")
    heading(page, "Controleer uw aanmelding")
    sees(page, "Er is nog niets verstuurd.", f"Wie neemt op? ({CANARY})")
    assert play.mailbox.deliver() == []
    press(page, "Verstuur de aanmelding")
    sees(page, "Het coördinatiepunt is aan zet.")

    mails = play.mailbox.deliver()
    (mail,) = play.mailbox.to(mails, play.cast.coordinator.email)
    assert mail["Subject"] == f"Nieuwe aanmelding voor trede 3 ({play.code})"
