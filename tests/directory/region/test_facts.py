"""Every fact of requirements.md about the tafels (E-041..E-116) is in the loaded region."""

import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from directory.models import (
    DeelnemerKind,
    Gemeente,
    Organisation,
    Procesafspraak,
    Region,
    SubmitterKind,
    Tafel,
    Theme,
    Trede,
)

# Otherwise this file alone would find a database without tables.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded once for all tests here, which only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("region", "load", verbosity=0)
        yield
        transaction.set_rollback(True)


def tafel(slug: str) -> Tafel:
    return Tafel.objects.get(slug=slug)


def says(text: str, *words: str) -> None:
    missing = [word for word in words if word.lower() not in text.lower()]
    assert not missing, f"{missing} not in: {text}"


def submitters(one: Tafel) -> set[str]:
    return set(one.submitters.values_list("code", flat=True))


def ways_in(one: Tafel) -> list[set[str]]:
    """Per alternative the codes of the criteria that count."""
    return [
        {each.code for each in way.criteria.all() if each.active} for way in one.alternatives.all()
    ]


def criterium(one: Tafel, code: str) -> str:
    found = one.criteria.get(code=code)
    return f"{found.text} {found.help}"


# --- the ladder and the register


def test_e020_e027_five_treden_with_their_meaning():
    treden = {one.number: one for one in Trede.objects.all()}
    assert sorted(treden) == [0, 1, 2, 3, 4]
    says(treden[0].description, "wijkteam", "procesmanager", "woningcorporatie")
    says(treden[1].description, "rest van het land")
    says(treden[2].description, "Gelderland", "Overijssel")
    says(treden[3].description, "vinden", "dwingen", "goed")
    says(treden[4].description, "VWS", "bindend besluit")


def test_e041_every_tafel_has_the_fields_that_the_source_gives_for_it():
    for one in Tafel.objects.all():
        assert one.name and one.alias and one.purpose
        assert one.led_by or one.led_by_note
        assert one.submitters.exists()
        assert one.contact_email or one.contact_name or one.website


def test_e042_what_the_source_does_not_give_is_empty():
    assert tafel("regiotafel-zorgkantoor").participants == ""
    for slug in ("oostnl-hoogcomplex", "levensloopaanpak"):
        assert tafel(slug).outflow == tafel(slug).client_support == ""
    assert tafel("bestuurlijk-escalatieoverleg").outflow == ""
    assert not Tafel.objects.exclude(contact_phone="").exists()


def test_e043_every_tafel_says_for_which_casus_and_with_which_focus():
    assert all(one.casuistry and one.focus and one.how_to_submit for one in Tafel.objects.all())


def test_e044_no_date_of_a_check_is_made_up():
    assert not Tafel.objects.exclude(checked_by_chair_on=None, confirmed_on=None).exists()


def test_e046_links_are_the_real_addresses():
    addresses = [link["url"] for one in Tafel.objects.all() for link in one.links]
    addresses += [one.website for one in Tafel.objects.exclude(website="")]
    addresses += [one.website for one in Organisation.objects.exclude(website="")]
    assert not [url for url in addresses if "safelinks" in url or not url.startswith("https://")]
    base = "https://www.menziszorgkantoor.nl/"
    assert f"{base}zorgaanbieders/zorginkoop/crisiszorg" in addresses
    assert f"{base}langdurige-zorg/ik-heb-een-mpt-vpt-of-verblijf/wlz-crisiszorg" in addresses
    regelhulp = "https://www.regelhulp.nl/onderwerpen/clientondersteuning/overzicht-per-gemeente"
    assert regelhulp in addresses


def test_e047_seven_tafels_each_on_its_trede_t06_t07():
    on = dict(Tafel.objects.values_list("slug", "trede"))
    assert on == {
        "topx": 0,
        "triage-transfertafel": 1,
        "regiotafel-zorgkantoor": 1,
        "crisis-ondersteuningsteam": 1,
        "oostnl-hoogcomplex": 2,
        "bestuurlijk-escalatieoverleg": 3,
        "levensloopaanpak": None,
    }


# --- tafel 1, TopX


def test_e050_topx_purpose():
    says(tafel("topx").purpose, "veiligheid", "drang", "dwang", "straf", "herhaling", "verdachte")


