"""Terugkoppelingen and lessons of the demo: invented, without anything that points to a person."""

from __future__ import annotations

Texts = dict[str, str]
LessonStory = tuple[str, int, str, str, str, str, str]


def _report(case: str, outcomes: str, lessons: str, advice: str) -> Texts:
    return {
        "case_description": f"Verzonnen voorbeeld. {case}",
        "outcomes": outcomes,
        "regional_lessons": lessons,
        "national_advice": advice,
    }


COMBINED = _report(
    "Een inwoner met een psychose en een verslaving vond nergens een plek. Twee instellingen "
    "verwezen naar elkaar.",
    "De partijen kozen voor een gecombineerde opname. De ggz-instelling nam het "
    "hoofdbehandelaarschap. "
    "De verslavingszorg levert twee dagen per week een behandelaar.",
    "In de regio bestaat geen gezamenlijke intake voor ggz en verslaving. Die is er nu op proef. "
    "Leerpunt: nodig de verslavingszorg al bij de eerste tafel uit.",
    "Laat zorgverzekeraars een gecombineerde behandeling als één traject betalen.",
)
COMBINED_CORRECTED = {
    **COMBINED,
    "outcomes": COMBINED["outcomes"].replace("twee dagen per week", "een dag per week"),
}
FORCED = _report(
    "Een inwoner met een verstandelijke beperking en angst kon niet blijven wonen op de huidige "
    "plek.",
    "De bestuurders besloten dat de huidige aanbieder doorgaat, met extra geld van het zorgkantoor "
    "en behandeling aan huis door de ggz.",
    "Zonder bestuurders was dit niet gelukt. De oplossing was al een halfjaar eerder bekend. "
    "Leerpunt: spreek een termijn af waarna een directeur zelf aan tafel komt.",
    "Maak een overgangsregeling voor mensen die Wlz-zorg en ggz-behandeling tegelijk nodig hebben.",
)
NO_PLACE = _report(
    "Een inwoner had een lang verblijf nodig. Alle klinieken behandelen alleen kort.",
    "Er is geen oplossing gevonden. De partijen dragen de casus voor bij het ministerie.",
    "Langdurige behandelplekken ontbreken in heel Oost-Nederland. Leerpunt: meet hoe vaak dit "
    "gebeurt.",
    "Er zijn landelijk plekken nodig voor een lang verblijf met intensieve behandeling.",
)
APPROVED = _report(
    "Een inwoner met een risico op brand werd door iedere woonvorm geweigerd.",
    "Het overleg nam het eerdere advies van de tafel hoogcomplex over. De gemeente betaalt de "
    "aanpassing van de woning.",
    "Er lag al een goed advies. Niemand had het mandaat om het uit te voeren. Leerpunt: leg bij "
    "een "
    "advies meteen vast wie beslist.",
    "geen",
)
SPOED = _report(
    "Een inwoner zonder plek op een gesloten afdeling liep gevaar in het verkeer.",
    "Binnen vijf werkdagen was er een plek. De aanbieder kreeg voorrang van twee andere "
    "instellingen.",
    "Spoed werkte, omdat de bestuurders elkaar al kenden. Leerpunt: maak een lijst van "
    "bestuurders die "
    "in de vakantie bereikbaar zijn.",
    "Maak landelijk zichtbaar waar een bed op een gesloten afdeling vrij is.",
)
STILL_NONE = _report(
    "Een inwoner heeft twee specialismen nodig die nergens samen bestaan.",
    "Er kwam geen oplossing. De regio regelt tijdelijk een tolk en een behandelaar op afstand.",
    "De regio kan dit niet alleen. Leerpunt: zoek eerder contact met de landelijke instelling.",
    "Wijs één landelijke aanbieder aan voor mensen die doof zijn en een psychiatrische ziekte "
    "hebben.",
)
NIGHT = _report(
    "Een inwoner heeft vooral 's nachts hulp nodig. Alle hulp is overdag.",
    "De crisisdienst en de gemeente betalen samen een nachtdienst, voorlopig voor een halfjaar.",
    "Nachtelijke hulp is van niemand. Leerpunt: bespreek elk kwartaal wie 's nachts "
    "verantwoordelijk is.",
    "geen",
)
DRAFT_TEXT = _report(
    "Een inwoner met een terugval moest weg van de woonplek. Er is overleg geweest met alle "
    "partijen.",
    "De inwoner gaat na een korte opname terug naar de woonplek. De afspraken staan in het "
    "verslag.",
    "",
    "",
)

# Lessons of the session last year: theme, level, text, owner, what became of it.
LESSONS = (
    (
        "samenwerking",
        "regio",
        "Houd één gezamenlijke intake voor ggz en verslaving.",
        "manager behandeling van de ggz-aanbieder",
        ("done", "De gezamenlijke intake loopt sinds dit voorjaar, twee keer per maand."),
    ),
    (
        "regie",
        "themagroep",
        "Spreek af na hoeveel weken een directeur zelf aan tafel komt.",
        "projectleider van de themagroep",
        ("in_progress", ""),
    ),
    (
        "aanbod-ontbreekt",
        "landelijk",
        "Vraag het ministerie om plekken voor een lang verblijf.",
        "regionaal portefeuillehouder",
        ("in_progress", ""),
    ),
    (
        "informatie-delen",
        "stuurgroep",
        "Maak een lijst van bestuurders die in de vakantie bereikbaar zijn.",
        "coördinator van het Zorg en Veiligheidshuis",
        ("open", ""),
    ),
    (
        "financiering",
        "expertgroep",
        "Zoek uit wie de tolk betaalt bij een behandeling.",
        "adviseur van het zorgkantoor",
        ("dropped", "De zorgverzekeraars regelen dit nu landelijk. De regio hoeft niets te doen."),
    ),
    (
        "clientondersteuning",
        "regio",
        "Bied cliëntondersteuning aan voordat de casus bij de eerste tafel komt.",
        "procesmanagers van de gemeenten",
        ("open", ""),
    ),
)

# Lessons of this year: the gemeente of the terugkoppeling, how many working days ago, theme, level,
# text, owner, and "open", "in_progress" or what came of it.
LESSONS_THIS_YEAR: tuple[LessonStory, ...] = (
    (
        "losser",
        -150,
        "informatie-delen",
        "landelijk",
        "Maak landelijk zichtbaar waar een bed op een gesloten afdeling vrij is.",
        "regionaal portefeuillehouder",
        "in_progress",
    ),
    (
        "wierden",
        -100,
        "samenwerking",
        "regio",
        "Bespreek elk kwartaal wie 's nachts verantwoordelijk is.",
        "managers van de crisisdienst en de gemeenten",
        "Het staat op de agenda van het regionale overleg, elk kwartaal.",
    ),
    (
        "dinkelland",
        -78,
        "aanbod-ontbreekt",
        "landelijk",
        "Vraag één landelijke aanbieder voor mensen die doof zijn en een psychiatrische ziekte "
        "hebben.",
        "regionaal portefeuillehouder",
        "open",
    ),
    (
        "rijssen-holten",
        -24,
        "samenwerking",
        "expertgroep",
        "Nodig de verslavingszorg al bij de eerste tafel uit.",
        "voorzitters van de tafels",
        "open",
    ),
)
