"""Loading is all or nothing, changes nothing the second time, and leaves people's work alone."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.forms.models import model_to_dict

from directory.management.commands.region import SHIPPED as TWENTE
from directory.models import (
    Domain,
    Gemeente,
    InstroomAlternative,
    InstroomCriterium,
    Organisation,
    Procesafspraak,
    Region,
    Tafel,
    Trede,
)
from directory.region.file.check import read_region
from directory.region.file.load import load_region

GOOD = TWENTE.read_text(encoding="utf-8")
MODELS = [
    Region, Trede, Domain, Organisation, Gemeente, Tafel, InstroomCriterium,
    InstroomAlternative, Procesafspraak,
]  # fmt: skip


def everything() -> dict[str, list[dict[str, object]]]:
    return {
        model.__name__: [
            {"pk": row.pk, **model_to_dict(row), "loaded_at": getattr(row, "loaded_at", None)}
            for row in model.objects.order_by("pk")
        ]
        for model in MODELS
    }


def load(text: str, tmp_path: Path) -> str:
    path = tmp_path / "regio.yaml"
    path.write_text(text, encoding="utf-8")
    said = StringIO()
    call_command("region", "load", str(path), stdout=said)
    return said.getvalue()


def test_the_first_load_says_what_it_did(db, tmp_path):
    assert "Twente geladen: " in load(GOOD, tmp_path)
    assert Region.current().file_version
    assert Region.current().code_prefix == "TW"


def test_a_second_load_changes_nothing_and_says_so(twente, tmp_path):
    before = everything()
    assert load(GOOD, tmp_path) == "Twente was al geladen. Er is niets veranderd.\n"
    assert everything() == before


def test_a_new_word_in_the_file_is_taken_over(twente, tmp_path):
    said = load(GOOD.replace("    name: TopX\n", "    name: TopX Twente\n"), tmp_path)
    assert "Twente geladen: 0 nieuw, 1 gewijzigd." in said
    assert "gewijzigd: tafel topx: name" in said
    assert Tafel.objects.get(slug="topx").name == "TopX Twente"


def test_what_people_changed_stays(twente, tmp_path):
    Tafel.objects.filter(slug="topx").update(contact_email="nieuw@topx.example")
    said = load(GOOD, tmp_path)
    assert "niets veranderd" in said
    assert "aangepast: tafel topx: contact_email" in said
    assert Tafel.objects.get(slug="topx").contact_email == "nieuw@topx.example"


def test_what_people_changed_stays_even_when_the_file_changes_too(twente, tmp_path):
    Tafel.objects.filter(slug="triage-transfertafel").update(rhythm_weeks=4, chair="teamleider")
    changed = GOOD.replace("    rhythm_weeks: 2\n", "    rhythm_weeks: 3\n").replace(
        "    duration_minutes: 30\n", "    duration_minutes: 45\n"
    )
    for _ in range(2):
        load(changed, tmp_path)
        row = Tafel.objects.get(slug="triage-transfertafel")
        assert (row.rhythm_weeks, row.chair, row.duration_minutes) == (4, "teamleider", 45)


def test_agreements_and_college_decisions_belong_to_people(twente, tmp_path):
    Procesafspraak.objects.filter(code="overleg_houden").update(
        number=20, state="vastgesteld", decided_on=date(2026, 3, 1), decided_by="stuurgroep"
    )
    Gemeente.objects.filter(organisation__slug="borne").update(
        college_state="decided", college_decided_on=date(2026, 4, 16), college_note="akkoord"
    )
    Tafel.objects.filter(slug="topx").update(confirmed_on=date(2026, 5, 1))
    load(GOOD.replace("    number: 15\n", "    number: 12\n"), tmp_path)
    agreement = Procesafspraak.objects.get(code="overleg_houden")
    assert (agreement.number, agreement.state, agreement.decided_by) == (
        20, "vastgesteld", "stuurgroep",
    )  # fmt: skip
    assert Gemeente.objects.get(organisation__slug="borne").college_state == "decided"
    assert Tafel.objects.get(slug="topx").confirmed_on == date(2026, 5, 1)


def test_an_agreement_that_nobody_touched_keeps_its_first_value_too(twente, tmp_path):
    load(GOOD.replace("    number: 15\n", "    number: 12\n"), tmp_path)
    assert Procesafspraak.number_of("overleg_houden") == 15


def test_lists_and_references_follow_the_file(twente, tmp_path):
    changed = GOOD.replace("submitters: [zorgaanbieder]", "submitters: [zorgaanbieder, zvh]")
    changed = changed.replace("    led_by: transfore\n", "    led_by: mediant\n")
    load(changed, tmp_path)
    codes = Tafel.objects.get(slug="regiotafel-zorgkantoor").submitters.values_list("code")
    assert sorted(codes) == [("zorgaanbieder",), ("zvh",)]
    assert Tafel.objects.get(slug="levensloopaanpak").led_by.slug == "mediant"


def test_a_criterion_that_left_is_switched_off_not_deleted(twente, tmp_path):
    crisis = Tafel.objects.get(slug="crisis-ondersteuningsteam")
    old = crisis.criteria.get(code="woont-thuis").pk
    start = GOOD.index("      - label: Woont thuis en de zorg valt weg")
    end = GOOD.index("      - label: Woont in een instelling en de zorg valt weg")
    changed = GOOD[:start] + GOOD[end:]
    start = changed.index("      - code: woont-thuis")
    end = changed.index("      - code: woont-in-instelling")
    changed = changed[:start] + changed[end:]
    load(changed, tmp_path)
    assert crisis.alternatives.count() == 2
    row = InstroomCriterium.objects.get(pk=old)
    assert not row.active and not row.alternatives.exists()
    assert "niets veranderd" in load(changed, tmp_path)
    load(GOOD, tmp_path)
    assert crisis.alternatives.count() == 4
    assert InstroomCriterium.objects.get(pk=old).active


def test_a_record_that_left_the_file_stays_and_is_reported(twente, tmp_path):
    start, end = GOOD.index("  - slug: trajectum"), GOOD.index("  - slug: zorgaanbieders-wlz")
    said = load(GOOD[:start] + GOOD[end:], tmp_path)
    assert "blijft bestaan: organisatie trajectum" in said
    assert Organisation.objects.filter(slug="trajectum").exists()


def test_a_failure_halfway_loads_nothing(db, monkeypatch):
    def fail(*args: object) -> None:
        raise IntegrityError("halverwege")

    monkeypatch.setattr("directory.region.instroom.write", fail)
    with pytest.raises(IntegrityError):
        load_region(read_region(TWENTE))
    assert not Region.objects.exists() and not Organisation.objects.exists()


def test_a_name_that_people_already_used_is_refused_in_words(db, tmp_path):
    Organisation.objects.create(slug="zelf-gemaakt", name="Mediant", kind="ggz")
    with pytest.raises(CommandError, match="Niets geladen: een naam uit het bestand"):
        load(GOOD, tmp_path)
    assert Organisation.objects.count() == 1


def test_one_installation_serves_one_region(twente, tmp_path):
    other = GOOD.replace("  slug: twente\n", "  slug: achterhoek\n")
    with pytest.raises(CommandError, match="al van de regio Twente"):
        load(other, tmp_path)
    assert Region.objects.count() == 1