def test_e051_topx_is_for_all_gemeenten_in_three_places():
    assert Gemeente.objects.count() == 14
    assert not tafel("topx").gemeenten.exists()
    says(tafel("topx").locations, "Almelo", "Enschede", "Hengelo", "14")


def test_e052_topx_lead():
    assert tafel("topx").led_by.slug == "zvh-twente"
    says(tafel("topx").chair, "procesmanager", "Zorg en Veiligheidshuis Twente")


def test_e053_topx_participants():
    says(
        tafel("topx").participants, "Openbaar Ministerie", "politie", "Mediant Complex-plus",
        "sociaal-psychiatrisch", "wijkcoach", "wijkconsulent", "procesmanager",
        "Tactus Reclassering", "Reclassering Nederland", "Leger des Heils",
        "Tactus Verslavingszorg", "één vertegenwoordiger",
    )  # fmt: skip


def test_e054_topx_submission_goes_through_a_procesmanager():
    one = tafel("topx")
    assert submitters(one) == {
        "om", "politie", "ggz-aanbieder", "gemeente", "reclassering", "verslavingszorg"
    }  # fmt: skip
    says(one.submitters_note, "altijd", "procesmanager")
    assert [extra["code"] for extra in one.extra_questions] == ["procesmanager"]


def test_e055_topx_client_support():
    says(tafel("topx").client_support, "niet standaard", "verwijst")


def test_e056_topx_two_ways_in_and_the_national_criterion_off_t11():
    one = tafel("topx")
    assert ways_in(one) == [{"ernstige-veiligheid"}, {"meer-leefgebieden", "invloed-op-omgeving"}]
    says(criterium(one, "ernstige-veiligheid"), "gebied", "meer ketens")
    says(criterium(one, "meer-leefgebieden"), "strafbaar", "overlast", "afglijden", "te verwachten")
    says(criterium(one, "invloed-op-omgeving"), "gezin", "omgeving", "te verwachten")
    assert [each.code for each in one.criteria.filter(active=False)] == ["meer-ketens-nodig"]
    assert one.alternatives.last().criteria.filter(code="meer-ketens-nodig").exists()


def test_e057_topx_outflow():
    says(tafel("topx").outflow, "gevangenisstraf", "ISD", "tbs", "hulp", "risico's", "gemeente")


def test_e058_topx_contact():
    one = tafel("topx")
    assert one.contact_email == "info@veiligheidshuistwente.nl"
    assert one.website == "https://www.zorgenveiligheidshuizen.nl"


# --- tafel 2, Triage- en transfertafel


def test_e060_triage_purpose():
    says(
        tafel("triage-transfertafel").purpose, "wachttijden", "passende zorg", "advies", "plek",
        "wachtlijst", "andere instelling", "samen te werken",
    )  # fmt: skip
    says(tafel("triage-transfertafel").alias, "transfermechanisme")


def test_e061_triage_lead():
    assert tafel("triage-transfertafel").led_by.slug == "mediant"
    says(tafel("triage-transfertafel").chair, "teamleider", "Mediant")


def test_e062_triage_participants_may_speak_for_all_of_twente():
    says(
        tafel("triage-transfertafel").participants, "heel Twente", "Mediant", "Dimence",
        "vrijgevestigde", "huisartsen", "POH-GGZ", "sociaal domein", "wijkcoaches",
        "verslavingszorg", "verstandelijke beperking", "ervaringsdeskundigen",
    )  # fmt: skip


def test_e063_triage_submitters_are_the_participants():
    assert submitters(tafel("triage-transfertafel")) == {
        "ggz-aanbieder", "huisarts", "gemeente", "verslavingszorg", "zorgaanbieder",
        "clientondersteuner", "ervaringsdeskundige",
    }  # fmt: skip


def test_e064_triage_rhythm():
    one = tafel("triage-transfertafel")
    assert (one.rhythm_weeks, one.duration_minutes) == (2, 30)
    says(one.rhythm_note, "digitaal")
    assert ways_in(one) == []  # the source gives no criteria for this tafel


def test_e065_triage_outflow():
    says(tafel("triage-transfertafel").outflow, "andere instelling", "korte termijn")


def test_e066_triage_contact():
    one = tafel("triage-transfertafel")
    assert one.contact_email == "aanmelding@triagetafeltwente.nl"
    assert one.website == "https://www.triagetafeltwente.nl"


