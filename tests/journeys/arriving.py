"""The way in: an invitation by mail, a password, and the directory that everybody may read."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from directory.models import User
from tests.cast import PASSWORD
from tests.journeys.play import Play
from tests.journeys.visit import (
    choose,
    follow,
    heading,
    link_in,
    menu,
    press,
    sees,
    shot,
    sign_in,
    write,
)

NAME, ADDRESS = "Nora Nieuweling", "nieuweling@voorbeeld.example"


def invite(play: Play, admin: Page) -> str:
    """The beheerder invites a procesmanager of Enschede; the link in the mail."""
    menu(admin, "Beheer")
    follow(admin, "Iemand uitnodigen")
    admin.get_by_role("combobox", name="Organisatie").select_option(label="Enschede")
    press(admin, "Ga verder")
    write(admin, "Naam", NAME)
    write(admin, "E-mailadres van het werk", ADDRESS)
    choose(admin, "Rol", "Procesmanager")
    press(admin, "Uitnodiging versturen")
    sees(admin, f"Uitnodiging klaargezet voor {NAME}.", "Wacht op antwoord")
    (mail,) = play.mailbox.to(play.mailbox.deliver(), ADDRESS)
    return link_in(mail, "/uitnodiging/")


def accept(play: Play, link: str) -> None:
    """A password that is too short is refused; then the account is there, and the link is used."""
    page = play.procesmanager
    page.goto(link)
    heading(page, f"Welkom, {NAME}")
    for password, answer in (("kort", "aandacht"), (PASSWORD, "")):
        page.get_by_label("Kies een wachtwoord").fill(password)
        page.get_by_label("Vul het wachtwoord nog een keer in").fill(password)
        press(page, "Uitnodiging aannemen")
        if answer:
            expect(page.get_by_role("alert").first).to_contain_text(answer)
            shot(page, "21-wachtwoord-te-kort")
    sees(page, "Welkom. U kunt nu inloggen.")
    sign_in(page, play.site, User.objects.get(email=ADDRESS))
    answer = page.goto(link)
    assert answer is not None and answer.status == 404


def directory(play: Play) -> None:
    """Filter on who brings in and on a trede, and read one tafel."""
    page = play.procesmanager
    menu(page, "Tafels")
    heading(page, "Overlegtafels in Twente")
    found = page.get_by_role("status").filter(has_text="tafel")
    before = found.inner_text()
    page.get_by_role("combobox", name="Trede").select_option(label="Trede 1: Regionaal")
    page.get_by_role("combobox", name="Wie meldt aan?").select_option(label="huisarts")
    press(page, "Toon")
    expect(found).to_contain_text("bij uw keuze")
    assert found.inner_text() != before
    shot(page, "22-tafels-gefilterd")
    tafel = page.get_by_role("main").get_by_role("heading", level=3).get_by_role("link").first
    name = tafel.inner_text()
    tafel.click()
    heading(page, name)
    expect(page.get_by_role("main")).to_contain_text(re.compile("huisarts"))
