"""A region file with a mistake names the line and the field, and loads nothing at all."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.management.commands.region import SHIPPED as TWENTE
from directory.models import InstroomCriterium, Organisation, Region, Tafel
from directory.region.file.check import RegionFileError, read_region

GOOD = TWENTE.read_text(encoding="utf-8")
MEDIANT_EMAIL = "    email: info@veiligheidshuistwente.nl\n    website"

# name: (old text, new text, a piece of the bad line, what the message must say)
BROKEN = {
    "unknown field": (
        "  intro: >-", "  introo: >-", "introo:", "region.introo: dit veld bestaat niet",
    ),
    "near miss is suggested": (
        "    alias: transfermechanisme", "    aliass: transfermechanisme", "aliass:",
        "tafels.triage-transfertafel.aliass: dit veld bestaat niet; bedoelt u “alias”?",
    ),
    "missing field": (
        "  code_prefix: TW\n", "", "region:", "region.code_prefix: dit veld ontbreekt",
    ),
    "text where a number belongs": (
        "    rhythm_weeks: 2\n", "    rhythm_weeks: twee\n", "rhythm_weeks: twee",
        "tafels.triage-transfertafel.rhythm_weeks: hier hoort een heel getal",
    ),
    "number where text belongs": (
        '      phone: "112"', "      phone: 112", "phone: 112",
        "region.crisis_routes.1.phone: hier hoort tekst",
    ),
    "text where a list belongs": (
        "    submitters: [gemeente]\n", "    submitters: gemeente\n", "submitters: gemeente\n",
        "tafels.levensloopaanpak.submitters: hier hoort een lijst",
    ),
    "unknown organisation": (
        "    led_by: transfore\n", "    led_by: transfor\n", "led_by: transfor\n",
        "tafels.levensloopaanpak.led_by: “transfor” staat niet in dit bestand; "
        "bedoelt u “transfore”?",
    ),
    "unknown ggz provider": (
        "{slug: borne, name: Borne, ggz_provider: mediant}",
        "{slug: borne, name: Borne, ggz_provider: mediaan}", "mediaan",
        "gemeenten.borne.ggz_provider: “mediaan” staat niet in dit bestand",
    ),
    "unknown submitter": (
        "    submitters: [zorgaanbieder]\n", "    submitters: [aanbieder]\n", "[aanbieder]",
        "tafels.regiotafel-zorgkantoor.submitters.1: “aanbieder” staat niet",
    ),
    "unknown criterion in an alternative": (
        "criteria: [ernstige-veiligheid]", "criteria: [veilig]", "criteria: [veilig]",
        "alternatives.1.criteria.1: “veilig” staat niet in dit bestand",
    ),
    "criterion that no alternative uses": (
        "criteria: [woont-in-instelling, direct-gevaar]", "criteria: [direct-gevaar]", None, None,
    ),
    "double slug": (
        "  - slug: dimence\n", "  - slug: mediant\n", "  - slug: mediant\n    name: Dimence",
        "organisations.mediant.slug: “mediant” staat al eerder in het bestand",
    ),
    "double name": (
        "    name: Dimence\n", "    name: Mediant\n", "    name: Mediant\n    kind: ggz\n"
        "    submits_as: [ggz-aanbieder, zorgaanbieder]\n    description: Ggz in het westen",
        "organisations.dimence.name: “Mediant” staat al eerder",
    ),
    "double key": (
        "    chair: teamleider van Mediant\n",
        "    chair: teamleider van Mediant\n    chair: iemand\n", "chair: iemand",
        "tafels.chair: deze naam staat hier twee keer",
    ),
    "missing gemeente": (
        "  - {slug: wierden, name: Wierden, ggz_provider: dimence}\n", "", "gemeenten:\n",
        "gemeenten: hier staan 13 gemeenten; volgens region zijn het er 14",
    ),
    "bad e-mail": (
        "contact_email: aanmelding@triagetafeltwente.nl", "contact_email: aanmelding(at)twente",
        "aanmelding(at)", "tafels.triage-transfertafel.contact_email: dit is geen e-mailadres",
    ),
    "bad web address": (
        "website: https://www.triagetafeltwente.nl", "website: www.triagetafeltwente.nl",
        "website: www.triage", "tafels.triage-transfertafel.website: dit is geen webadres",
    ),
    "address that runs script": (
        "website: https://www.triagetafeltwente.nl", "website: 'javascript:alert(1)'",
        "javascript", "tafels.triage-transfertafel.website: dit is geen webadres",
    ),
    "safelink": (
        "website: https://www.triagetafeltwente.nl",
        "website: https://emea01.safelinks.protection.outlook.com/?url=x", "safelinks",
        "tafels.triage-transfertafel.website: dit is een omweg van Outlook",
    ),
    "date that does not exist": (
        "    chair: teamleider van Mediant\n",
        "    chair: teamleider van Mediant\n    confirmed_on: 2026-02-31\n", "2026-02-31",
        "tafels.triage-transfertafel.confirmed_on: hier hoort een datum die bestaat",
    ),
    "tafel without a trede": (
        "    trede: 2\n", "", "  - slug: oostnl-hoogcomplex",
        "tafels.oostnl-hoogcomplex.trede: een tafel heeft een trede, of is een aanpak",
    ),
    "approach with a trede": (
        "    special: aanpak\n", "    special: aanpak\n    trede: 2\n",
        "trede: 2\n    purpose: >-\n      Eén",
        "tafels.levensloopaanpak.trede: een aanpak staat naast",
    ),
    "trede that is not there": (
        "    trede: 2\n", "    trede: 7\n", "trede: 7",
        "tafels.oostnl-hoogcomplex.trede: trede 7 staat niet in dit bestand",
    ),
    "no escalatieoverleg": (
        "    special: escalatieoverleg\n", "", "tafels:\n", "tafels: er is geen tafel met special",
    ),
    "unknown kind": (
        "    kind: zvh\n", "    kind: huis\n", "kind: huis",
        "organisations.zvh-twente.kind: kies een van: gemeente, zvh",
    ),
    "empty text": (
        "    name: TopX\n", "    name: '  '\n", "name: '  '",
        "tafels.topx.name: dit mag niet leeg zijn",
    ),
    "too long": (
        "    name: TopX\n", f"    name: {'x' * 121}\n", "name: xxx",
        "tafels.topx.name: dit is te lang; hooguit 120 tekens",
    ),
    "slug with a space": (
        "  - slug: topx\n", "  - slug: top x\n", "slug: top x",
        "slug: gebruik alleen kleine letters",
    ),
    "agreement that the program needs": (
        "  - code: bewaartermijn\n", "  - code: bewaren\n", "procesafspraken:\n",
        "procesafspraken: de afspraak “bewaartermijn” ontbreekt",
    ),
    "agreement in another unit": (
        "    unit: jaar\n    number: 5\n", "    unit: dagen\n    number: 5\n",
        "unit: dagen\n    number: 5\n  - code: concept_bewaren",
        "procesafspraken.bewaartermijn.unit: het programma rekent hier met jaar",
    ),
    "agreement without its number": (
        "    unit: maand\n    number: 9\n", "    unit: maand\n",
        "  - code: leersessie_risico_vanaf",
        "procesafspraken.leersessie_risico_vanaf.number: bij unit: maand hoort een getal",
    ),
    "month 13": (
        "    unit: maand\n    number: 9\n", "    unit: maand\n    number: 13\n", "number: 13",
        "procesafspraken.leersessie_risico_vanaf.number: een maand is een getal van 1",
    ),
    "negative number": (
        "    unit: jaar\n    number: 5\n", "    unit: jaar\n    number: -5\n", "number: -5",
        "procesafspraken.bewaartermijn.number: dit moet 0 of meer zijn",
    ),
    "alias of YAML": (
        "    chair: teamleider van Mediant\n", "    chair: *ergens\n", "chair: *ergens",
        "een verwijzing met * mag hier niet",
    ),
    "not YAML": (
        "treden:\n", "treden: [\n", None, "dit is geen geldige YAML",
    ),
    "NUL": (
        "    chair: teamleider van Mediant\n", "    chair: team\x00leider\n", "team\x00leider",
        "hier staat een teken dat niet in een tekst hoort",
    ),
    "other format": (
        "format: 1\n", "format: 2\n", "format: 2", "format: hier hoort 1",
    ),
}  # fmt: skip


@pytest.fixture
def write(tmp_path: Path):
    def write(text: str | bytes) -> Path:
        path = tmp_path / "regio.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def refusal(path: Path) -> str:
    with pytest.raises(RegionFileError) as caught:
        read_region(path)
    return str(caught.value)


@pytest.mark.parametrize("name", [name for name in BROKEN if BROKEN[name][3]])
def test_a_mistake_is_named_with_line_and_field(name, write):
    old, new, bad, message = BROKEN[name]
    assert GOOD.count(old) >= 1, "the shipped file changed; mend this test"
    text = GOOD.replace(old, new, 1)
    lines = refusal(write(text)).splitlines()
    found = [line for line in lines if message in line]
    assert found, lines
    if bad is not None:
        line = text[: text.index(bad)].count("\n") + 1
        assert found[0].startswith(f"regio.yaml:{line}: "), found


def test_a_criterion_may_not_float_loose(write):
    text = GOOD.replace("criteria: [woont-in-instelling, ", "criteria: [woont-thuis, ")
    says = "criteria.woont-in-instelling: dit criterium staat in geen enkele mogelijkheid"
    assert says in refusal(write(text))


def test_a_tafel_with_everything_off_would_let_all_in(write):
    start, end = GOOD.index("      - code: ernstige-veiligheid"), GOOD.index("      # T-11")
    off = GOOD[start:end].replace("        asks: ", "        active: false\n        asks: ")
    text = GOOD[:start] + off + GOOD[end:]
    assert "topx.alternatives: minstens één criterium moet aan staan" in refusal(write(text))


def test_all_mistakes_come_at_once_in_order_of_line(write):
    text = GOOD.replace("    kind: zvh\n", "    kind: huis\n").replace(
        "    rhythm_weeks: 2\n", "    rhythm_weeks: twee\n"
    )
    lines = refusal(write(text)).splitlines()
    assert len(lines) == 2
    assert "kind" in lines[0] and "rhythm_weeks" in lines[1]


@pytest.mark.parametrize("content", [b"", b"# niets\n", b"\xff\xfe\x00", b"- 1\n", b"regio\n"])
def test_something_else_than_a_region_is_refused(content, write):
    assert refusal(write(content)).startswith("regio.yaml:1: ")


def test_endless_nesting_is_refused(write):
    assert refusal(write("a: " + "[" * 50_000)).startswith("regio.yaml:1: ")


def test_the_command_refuses_and_loads_nothing(db, write):
    path = write(GOOD.replace("    trede: 2\n", "    trede: 7\n"))
    for what in ("check", "load"):
        with pytest.raises(CommandError) as caught:
            call_command("region", what, str(path))
        assert "trede 7 staat niet in dit bestand" in str(caught.value)
        assert "1 fout gevonden. Er is niets geladen." in str(caught.value)
    assert not Region.objects.exists()
    assert not Organisation.objects.exists() and not Tafel.objects.exists()


def test_a_broken_file_leaves_a_loaded_region_as_it_was(twente, write):
    before = list(Tafel.objects.values())
    bad = GOOD.replace("    name: TopX\n", "    name: Anders\n").replace(
        "    kind: zvh\n", "    kind: huis\n"
    )
    with pytest.raises(CommandError):
        call_command("region", "load", str(write(bad)))
    assert list(Tafel.objects.values()) == before


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match=r"Kan .* niet lezen"):
        call_command("region", "check", str(tmp_path / "weg.yaml"))


def test_the_shipped_region_is_in_order():
    said = StringIO()
    call_command("region", "check", stdout=said)
    assert "in orde. 14 gemeenten, " in said.getvalue()


@pytest.mark.django_db
def test_a_field_that_the_last_file_did_not_have_is_filled_in() -> None:
    """An installation that was there before the wegwijzer gets its questions with the next load."""
    call_command("region", "load", verbosity=0)
    region = Region.current()
    for memory in region.loaded_values.values():
        memory.pop("guide", None)
        for criterium in (memory.get("instroom") or {}).get("criteria", []):
            criterium.pop("asks", None)
    region.guide = []
    region.save()
    InstroomCriterium.objects.update(asks={})
    call_command("region", "load", verbosity=0)
    assert Region.current().guide
    assert InstroomCriterium.objects.exclude(asks={}).exists()