# --- tafel 3, Regiotafel zorgkantoor


def test_e070_regiotafel_purpose():
    says(tafel("regiotafel-zorgkantoor").purpose, "passende plek", "huidige zorgaanbieder")


def test_e071_regiotafel_lead():
    one = tafel("regiotafel-zorgkantoor")
    assert one.led_by.slug == "zorgkantoor-menzis"
    says(one.chair, "zorginhoudelijk adviseurs")
    says(one.alias, "Regionale overlegtafel VG", "Wlz")


def test_e072_regiotafel_six_criteria_that_must_all_hold():
    one = tafel("regiotafel-zorgkantoor")
    assert len(ways_in(one)) == 1 and len(ways_in(one)[0]) == 6
    says(criterium(one, "geen-crisis"), "geen crisis", "crisisregeling", "zorgconferentie")
    says(criterium(one, "stappen-2-en-3"), "stap 2", "stap 3", "vastgelegd")
    says(criterium(one, "eigen-plekken-onderzocht"), "eigen organisatie", "rest van het land")
    says(criterium(one, "overdracht-geprobeerd"), "over te dragen", "andere aanbieder")
    says(criterium(one, "overplaatsing-kan-niet-wachten"), "overplaatsing nodig", "wachtlijst")
    says(criterium(one, "huidige-aanbieder-blijft"), "huidige aanbieder", "geen crisisplaatsing")


def test_e073_regiotafel_three_weeks_before():
    one = tafel("regiotafel-zorgkantoor")
    assert one.submit_weeks_before == 3
    assert one.contact_email == "zorginhoudelijkadviseurwlz@menzis.nl"
    says(one.how_to_submit, "ShareFile", one.contact_email)


def test_e074_regiotafel_only_zorgaanbieders():
    assert submitters(tafel("regiotafel-zorgkantoor")) == {"zorgaanbieder"}


def test_e075_regiotafel_asks_for_cce_or_why_not():
    one = tafel("regiotafel-zorgkantoor")
    says(one.client_support, "CCE", "waarom niet", "subsidie", "VWS")
    assert [extra["code"] for extra in one.extra_questions] == ["cce"]


def test_e076_regiotafel_outflow():
    says(tafel("regiotafel-zorgkantoor").outflow, "plek die beter past")


def test_e077_zorgkantoor_is_responsible_for_wlz():
    says(tafel("regiotafel-zorgkantoor").led_by_note, "verantwoordelijk", "Wlz", "verzekerden")


# --- tafel 4, Crisis- en ondersteuningsteam


def test_e080_crisisteam_purpose():
    says(
        tafel("crisis-ondersteuningsteam").purpose, "crisiszorg", "gezondheid", "plotseling",
        "thuis", "procesmanagement",
    )  # fmt: skip


def test_e081_crisisteam_lead_and_participants():
    one = tafel("crisis-ondersteuningsteam")
    assert one.led_by.slug == "zorgkantoor-menzis"
    says(one.chair, "crisisregisseur")
    says(one.participants, "huisarts", "CCE", "zorgaanbieder", "of er een crisis is", "crisiszorg")


def test_e082_crisisteam_submitters():
    assert submitters(tafel("crisis-ondersteuningsteam")) == {
        "huisarts", "clientondersteuner", "zorgaanbieder"
    }  # fmt: skip


def test_e083_crisisteam_four_ways_in_and_hours_t10():
    one = tafel("crisis-ondersteuningsteam")
    assert ways_in(one) == [
        {"woont-thuis", "zorg-valt-weg"},
        {"woont-thuis", "direct-gevaar"},
        {"woont-in-instelling", "zorg-valt-weg"},
        {"woont-in-instelling", "direct-gevaar"},
    ]
    hours = {each["hours"]: each["for"] for each in one.response_hours}
    assert sorted(hours) == [24, 48]
    says(hours[24], "verpleging", "verzorging", "ggz-wonen")
    says(hours[48], "verstandelijke beperking")


def test_e084_crisisteam_cce_and_contact():
    one = tafel("crisis-ondersteuningsteam")
    says(one.client_support, "CCE", "ingewikkeld")
    says(one.contact_name, "crisisregisseur")
    assert one.website == "https://www.menziszorgkantoor.nl"
    assert one.contact_email == ""


