"""The wegwijzer in the region file: a mistake is named with line and field, and a load keeps it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from directory.guide.questions import guide_of
from directory.management.commands.region import SHIPPED as TWENTE
from directory.models import InstroomCriterium, Region, Tafel
from directory.region.file.check import RegionFileError, read_region
from directory.region.instroom import from_database, write

GOOD = TWENTE.read_text(encoding="utf-8")
ASKS = "asks: {question: veiligheid, yes: [gebied], no: [geen]}"

# name: (old text, new text, a piece of the bad line, what the message must say)
BROKEN = {
    "a criterium asks a question that is not there": (
        ASKS, ASKS.replace("veiligheid", "veilgheid"), "veilgheid",
        "tafels.topx.criteria.ernstige-veiligheid.asks.question: “veilgheid” is geen vraag van de "
        "wegwijzer; bedoelt u “veiligheid”?",
    ),
    "a criterium asks for an answer that is not there": (
        ASKS, ASKS.replace("gebied", "gebeid"), "gebeid",
        "tafels.topx.criteria.ernstige-veiligheid.asks.yes.1: “gebeid” is geen antwoord op de "
        "vraag “veiligheid”; bedoelt u “gebied”?",
    ),
    "the same answer is yes and no": (
        ASKS, ASKS.replace("no: [geen]", "no: [geen, gebied]"), "no: [geen, gebied]",
        "asks.no.2: “gebied” kan niet allebei zijn: ja en nee",
    ),
    "asks without an answer": (
        ASKS, "asks: {question: veiligheid}", "asks: {question: veiligheid}",
        "ernstige-veiligheid.asks: zeg bij yes of no welke antwoorden dit beslissen",
    ),
    "a list in which nobody can say no": (
        ASKS, "asks: {question: veiligheid, yes: [gebied]}", "veiligheid, yes: [gebied]}",
        "ernstige-veiligheid.asks.no: zeg welk antwoord betekent dat dit niet zo is",
    ),
    "asks with an unknown name": (
        ASKS, "asks: {vraag: veiligheid, yes: [gebied]}", "vraag: veiligheid",
        "asks.vraag: dit veld bestaat niet",
    ),
    "an audience asks a question that is not there": (
        "asks: {question: speelt, yes: [wlz], no: [geen]}",
        "asks: {question: spelt, yes: [wlz]}", "{question: spelt",
        "tafels.regiotafel-zorgkantoor.audience.1.asks.question: “spelt” is geen vraag",
    ),
    "nobody can be asked for a gemeente as a criterium": (
        ASKS, "asks: {question: gemeente, yes: [borne]}", "yes: [borne]",
        "“borne” is geen antwoord op de vraag “gemeente”",
    ),
    "a question twice": (
        "      - code: leeftijd\n        short", "      - code: nood\n        short",
        "- code: nood\n        short: 18 jaar",
        "guide.inwoner.questions.nood.code: “nood” staat al eerder in het bestand",
    ),
    "a name that the program uses": (
        "      - code: leeftijd\n        short", "      - code: stap\n        short",
        "- code: stap", "guide.inwoner.questions.stap.code: “stap” gebruikt het programma zelf",
    ),
    "an option twice": (
        "          - code: jonger\n", "          - code: volwassen\n",
        "- code: volwassen\n            label: Nee",
        "options.volwassen.code: “volwassen” staat hier al eerder",
    ),
    "an option that the program adds itself": (
        "          - code: jonger\n", "          - code: weet-niet\n", "- code: weet-niet",
        "options.weet-niet.code: dit antwoord zet het programma er zelf bij",
    ),
    "only after a question of the same page": (
        "only_if: {question: nood, options: [gevaar, zorg-weg]}",
        "only_if: {question: speelt, options: [ggz]}", "{question: speelt, options: [ggz]}",
        "wonen.only_if.question: “speelt” is geen vraag uit een eerdere stap",
    ),
    "only after an answer that is not there": (
        "only_if: {question: nood, options: [gevaar, zorg-weg]}",
        "only_if: {question: nood, options: [gevar]}", "options: [gevar]",
        "wonen.only_if.options.1: “gevar” is geen antwoord op de vraag “nood”; bedoelt u “gevaar”?",
    ),
    "a tafel that is not there": (
        "points_to: triage-transfertafel", "points_to: triagetafel", "points_to: triagetafel",
        "points_to.1: “triagetafel” staat niet in dit bestand",
    ),
    "a submitter that is not there": (
        "submits_as: [huisarts, verwijzer]\n          - code: ggz",
        "submits_as: [dokter]\n          - code: ggz", "submits_as: [dokter]",
        "guide.inwoner.questions.wie.options.huisarts.submits_as.1: “dokter” staat niet",
    ),
    "a law that does not exist": (
        "prefill: {frameworks: [zvw]}", "prefill: {frameworks: [awbz]}", "awbz",
        "prefill.frameworks.1: kies een van: zvw, wlz, wmo, wvggz",
    ),
    "a subject that is not there": (
        "prefill: {domains: [lvb]}", "prefill: {domains: [vb]}", "domains: [vb]",
        "prefill.domains.1: “vb” staat niet in dit bestand",
    ),
    "a way that does not exist": (
        "leads_to: under_age", "leads_to: jeugd", "leads_to: jeugd",
        "leads_to: kies een van: crisis, under_age, waiting_list",
    ),
    "gemeenten and own answers": (
        "        source: gemeenten\n",
        "        source: gemeenten\n        options:\n          - {code: x, label: X}\n",
        "options:\n          - {code: x", "gemeente.options: de antwoorden komen al uit source",
    ),
    "more than one gemeente": (
        "        source: gemeenten\n", "        source: gemeenten\n        several: true\n",
        "several: true\n      - code: wie", "gemeente.several: hier kan maar één antwoord",
    ),
    "the rest where only one can be chosen": (
        "          - code: jonger\n", "          - code: jonger\n            rest: true\n",
        "rest: true\n            label: Nee",
        "leeftijd.options.jonger.rest: dit kan alleen waar meer antwoorden gekozen kunnen worden",
    ),
    "two answers for the rest": (
        "            rest: true\n            hint: Kies dit ook als niets van deze lijst klopt.\n"
        "            prefill: {safety: \"no\"}\n",
        "            rest: true\n          - {code: ook-niet, label: Ook niet, rest: true}\n",
        "{code: ook-niet",
        "veiligheid.options.ook-niet.rest: één antwoord op deze vraag zegt al iets over de rest",
    ),
    "one answer is no choice": (
        "          - code: jonger\n            label: Nee\n"
        "            hint: U ziet waar u dan terechtkunt.\n            leads_to: under_age\n",
        "", "options:\n          - code: volwassen",
        "leeftijd.options: een vraag heeft minstens twee antwoorden",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_is_named_with_line_and_field(name: str, tmp_path: Path) -> None:
    old, new, bad, message = BROKEN[name]
    assert GOOD.count(old) >= 1, "the shipped file changed; mend this test"
    text = GOOD.replace(old, new, 1)
    path = tmp_path / "regio.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegionFileError) as caught:
        read_region(path)
    found = [line for line in str(caught.value).splitlines() if message in line]
    assert found, str(caught.value)
    line = text[: text.index(bad)].count("\n") + 1
    assert found[0].startswith(f"regio.yaml:{line}: "), (line, found)


def test_every_active_criterium_of_the_shipped_region_asks_something() -> None:
    """Otherwise the wegwijzer can never say that its tafel fits."""
    region = read_region(TWENTE)
    silent = [
        f"{tafel.slug}: {one.code}"
        for tafel in region.tafels
        for one in tafel.criteria
        if one.active and one.asks is None
    ]
    assert silent == []


def test_the_questions_and_what_asks_them_are_loaded(twente: Region) -> None:
    guide = guide_of(twente.guide, [])
    assert [len(step.questions) for step in guide.steps] == [4, 3, 4]
    criterium = InstroomCriterium.objects.get(code="woont-thuis")
    assert criterium.asks == {
        "question": "wonen", "yes": ["thuis"], "no": ["instelling", "opgenomen"],
    }  # fmt: skip
    tafel = Tafel.objects.get(slug="levensloopaanpak")
    assert [one["asks"]["question"] for one in tafel.audience] == ["speelt", "veiligheid"]
    assert Tafel.objects.get(slug="bestuurlijk-escalatieoverleg").precondition


def test_a_second_load_changes_nothing_and_keeps_an_edit(twente: Region) -> None:
    before = twente.loaded_at
    call_command("region", "load", verbosity=0)
    twente.refresh_from_db()
    assert twente.loaded_at == before
    Region.objects.update(guide=twente.guide[:1])
    call_command("region", "load", verbosity=0)
    twente.refresh_from_db()
    assert len(twente.guide) == 1


def test_criteria_written_without_asks_keep_theirs(twente: Region) -> None:
    """A proposal of people changes words; which questions settle a criterium stays."""
    tafel = Tafel.objects.prefetch_related("criteria", "alternatives__criteria").get(slug="topx")
    wanted = from_database(tafel)
    for one in wanted["criteria"]:
        del one["asks"]
        one["text"] = f"{one['text']} Gewijzigd."
    write(tafel, wanted)
    criterium = InstroomCriterium.objects.get(code="ernstige-veiligheid")
    assert criterium.text.endswith("Gewijzigd.") and criterium.asks["yes"] == ["gebied"]
