"""How the region keeps its overview true: entrances, proposals, confirmations and readers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from demo import practice
from demo.story import Story, World
from directory.models import Edition, Gemeente, Proposal, Subscriber, Tafel, User
from directory.upkeep.confirmations import actions as confirmations
from directory.upkeep.confirmations import links
from directory.upkeep.entrances.actions import propose_entrances
from directory.upkeep.proposals import actions as proposals
from directory.upkeep.subscriptions import actions as subscriptions

# Where to begin, per gemeente: who fills it in, how many working days ago, and the teams. Every
# name, number and address is invented, and so is who offers cliëntondersteuning.
ENTRANCES: tuple[tuple[str, str, int, tuple[str, ...]], ...] = (
    ("enschede", "gemeente", -260, ("Wijkteam Verzinbuurt",)),
    ("hengelo", "hengelo", -240, ("Sociaal team Bedenkwijk",)),
    ("almelo", "almelo", -200, ("Wijkcoaches Oefenplein",)),
    ("borne", "borne", -150, ("Loket Voorbeeld",)),
    ("oldenzaal", "oldenzaal", -120, ("Toegangsteam Schijn",)),
    ("wierden", "wierden", -80, ("Team Denkbeeld",)),
    ("hof-van-twente", "hof-van-twente", -45, ("Wijkteam Verzonnen Dorpen",)),
)
# Who confirmed which tafel, by account ("" is by the link), and how many working days ago.
CONFIRMED: tuple[tuple[str, str, int], ...] = (
    ("triage-transfertafel", "tafelcontact", -330),
    ("topx", "", -320),
    ("crisis-ondersteuningsteam", "", -310),
    ("bestuurlijk-escalatieoverleg", "themagroep", -305),
    ("triage-transfertafel", "tafelcontact", -90),
    ("topx", "", -70),
    ("bestuurlijk-escalatieoverleg", "themagroep", -40),
)
READERS = (
    ("nieuwsgierig@demo.example", False, -250),
    ("praktijk@huisarts.example", True, -210),
    ("meelezer@demo.example", False, -100),
    ("huisartsenpost@huisarts.example", True, -35),
)
CHAIR = "voorzitter van de tafel"


def _entrance(name: str, gemeente: str, number: int, **more: str) -> dict[str, str]:
    return {
        "kind": "wijkteam",
        "name": name,
        "email": f"wijkteam@{gemeente}.example",
        "phone": f"000 000 00 {number:02}",
        "website": f"https://{gemeente}.example/wijkteam",
        "hours": "werkdagen van 9 tot 17 uur",
        "note": "",
        **more,
    }


def _procesmanager(gemeente: str) -> dict[str, str]:
    return _entrance(
        "Procesmanager zorg en veiligheid",
        gemeente,
        99,
        kind="procesmanager",
        email=f"procesmanager@{gemeente}.example",
        website="",
        hours="",
        note="Voor professionals die vastlopen. Verzonnen voorbeeld.",
    )


def entrances(world: World) -> Story:
    """Seven gemeenten fill in their page; the others have not come to it yet."""
    for number, (slug, who, day, teams) in enumerate(ENTRANCES):
        yield world.at(day, 14)
        rows = [_entrance(name, slug, number) for name in teams]
        values = {"entrances": rows, "client_support": [practice.CLIENT_SUPPORT]}
        _publish_own(world, slug, world[who], values, "Verzonnen: onze eerste gegevens.")


def entrances_change(world: World) -> Story:
    """Enschede adds the procesmanager; Losser began and did not publish yet."""
    yield world.at(-25, 11)
    rows = [_entrance("Wijkteam Verzinbuurt", "enschede", 0, hours="werkdagen van 8 tot 17 uur")]
    values = {"entrances": [*rows, _procesmanager("enschede")]}
    _publish_own(
        world, "enschede", world["gemeente"], values, "Verzonnen: het team is ruimer open."
    )
    yield world.at(-3, 15)
    gemeente = world.gemeente("losser")
    propose_entrances(
        gemeente=gemeente,
        by=world["losser"],
        values={"entrances": [_entrance("Wijkteam Fantasie", "losser", 8)]},
        based_on=gemeente.entrance_version,
        reason="Verzonnen: wij vullen onze pagina in.",
    )


def _publish_own(world: World, slug: str, by: User, values: dict[str, Any], reason: str) -> Edition:
    gemeente: Gemeente = world.gemeente(slug)
    version = gemeente.entrance_version
    proposal = propose_entrances(
        gemeente=gemeente, by=by, values=values, based_on=version, reason=reason
    )
    return proposals.publish(proposal=proposal, by=by, version=version)


def _tuesday(world: World) -> date:
    """The first Tuesday after the demo's today: a day on which the tafel meets, invented."""
    day = world.date(1)
    return day + timedelta(days=(1 - day.weekday()) % 7)