# --- tafel 5, Regio OostNL


def test_e090_oostnl_purpose():
    says(
        tafel("oostnl-hoogcomplex").purpose, "op maat", "hele land", "zorgverzekeraars",
        "Gelderland", "Overijssel", "zorgbemiddeling",
    )  # fmt: skip


def test_e091_oostnl_lead():
    one = tafel("oostnl-hoogcomplex")
    assert one.led_by.slug == "pro-persona"
    says(one.led_by_note, "Overijssel namens alle ggz-instellingen")


def test_e092_oostnl_participants_depend_on_the_question():
    says(tafel("oostnl-hoogcomplex").participants, "hangt af van de vraag")


def test_e093_oostnl_submitters():
    one = tafel("oostnl-hoogcomplex")
    assert submitters(one) == {
        "zorgvrager", "zorgaanbieder", "huisarts", "gemeente", "zvh", "vws"
    }  # fmt: skip
    says(one.submitters_note, "casusregisseurs", "procesregisseurs")
    says(one.how_to_submit, "centrale meldpunt")


def test_e094_oostnl_seven_criteria_that_must_all_hold():
    one = tafel("oostnl-hoogcomplex")
    assert len(ways_in(one)) == 1 and len(ways_in(one)[0]) == 7
    says(criterium(one, "meer-aandoeningen"), "psychische aandoeningen", "verweven")
    says(criterium(one, "behandeldoel"), "doel", "haalbaar", "zorg", "herstel")
    says(criterium(one, "samenhang-leefgebieden"), "stoornissen", "leefgebieden")
    says(criterium(one, "ernstig-gevaar"), "lichamelijke schade", "overlijden")
    says(criterium(one, "uitgebreid-traject"), "lang traject", "behandelingen")
    says(criterium(one, "uitzonderlijke-behandeling"), "bijzondere", "gevaar", "beginnen")
    says(criterium(one, "schaarse-zorg"), "schaars", "intensief", "duur", "uitgebreid", "maatwerk")


def test_e095_oostnl_contact():
    one = tafel("oostnl-hoogcomplex")
    assert one.contact_name == "Meldpunt hoog complexe GGZ"
    assert one.contact_email == "meldpunt.hoog.complexe.ggz@propersona.nl"


# --- tafel 6, Levensloopaanpak


def test_e100_levensloop_for_whom():
    says(
        tafel("levensloopaanpak").casuistry, "psychische", "verslaving", "verstandelijke beperking",
        "veiligheid", "gevaarlijk", "één aanspreekpunt bij de gemeente", "maatwerk",
    )  # fmt: skip


def test_e101_levensloop_basis():
    says(tafel("levensloopaanpak").focus, "trajectplan", "lange adem", "samen te werken")


def test_e102_levensloop_five_basic_needs():
    says(
        tafel("levensloopaanpak").focus, "identiteitsbewijs", "onderdak", "werk en inkomen",
        "ondersteuning", "sociaal netwerk",
    )  # fmt: skip


def test_e103_levensloop_lead():
    one = tafel("levensloopaanpak")
    assert one.led_by.slug == "transfore"
    says(one.led_by_note, "Overijssel", "Gelderland")


def test_e104_levensloop_participants():
    says(
        tafel("levensloopaanpak").participants, "gemeenten", "reclassering", "hulpverlening",
        "Openbaar Ministerie", "Justitiële Inrichtingen", "politie", "forensische zorg blijft lang",
    )  # fmt: skip


def test_e105_levensloop_submission_and_contact():
    one = tafel("levensloopaanpak")
    assert submitters(one) == {"gemeente"}
    says(one.submitters_note, "procesmanager")
    says(one.how_to_submit, "Zorg en Veiligheidshuis")
    assert one.website == "https://www.transfore.nl/levensloopaanpak"


def test_e106_levensloop_is_an_approach_without_criteria():
    one = tafel("levensloopaanpak")
    assert one.special == Tafel.Special.APPROACH and one.trede is None
    assert ways_in(one) == [] and one.inflow == ""
    says(one.purpose, "geen overleg")


# --- tafel 7, Bestuurlijk escalatieoverleg


