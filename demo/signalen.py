"""Signalen of two years, in every state: what people of the region ran into, all of it invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from demo.story import Story, World
from directory.models import Signaal, SubmitterKind, Tafel, Theme
from directory.signalen import actions as signalen


@dataclass(frozen=True)
class Told:
    """One signaal: when, in working days before today, and what became of it.

    `acts` are steps of directory.signalen.workflow with the days after it came in, and what was
    said; "finish" answers it.
    """

    day: int
    text: str
    tafel: str = ""
    sender: str = ""
    theme: str = ""
    email: str = ""
    acts: tuple[tuple[str, int, str], ...] = ()


SIGNALEN = (
    Told(
        -430,
        "Verzonnen: wij weten nooit wie er aan tafel zit. Daardoor sturen wij de vraag twee keer.",
        "triage-transfertafel",
        "gemeente",
        "samenwerking",
        "gemeente@voorbeeld.example",
        (
            ("take_up", 2, "Verzonnen: wij vragen het na bij de tafel."),
            ("finish", 9, "Verzonnen: de deelnemers staan nu op de pagina van de tafel."),
        ),
    ),
    Told(
        -390,
        "Verzonnen: tussen aanmelden en het overleg zit soms zes weken. Dat is te lang.",
        "topx",
        "zorgaanbieder",
        "wachttijd",
        "",
        (
            ("take_up", 3, ""),
            ("to_expert_group", 12, "Verzonnen: kan er vaker een overleg zijn?"),
            ("take_back", 30, "Verzonnen: de expertgroep vraagt de tafel om een extra overleg."),
            ("finish", 41, "Verzonnen: er is nu elke twee weken een overleg."),
        ),
    ),
    Told(
        -345,
        "Verzonnen: voor mensen met een lichte verstandelijke beperking en een verslaving is er "
        "in de regio geen plek.",
        "",
        "zorgaanbieder",
        "aanbod-ontbreekt",
        "",
        (
            ("to_expert_group", 4, "Verzonnen: om hoeveel inwoners gaat het?"),
            ("to_steering_group", 25, "Verzonnen: dit kunnen wij niet samen oplossen."),
            ("finish", 60, "Verzonnen: de stuurgroep brengt dit in bij de landelijke lobby."),
        ),
    ),
    Told(
        -300,
        "Verzonnen: het telefoonnummer van deze tafel neemt niemand op.",
        "crisis-ondersteuningsteam",
        "",
        "",
        "",
        (("finish", 1, "Verzonnen: het nummer is verbeterd. Dank u wel."),),
    ),
    Told(
        -190,
        "Verzonnen: als huisarts zie ik niet aan welke tafel ik zelf mag aanmelden.",
        "",
        "huisarts",
        "samenwerking",
        "praktijk@voorbeeld.example",
        (
            ("take_up", 1, ""),
            ("finish", 6, "Verzonnen: dat staat nu op elke pagina, bij ‘Wie mag aanmelden’."),
        ),
    ),
    Told(
        -140,
        "Verzonnen: een partij komt vaak niet naar het overleg. Dan kan er niets worden besloten.",
        "bestuurlijk-escalatieoverleg",
        "gemeente",
        "samenwerking",
        "",
        (
            ("take_up", 2, ""),
            ("to_steering_group", 8, "Verzonnen: wie spreekt deze partij aan?"),
        ),
    ),
    Told(
        -95,
        "Verzonnen: de plek is er wel, maar niemand betaalt de begeleiding in het weekend.",
        "oostnl-hoogcomplex",
        "zorgaanbieder",
        "financiering",
        "",
        (
            ("take_up", 5, "Verzonnen: wij zoeken uit wie dit moet betalen."),
            ("to_expert_group", 20, "Verzonnen: welke afspraak past hierbij?"),
        ),
    ),
    Told(
        -60,
        "Verzonnen: de wachttijd voor een beoordeling is langer dan op de pagina staat.",
        "triage-transfertafel",
        "",
        "wachttijd",
        "meelezer@voorbeeld.example",
        (("take_up", 3, "Verzonnen: wij vragen de tafel om de echte wachttijd."),),
    ),
    Told(
        -45,
        "Verzonnen: ook in de avond zijn er crisissen, maar dan kan ik niemand bellen.",
        "crisis-ondersteuningsteam",
        "huisarts",
        "veiligheid",
        "",
        (
            ("finish", 4, "Verzonnen: bel in de avond de crisisregisseur."),
            ("reopen", 9, "Verzonnen: de crisisregisseur is in de avond niet bereikbaar."),
        ),
    ),
    Told(
        -8,
        "Verzonnen: na een overleg hoor ik als verwijzer niet wat er is afgesproken.",
        "triage-transfertafel",
        "zorgaanbieder",
    ),
    Told(-2, "Verzonnen: ik mis een tafel voor ouderen met een psychiatrische stoornis."),
)


def _told(told: Told) -> Callable[[World], Story]:
    """The story of one signaal, from the day it came in."""

    def story(world: World) -> Story:
        yield world.at(told.day, 13)
        signaal = signalen.leave(
            text=told.text,
            tafel=Tafel.objects.get(slug=told.tafel) if told.tafel else None,
            sender_kind=SubmitterKind.objects.filter(code=told.sender).first(),
            email=told.email,
        )
        themagroep = world["themagroep"]
        for name, days, said in told.acts:
            yield world.at(told.day + days, 11)
            signaal = Signaal.objects.get(pk=signaal.pk)
            if signaal.theme is None and told.theme:
                theme = Theme.objects.get(code=told.theme)
                signalen.sort(signaal=signaal, by=themagroep, theme=theme, tafel=signaal.tafel)
            if name == "finish":
                signalen.finish(signaal=signaal, by=themagroep, answer=said)
            else:
                signalen.move(signaal=signaal, by=themagroep, name=name, note=said)

    return story


STORIES = tuple(_told(one) for one in SIGNALEN)
