"""What people in the demo write: invented, at level B1, and never about somebody who exists."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Situation:
    """The story of one casus. `domains` and `frameworks` are codes; `safety` is yes or no."""

    situation: str
    tried: str
    stagnation: str
    plan: str
    question: str
    view: str
    domains: tuple[str, ...]
    frameworks: tuple[str, ...] = ("zvw", "wmo")
    safety: str = "yes"
    safety_text: str = "Er waren in een halfjaar vier meldingen van onveiligheid. Buren zijn bang."

    @property
    def fields(self) -> dict[str, object]:
        """The answers of the registration, as the action takes them."""
        return {
            "situation": f"Verzonnen voorbeeld. {self.situation}",
            "tried_regular": self.tried,
            "stagnation": self.stagnation,
            "plan_of_approach": self.plan,
            "resident_view": self.view,
            "frameworks": list(self.frameworks),
            "safety": self.safety,
            "safety_text": self.safety_text if self.safety == "yes" else "",
            "waiting_list_only": False,
        }


HOUSE_WITHOUT_DOOR = Situation(
    "De inwoner woont alleen en laat niemand meer binnen. De woning raakt vervuild. De inwoner "
    "hoort "
    "stemmen, slaapt overdag en drinkt 's nachts. De woonbegeleidingsorganisatie is gestopt, omdat "
    "huisbezoeken niet meer veilig waren.",
    "De huisarts verwees drie keer: naar de ggz, naar de verslavingszorginstelling en naar "
    "beschermd "
    "wonen. Twee keer kwam er een afwijzing. De derde verwijzing staat op een wachtlijst.",
    "De ggz wil pas behandelen als het drinken stopt. De verslavingszorg wil pas opnemen als de "
    "stemmen onder controle zijn. Zo wacht de een op de ander.",
    "Eén vast aanspreekpunt. Een opname waarin behandeling en afkicken samengaan. Daarna een plek "
    "waar begeleiding in de buurt is, dag en nacht.",
    "Wie neemt deze inwoner op, als niemand de combinatie wil behandelen?",
    "‘Ik wil mijn huis houden. En ik wil dat er één iemand komt, niet elke week een ander.’",
    ("ggz", "verslaving", "veiligheid"),
)
BETWEEN_TWO_LAWS = Situation(
    "De inwoner heeft een lichte verstandelijke beperking en een ernstige angststoornis. De "
    "huidige "
    "woonplek kan de nachtelijke onrust niet meer aan. Medewerkers vallen uit.",
    "Zorgbemiddeling zocht acht maanden in drie provincies. Negen aanbieders zeiden nee.",
    "De Wlz-aanbieder vindt de ggz-vraag te zwaar. De ggz vindt dat wonen geen behandeling is. "
    "Over "
    "de financieringsverantwoordelijkheid is al vijf keer overlegd.",
    "Een tijdelijke plek met ggz-behandeling aan huis. Intussen bouwt de aanbieder een eigen "
    "kleine "
    "woonvoorziening.",
    "Wie betaalt de behandeling op de woonplek, en wie begint morgen?",
    "‘Ik word rustig van dieren en van stilte. Hier is nooit stilte.’",
    ("ggz", "lvb", "wlz"),
    ("zvw", "wlz"),
)
AFTER_DETENTION = Situation(
    "De inwoner komt over zes weken vrij en heeft dan geen huis en geen behandelaar. In de "
    "gevangenis "
    "ging het goed met medicijnen. De vorige keer was dat na tien dagen voorbij.",
    "De reclassering, de gemeente en twee zorginstellingen hebben gezocht naar een plek. De "
    "crisisopvang kan hooguit drie nachten helpen.",
    "Iedere instelling vraagt eerst een indicatie. Voor de indicatie is een adres nodig. Voor een "
    "adres is een indicatie nodig.",
    "Een doorlopend traject dat in detentie begint. Een woning met begeleiding, en een "
    "behandelaar die "
    "al kennismaakt voor de vrijlating.",
    "Wie zorgt dat er op de dag van vrijlating een bed en een behandelaar zijn?",
    "‘Als ik weer op straat kom, weet ik hoe het gaat.’",
    ("veiligheid", "forensisch", "ggz"),
)
ENDLESS_CRISIS = Situation(
    "De inwoner is in een jaar elf keer opgenomen op de crisisbeoordelingslocatie. Na een paar "
    "dagen "
    "volgt steeds ontslag naar huis. De partner kan de zorg niet meer dragen.",
    "Intensieve thuisbehandeling, een opname van zes weken en een dagbehandeling. Elke keer "
    "stopte de "
    "hulp toen het even beter ging.",
    "Er is geen plek voor een lang verblijf. De klinieken in de regio behandelen kort, en buiten "
    "de "
    "regio is de wachttijd meer dan een jaar.",
    "Een langdurige behandelplek, met een plan voor de eerste honderd dagen thuis.",
    "Welke kliniek biedt een lang verblijf, ook als de inwoner geen diagnose heeft die past?",
    "‘Elke keer begin ik opnieuw mijn verhaal te vertellen.’",
    ("ggz", "crisis"),
    ("zvw",),
    safety_text="De inwoner heeft drie keer zichzelf ernstig in gevaar gebracht.",
)
CARAVAN = Situation(
    "De inwoner leeft in een caravan zonder water en stroom. Er is een hersenletsel en er zijn "
    "grote "
    "schulden. De inwoner weigert hulp, maar komt elke dag bij het gemeentehuis.",
    "Het wijkteam, de schuldhulpverlening en de huisarts probeerden samen een plan te maken.",
    "Zonder diagnose geen behandeling, en de inwoner laat zich niet onderzoeken. Voor dwang is de "
    "situatie net niet ernstig genoeg.",
    "Bemoeizorg met een ervaringsdeskundige, en een onderzoek op een plek die de inwoner zelf "
    "kiest.",
    "Wie doet het onderzoek, buiten een spreekkamer?",
    "‘Ik heb geen hulp nodig. Ik heb een stopcontact nodig.’",
    ("ggz", "veiligheid"),
    ("zvw", "wmo"),
)
LOUD_NEIGHBOUR = Situation(
    "De inwoner roept 's nachts en gooit met spullen. De woningcorporatie wil het huurcontract "
    "beëindigen. Buurtbewoners hebben een handtekeningenactie gehouden.",
    "Begeleiding thuis, een gedragsaanwijzing en een time-outplek van twee weken.",
    "De ggz vindt geen behandelbare stoornis. De begeleiding is te licht. Een zwaardere plek "
    "vraagt "
    "een behandeling die er niet is.",
    "Een prikkelarme woning op een rustige plek, met begeleiding die elke dag langskomt.",
    "Waar kan deze inwoner wonen zonder dat er buren onder lijden?",
    "‘Ze luisteren door de muren. Ik wil ergens wonen waar geen muren aan elkaar zitten.’",
    ("ggz", "lvb", "veiligheid"),
)
YOUNG_ADULT = Situation(
    "De inwoner is net uit de jeugdzorg. Er zijn een eetstoornis, zelfbeschadiging en een "
    "traumatisch "
    "verleden. Met de achttiende verjaardag stopte bijna alle hulp.",
    "Verwezen naar twee gespecialiseerde klinieken. De ene vindt het trauma te zwaar, de andere "
    "het "
    "gewicht te laag.",
    "Jeugdhulp en volwassenenzorg sluiten niet op elkaar aan. Niemand voelt zich eigenaar van de "
    "overgangsperiode.",
    "Een behandelaar uit de jeugdzorg blijft een jaar betrokken. Beide klinieken maken één plan.",
    "Wie is hoofdbehandelaar zolang de klinieken het niet eens zijn?",
    "‘Ik ben geen doorverwijzing. Ik ben een mens.’",
    ("ggz",),
    ("zvw", "wmo"),
    safety_text="Er is direct gevaar voor de inwoner zelf als de begeleiding wegvalt.",
)
OLDER_COUPLE = Situation(
    "De inwoner heeft een bipolaire stoornis en beginnende dementie. De mantelzorger is "
    "overbelast en "
    "zelf ziek. Het verpleeghuis vindt de stemmingswisselingen te heftig.",
    "Drie verpleeghuizen, een gespecialiseerde afdeling en een opname voor waarneming.",
    "De ouderenpsychiatrie heeft geen verblijfplekken. Het verpleeghuis heeft geen psychiater.",
    "Opname in het verpleeghuis, met een psychiater die elke week komt en een plan voor de nacht.",
    "Welk verpleeghuis wil, als de ggz wekelijks meekijkt?",
    "‘Laat ons bij elkaar blijven.’",
    ("ggz", "wlz"),
    ("zvw", "wlz"),
    safety="no",
)
FARM = Situation(
    "De inwoner woont en werkt op een zorgboerderij. Na een terugval in het drugsgebruik is de "
    "inwoner "
    "agressief naar andere bewoners. De boerderij heeft de zorgovereenkomst opgezegd.",
    "Een time-out bij een andere zorgboerderij en een ambulant afkicktraject.",
    "Andere aanbieders lezen het incidentenverslag en haken af. Over de goede jaren leest niemand.",
    "Een korte opname om af te kicken, en daarna terug naar de boerderij met extra begeleiding.",
    "Wie biedt de korte opname, en wie betaalt de plek die intussen leeg staat?",
    "‘Bij de koeien gaat het goed. Laat mij terug.’",
    ("verslaving", "lvb", "wlz"),
    ("wlz", "zvw"),
)
NO_INTERPRETER = Situation(
    "De inwoner is gevlucht en heeft zware nachtmerries. Zonder tolk lukt geen enkel gesprek. De "
    "inwoner slaapt in de gang van het appartementencomplex, omdat de slaapkamer te veel oproept.",
    "Een traumabehandeling startte twee keer en stopte twee keer, omdat er geen tolk meer werd "
    "betaald.",
    "Zorgverzekeraar, gemeente en aanbieder wijzen naar elkaar voor de tolkvergoeding.",
    "Eén aanbieder behandelt en één partij betaalt de tolk, vooraf vastgelegd voor een jaar.",
    "Wie betaalt de tolk, zodat de behandeling kan beginnen?",
    "‘Ik wil slapen. Meer vraag ik niet.’",
    ("ggz",),
    ("zvw", "wmo"),
    safety="no",
)
FIRE = Situation(
    "De inwoner stak twee keer iets in brand in de eigen woning. De verzekering is opgezegd. De "
    "inwoner heeft autisme en raakt in paniek bij elke verandering.",
    "Drie woonvormen en een forensische polikliniek. Iedere woonvorm wijst af vanwege het "
    "brandgevaar.",
    "De forensische kliniek vindt het gevaar te klein, de woonvorm vindt het te groot.",
    "Een tijdelijke brandveilige woning, met dagelijkse begeleiding die autisme begrijpt.",
    "Welke aanbieder begint, als de gemeente de aanpassing van de woning betaalt?",
    "‘Als ik weet wat er komt, gebeurt er niets.’",
    ("ggz", "veiligheid", "forensisch"),
)
MOTHER = Situation(
    "De inwoner heeft een ernstige depressie en een alcoholverslaving. De kinderen wonen tijdelijk "
    "elders. Elke behandelplek sluit moeders met een omgangsregeling uit, of heeft geen kamer.",
    "Een dagbehandeling, twee intakegesprekken bij klinieken en hulp van het sociaal wijkteam.",
    "De behandeling van de depressie en de behandeling van de verslaving hebben elk een eigen "
    "wachtlijst van ruim dertig weken.",
    "Een gecombineerde opname van drie maanden, met een kamer waar de kinderen op bezoek kunnen.",
    "Wie biedt een gecombineerde opname, binnen vier weken?",
    "‘Ik doe dit voor mijn kinderen. Maar niet over een jaar.’",
    ("ggz", "verslaving", "wachttijd"),
)
WALKER = Situation(
    "De inwoner loopt dag en nacht langs de doorgaande weg. Er is een psychose zonder "
    "ziekte-inzicht. "
    "De zorgmachtiging loopt af en er is geen accommodatie die opneemt.",
    "Een zorgmachtiging, twee korte opnames en een depot dat de inwoner weigert.",
    "De accommodatie met een plek heeft geen gesloten afdeling. De gesloten afdeling heeft geen "
    "plek.",
    "Een plek op een gesloten afdeling voor drie maanden, en daarna een woning met een "
    "wijkteam-ggz.",
    "Wie geeft voorrang op een gesloten afdeling?",
    "‘Ik moet lopen, anders vergaat het.’",
    ("ggz", "crisis", "veiligheid"),
    ("zvw", "wvggz"),
    safety_text="De inwoner is twee keer bijna aangereden. Automobilisten moesten uitwijken.",
)
REFUSED_EVERYWHERE = Situation(
    "De inwoner staat bij zeven instellingen op een lijst van mensen die niet meer welkom zijn. "
    "Dat "
    "komt door bedreigingen van jaren terug. Nu vraagt de inwoner zelf om hulp.",
    "De huisarts belde met alle instellingen in Twente. Alle zeven hielden vast aan hun besluit.",
    "Niemand kan zeggen hoe een besluit om iemand te weigeren weer ongedaan wordt gemaakt.",
    "Een intake op neutraal terrein, met de cliëntondersteuner erbij en afspraken voor beide "
    "kanten.",
    "Welke instelling begint opnieuw?",
    "‘Ik heb fouten gemaakt. Hoelang duurt straf?’",
    ("ggz", "veiligheid", "verslaving"),
)
DEAF = Situation(
    "De inwoner is doof en heeft een psychose. In de regio is geen behandelaar die gebarentaal "
    "kent. "
    "De inwoner trekt zich terug en eet bijna niet meer.",
    "De landelijke instelling voor doven zegt dat de psychose te zwaar is. De ggz zegt dat "
    "communicatie niet lukt.",
    "Twee specialismen die allebei nodig zijn, bestaan niet op één plek.",
    "Opname in de regio, met een tolk gebarentaal en een behandelaar die op afstand meekijkt.",
    "Wie betaalt de tolk, en welke kliniek zegt ja?",
    "‘Niemand praat mijn taal.’",
    ("ggz",),
    ("zvw",),
    safety="no",
)
SECOND_HOME = Situation(
    "De inwoner woont op een vakantiepark dat gaat sluiten. Er zijn een verstandelijke beperking, "
    "een "
    "gokverslaving en een familielid dat misbruik maakt van het inkomen.",
    "Het wijkteam, bewindvoering en een aanmelding bij twee woonvormen.",
    "Zonder vast adres komt er geen beschikking. De woonvormen willen geen gokverslaving.",
    "Een tijdelijk adres bij de gemeente, en een woonvorm die met de verslavingszorg samenwerkt.",
    "Welke woonvorm neemt de inwoner op voordat het park sluit?",
    "‘Ik snap de brieven niet. En mijn vakantiehuis is geen vakantie.’",
    ("lvb", "verslaving"),
    ("wmo", "wlz"),
)
EVERY_NIGHT = Situation(
    "De inwoner belt elke nacht de meldkamer, soms veertig keer. Er is een "
    "persoonlijkheidsstoornis "
    "en grote eenzaamheid. De politie komt drie keer per week.",
    "Een belafspraak met de crisisdienst, dagbesteding en een buddy.",
    "Alle hulp is overdag. De nood is 's nachts. Niemand is 's nachts verantwoordelijk.",
    "Een vast nachtelijk belmoment, en een behandeling die om de nacht heen is gebouwd.",
    "Wie is er 's nachts?",
    "‘Overdag red ik mij wel.’",
    ("ggz", "crisis", "veiligheid"),
)
RETURNED_FROM_FAR = Situation(
    "De inwoner is behandeld in een kliniek aan de andere kant van het land en mag naar huis. In "
    "de "
    "eigen regio is geen vervolgplek. De kliniek verlengt elke maand.",
    "Verwijzingen naar vier aanbieders van beschermd wonen in Twente.",
    "De plek van herkomst en de plek van verblijf zijn het oneens over wie verantwoordelijk is.",
    "Terug naar Twente op een plek met nazorg van de kliniek, een halfjaar lang.",
    "Welke aanbieder biedt een plek binnen zes weken?",
    "‘Ik ben klaar hier. Waarom mag ik niet naar huis?’",
    ("ggz", "wlz"),
    ("zvw", "wmo"),
    safety="no",
)

BIG_MOVE = Situation(
    "De inwoner is opgenomen geweest na een zware psychose en woont nu tijdelijk bij familie in "
    "een andere gemeente. Terug naar de oude flat wil de verhuurder niet.",
    "Bemoeizorg, twee verwijzingen naar beschermd wonen en een gesprek met de verhuurder.",
    "Beschermd wonen kijkt naar het adres. Dat adres verandert steeds, en de wachtlijst ook.",
    "Een vaste plek in de gemeente van de familie, met een behandelteam dat meeverhuist.",
    "Welke gemeente neemt de regie, en waar kan de inwoner wonen?",
    "‘Bij mijn zus gaat het goed. Daar wil ik in de buurt blijven.’",
    ("ggz", "veiligheid"),
    ("zvw", "wmo"),
    safety="no",
)
DRAFT_ONLY = (
    "Verzonnen voorbeeld. De inwoner is drie keer van woonplek gewisseld. De "
    "arbeidsmarkttoeleiding "
    "is gestopt. Ik vul dit aan na het gesprek met het wijkteam."
)

# Afspraken that partners make at an overleg: text, function, working days until it is due.
AFSPRAKEN = (
    ("Houdt een plek vrij en laat de inwoner vooraf kennismaken.", "directeur behandeling", 10),
    ("Betaalt de extra begeleiding voor zes maanden.", "manager zorginkoop", 15),
    ("Wijst één vaste casusregisseur aan, ook voor de nacht.", "wethouder zorg", 5),
    ("Legt de afspraken uit aan de inwoner en de familie.", "cliëntondersteuner", 8),
)