def test_e110_escalatieoverleg_purpose_and_place():
    one = tafel("bestuurlijk-escalatieoverleg")
    assert one.is_escalation
    says(one.purpose, "laatste stap", "stelsel", "geen passende zorg", "leren")
    says(one.locations, "gemeente waar de inwoner woont")
    says(one.rhythm_note, "alleen als het nodig is")
    assert ways_in(one) == [{"hoogcomplexe-ggz", "tafels-zonder-oplossing", "stelsel-knelt"}]


def test_e111_escalatieoverleg_initiative():
    says(
        tafel("bestuurlijk-escalatieoverleg").led_by_note, "gemeentebestuurder", "initiatief",
        "op aangeven van het Zorg en Veiligheidshuis", "partners",
    )  # fmt: skip


def test_e112_gemeente_chooses_participants_with_zvh():
    says(
        tafel("bestuurlijk-escalatieoverleg").participants,
        "de gemeente bepaalt met het Zorg en Veiligheidshuis",
    )


def test_e113_four_mandatory_kinds_of_deelnemer():
    mandatory = DeelnemerKind.objects.filter(mandatory=True)
    assert {one.code for one in mandatory} == {
        "directeur", "verzekeraar", "clientondersteuner", "gemeentebestuurder"
    }  # fmt: skip
    says(mandatory.get(code="directeur").hint, "aanmeldt", "rol")
    says(mandatory.get(code="gemeentebestuurder").hint, "burgemeester", "wethouders")
    says(
        tafel("bestuurlijk-escalatieoverleg").participants, "directeur van elke instelling",
        "mandaat", "zorgverzekeraar", "zorgkantoor", "cliëntondersteuner", "burgemeester",
    )  # fmt: skip


def test_e114_kinds_of_deelnemer_that_depend_on_the_case():
    others = DeelnemerKind.objects.filter(mandatory=False)
    codes = {one.code for one in others}
    assert codes == {"politie", "officier", "manager-zvh", "andere-betrokkene"}
    says(others.get(code="politie").hint, "districtschef")
    says(others.get(code="officier").hint, "gebiedsofficier", "Wet verplichte ggz")


def test_e115_who_may_submit_to_trede_3_t01():
    assert submitters(tafel("bestuurlijk-escalatieoverleg")) == {
        "verwijzer", "ggz-aanbieder", "gemeente", "om", "verzekeraar", "clientondersteuner", "vws"
    }  # fmt: skip
    says(SubmitterKind.objects.get(code="vws").label, "Unit Complexe Zorgvragen")


def test_e116_escalatieoverleg_contact():
    one = tafel("bestuurlijk-escalatieoverleg")
    assert one.contact_email == "info@veiligheidshuistwente.nl"


# --- around the tafels


def test_e128_client_support_organisations():
    found = dict(
        Organisation.objects.filter(kind="clientondersteuning").values_list("slug", "website")
    )
    assert found == {
        "scot": "https://scotwente.nl/",
        "zorgbelang-overijssel":
            "https://www.zorgbelang-overijssel.nl/clientondersteuning/informatie-advies/",
        "ixta-noa": "https://www.ixtanoa.nl/regio-enschede-en-hengelo/",
        "mee": "https://www.mee.nl/mee-locator",
        "cce": "https://cce.nl/",
    }  # fmt: skip


def test_e131_ggz_provider_per_gemeente():
    def of(provider: str) -> set[str]:
        return {one.name for one in Gemeente.objects.filter(ggz_provider__slug=provider)}

    assert of("mediant") == {
        "Enschede", "Borne", "Hengelo", "Haaksbergen", "Oldenzaal", "Losser", "Dinkelland",
        "Hof van Twente",
    }  # fmt: skip
    assert of("dimence") == {
        "Almelo", "Hellendoorn", "Rijssen-Holten", "Wierden", "Twenterand", "Tubbergen"
    }  # fmt: skip
    says(Gemeente.objects.get(organisation__slug="tubbergen").ggz_note, "niet", "Dimence")
    assert Gemeente.objects.exclude(ggz_note="").count() == 1