def tafel_changes(world: World) -> Story:
    """Three changes that were published, one that was not, and one that waits."""
    contact, theme_group = world["tafelcontact"], world["themagroep"]
    yield world.at(-180)
    # With its lead time known too, every page says until when a casus can be handed in.
    first = _propose(
        world,
        contact,
        {
            "duration_minutes": 45,
            "rhythm_weeks": 2,
            "rhythm_note": "digitaal overleg, op dinsdag",
            "rhythm_anchor": _tuesday(world).isoformat(),
        },
        "Verzonnen: een half uur was te kort.",
    )
    yield world.at(-177, 15)
    proposals.publish(proposal=first, by=theme_group, version=1)
    yield world.at(-170)
    chair = _propose(
        world,
        theme_group,
        {"chair": "verzonnen voorzitter, namens de verzonnen deelnemers"},
        "Verzonnen: de tafel gaf door wie er voorzit.",
    )
    yield world.at(-169)
    proposals.publish(proposal=chair, by=theme_group, version=2)
    yield world.at(-95)
    second = _propose(world, contact, {"outflow": ""}, "Verzonnen: deze tekst is niet meer nodig.")
    yield world.at(-93)
    proposals.refuse(
        proposal=second,
        by=theme_group,
        reason="Verwijzers zoeken juist dit. Verzonnen: laten wij de tekst samen verbeteren.",
    )
    yield world.at(-60, 13)
    own = _propose(
        world,
        theme_group,
        {"locations": "digitaal (verzonnen)"},
        "Verzonnen: dat vroegen verwijzers.",
    )
    yield world.at(-60, 14)
    proposals.publish(proposal=own, by=theme_group, version=3)
    yield world.at(-4)
    _propose(
        world,
        contact,
        {
            "how_to_submit": "Meld aan met het formulier op de verzonnen website van de tafel. Dat "
            "kan tot een week voor het overleg.",
        },
        "Verzonnen: aanmelden per e-mail leidde tot vragen.",
    )


def _propose(world: World, by: User, values: dict[str, Any], reason: str) -> Proposal:
    """To change the tafel of the demo: what is said of the others is true, and stays so."""
    tafel = world.tafel(practice.TAFEL)
    return proposals.propose_tafel(
        tafel=tafel, by=by, values=values, based_on=tafel.version, reason=reason
    )


def yearly(world: World) -> Story:
    """Most tafels confirmed last year, fewer this year; the rest is late."""
    for slug, who, day in CONFIRMED:
        yield world.at(day, 9)
        tafel: Tafel = world.tafel(slug)
        if who:
            confirmations.confirm(tafel=tafel, by=world[who], version=tafel.version)
            continue
        question = links.question_of(links.yearly_link(tafel).rstrip("/").rsplit("/", 1)[1])
        assert question is not None
        confirmations.confirm_by_link(question=question, function=CHAIR, version=tafel.version)
    yield world.at(-6, 12)
    late = world.tafel(practice.TAFEL)
    question = links.question_of(links.yearly_link(late).rstrip("/").rsplit("/", 1)[1])
    assert question is not None
    confirmations.propose_by_link(
        question=question,
        function=CHAIR,
        values={"focus": "Wie oefent vandaag waarmee (verzonnen)?"},
        based_on=late.version,
        reason="Verzonnen: zo stellen wij de vraag aan tafel.",
    )


def readers(world: World) -> Story:
    """People who hear of changes, and somebody who has still to confirm."""
    for email, is_gp, day in READERS:
        yield world.at(day, 20)
        subscriptions.subscribe(email=email, is_gp=is_gp)
        subscriptions.confirm(subscriber=Subscriber.objects.get(email=email))
    yield world.at(-1, 9)
    subscriptions.subscribe(email="misschien@demo.example", is_gp=False)


STORIES = (entrances, entrances_change, tafel_changes, yearly, readers)