def test_e190_e199_every_actor_that_is_an_organisation():
    kinds = set(Organisation.objects.values_list("kind", flat=True))
    assert kinds == set(Organisation.Kind.values)
    for slug in (
        "zvh-twente", "mediant", "dimence", "pro-persona", "transfore", "trajectum",
        "tactus-verslavingszorg", "tactus-reclassering", "vrijgevestigde-ggz", "menzis",
        "zorgkantoor-menzis", "huisartsen", "openbaar-ministerie", "politie-twente", "dji",
        "reclassering-nederland", "reclassering-leger-des-heils", "woningcorporaties", "welzijn",
        "zorgaanbieders-wlz", "thuiszorg", "ministerie-vws", "unit-complexe-zorgvragen",
    ):  # fmt: skip
        assert Organisation.objects.filter(slug=slug).exists(), slug
    assert not Organisation.objects.filter(covenant_partner=True).exists()


def test_e147_o01_agreements_start_provisional_with_the_decided_numbers():
    assert not Procesafspraak.objects.exclude(state="voorlopig").exists()
    numbers = {
        one.code: (one.number, one.unit) for one in Procesafspraak.objects.exclude(unit="tekst")
    }
    assert numbers == {
        "coordinatiepunt_oordeel": (3, "werkdagen"),
        "overleg_houden": (15, "werkdagen"),
        "spoed_oordeel": (1, "werkdagen"),
        "spoed_overleg": (5, "werkdagen"),
        "terugkoppeling_indienen": (10, "werkdagen"),
        "herinnering_vooraf": (1, "werkdagen"),
        "herinnering_achteraf": (1, "werkdagen"),
        "beveiligingscontact_vooraf": (20, "werkdagen"),
        "aanvulling_termijn": (5, "werkdagen"),
        "spoed_aanvulling": (1, "werkdagen"),
        "stap_zonder_nieuws": (30, "dagen"),
        "overdracht_antwoord": (5, "werkdagen"),
        "delen_hoogstens": (180, "dagen"),
        "delen_einde_vooraf": (5, "werkdagen"),
        "bewaartermijn": (5, "jaar"),
        "concept_bewaren": (90, "dagen"),
        "mailtekst_bewaren": (30, "dagen"),
        "reservekopie_te_oud": (2, "dagen"),
        "reservekopie_bewaren": (30, "dagen"),
        "herstel_oefenen": (92, "dagen"),
        "weergaven_per_persoon": (20, "aantal"),
        "export_rijen": (1000, "aantal"),
        "overleggen_signaal": (2, "aantal"),
        "leersessies_per_jaar": (1, "aantal"),
        "leersessie_risico_vanaf": (9, "maand"),
        "kleine_aantallen": (5, "aantal"),
        "uitnodiging_geldig": (7, "dagen"),
        "deelnemerlink_geldig": (60, "dagen"),
        "tafellink_geldig": (60, "dagen"),
        "abonneelink_geldig": (7, "dagen"),
        "tafel_bevestigen": (1, "jaar"),
        "evaluatie_open": (30, "dagen"),
        "inzage_per_uur": (25, "aantal"),
        "pogingen_per_uur": (10, "aantal"),
        "rollen_nalopen": (1, "jaar"),
        "verzoek_inwoner": (28, "dagen"),
    }
    texts = set(Procesafspraak.objects.filter(unit="tekst").values_list("code", flat=True))
    assert texts == {
        "verdeling_verantwoordelijkheden", "communicatie_betrokkenen", "voorwaarden_trede_4",
        "contact_inwoner",
    }  # fmt: skip
    assert all(one.title and one.explanation and one.group for one in Procesafspraak.objects.all())


def test_only_112_is_given_as_a_crisis_number():
    twente = Region.current()
    assert [route["phone"] for route in twente.crisis_routes if route["phone"]] == ["112"]
    assert twente.crisis_routes[0]["phone"] == "112"
    assert len(twente.crisis_routes) == 3


def test_themes_are_there_for_lessons():
    assert {"samenwerking", "aanbod-ontbreekt", "financiering", "wachttijd", "weigering"} <= set(
        Theme.objects.values_list("code", flat=True)
    )


def test_every_fact_about_a_tafel_is_held_against_the_file():
    """The numbers of requirements.md; a fact without a test here would go unseen."""
    ranges = ((50, 58), (60, 66), (70, 77), (80, 84), (90, 95), (100, 106), (110, 116))
    facts = {number for first, last in ranges for number in range(first, last + 1)}
    tested = {
        int(number)
        for name in globals()
        if name.startswith("test_e")
        for number in re.findall(r"_e(\d{3})(?=_)", name)
    }
    assert facts <= tested
