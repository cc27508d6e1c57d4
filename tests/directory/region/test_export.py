"""What the database says becomes a file again, whole, and a load of that file changes nothing."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.management.commands.region import SHIPPED
from directory.models import (
    Edition,
    Gemeente,
    InstroomCriterium,
    Organisation,
    Procesafspraak,
    Region,
    Tafel,
)
from directory.region.file.check import RegionFileError, parse_region, read_region
from directory.region.file.export import export_region
from directory.region.file.load import load_region
from directory.region.file.schema import RegionFile
from directory.region.file.writer import to_yaml
from directory.upkeep.confirmations import actions as confirmations
from directory.upkeep.entrances.actions import propose_entrances
from directory.upkeep.proposals import actions as proposals
from tests.cast import Cast

INVENTED = Path(__file__).parents[2] / "regions" / "verzonnen.yaml"
BOTH = pytest.mark.parametrize("file", [SHIPPED, INVENTED], ids=["shipped", "invented"])


def text() -> str:
    return to_yaml(export_region())


def parsed(written: str) -> RegionFile:
    return parse_region(written.encode(), "opgeslagen.yaml")


def plain(value: Any) -> Any:
    """Without the order of lists of codes, which means nothing, and without silence."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items() if one not in (None, [])}
    if isinstance(value, list):
        kept = [plain(one) for one in value]
        return sorted(kept) if all(isinstance(one, str) for one in kept) else kept
    return value


def same(one: RegionFile, other: RegionFile) -> bool:
    return bool(plain(one.model_dump()) == plain(other.model_dump()))


def empty_the_region() -> None:
    """As in another installation, before its first load."""
    Edition.objects.all().delete()
    Tafel.objects.all().delete()
    Gemeente.objects.all().delete()
    Organisation.objects.all().delete()
    Procesafspraak.objects.all().delete()
    Region.objects.all().delete()


# --- The round trip -------------------------------------------------------------------------------


@BOTH
def test_what_was_loaded_comes_out_the_same(db: None, file: Path) -> None:
    load_region(read_region(file))
    assert same(export_region(), read_region(file))


@BOTH
def test_the_written_file_passes_the_check_and_loads_without_a_change(db: None, file: Path) -> None:
    load_region(read_region(file))
    before = Region.current().loaded_values
    report = load_region(parsed(text()))
    assert report.nothing_changed
    assert (report.kept, report.gone) == ([], [])
    assert Region.current().loaded_values == before


@BOTH
def test_export_load_export_gives_the_same_bytes(db: None, file: Path) -> None:
    load_region(read_region(file))
    written = text()
    empty_the_region()
    load_region(parsed(written))
    assert text() == written


def test_the_shipped_file_reads_as_people_write_it(twente: Region) -> None:
    lines = text().split("\n")
    assert max(map(len, lines)) < 220  # no long text on one line
    assert "    purpose: >-" in lines and "    participants: |-" in lines
    assert "    submitters: [zorgaanbieder]" in lines
    assert [line for line in lines if line[:1].isalpha()] == [
        "format: 1", "version: 2026-11", "region:", "treden:", "submitter_kinds:", "domains:",
        "guide:", "synonyms:", "organisations:", "roles:", "gemeenten:", "tafels:",
        "deelnemer_kinds:", "themes:", "stagnations:", "basic_needs:", "procesafspraken:",
        "pages:", "evaluation:",
    ]  # fmt: skip


# --- What people edited ---------------------------------------------------------------------------

ENTRANCE = {
    "kind": "wijkteam",
    "name": "Verzonnen wijkteam",
    "email": "",
    "phone": "053 000 00 00",
    "website": "",
    "hours": "",
    "note": "Eerst bellen.\n\n  Dan komen: #1, 'ja' of \"nee\".",
}


def edit_everything(cast: Cast) -> Tafel:
    """Each kind of field of a page, the entrances of a gemeente, a term and a confirmation."""
    tafel = Tafel.objects.get(slug="regiotafel-zorgkantoor")
    page = Edition.objects.get(tafel=tafel).values
    criteria = [dict(one) for one in page["instroom"]["criteria"]]
    criteria[0]["text"], criteria[1]["active"] = "Verzonnen criterium: ja.", False
    proposal = proposals.propose_tafel(
        tafel=tafel,
        by=cast.themagroep,
        based_on=1,
        reason="Verzonnen.",
        values={
            "name": "Verzonnen regiotafel",
            "participants": "Altijd:\n- één\n- twee # geen commentaar",
            "led_by": "mediant",
            "submitters": ["gemeente", "zvh"],
            "domains": ["wlz"],
            "gemeenten": ["enschede", "hengelo"],
            "rhythm_anchor": "2026-03-05",
            "rhythm_weeks": None,
            "links": [{"label": "yes", "url": "https://www.voorbeeld.example"}],
            "response_hours": [{"hours": 24, "for": "iedereen"}],
            "extra_questions": [],
            "instroom": {**page["instroom"], "criteria": criteria},
        },
    )
    proposals.publish(proposal=proposal, by=cast.themagroep, version=1)
    own = propose_entrances(
        gemeente=cast.enschede,
        by=cast.gemeente,
        based_on=1,
        reason="Verzonnen.",
        values={"entrances": [ENTRANCE], "client_support": ["scot", "mee"]},
    )
    proposals.publish(proposal=own, by=cast.gemeente, version=1)
    confirmations.confirm(tafel=tafel, by=cast.themagroep, version=2)
    Procesafspraak.objects.filter(code="overleg_houden").update(number=20)
    return Tafel.objects.get(pk=tafel.pk)


def test_everything_that_people_edited_is_in_the_file(cast: Cast) -> None:
    tafel = edit_everything(cast)
    region = parsed(text())
    part = next(one for one in region.tafels if one.slug == tafel.slug)
    assert (part.name, part.led_by, part.rhythm_anchor, part.rhythm_weeks) == (
        "Verzonnen regiotafel", "mediant", date(2026, 3, 5), None,
    )  # fmt: skip
    assert sorted(part.submitters) == ["gemeente", "zvh"]
    assert (part.domains, part.gemeenten) == (["wlz"], ["enschede", "hengelo"])
    assert part.links[0].label == "yes" and part.response_hours[0].hours == 24
    assert part.extra_questions == []
    assert part.criteria[0].text == "Verzonnen criterium: ja."
    assert [one.active for one in part.criteria[:3]] == [True, False, True]
    assert part.criteria[0].asks is not None
    assert part.confirmed_on == tafel.confirmed_on is not None
    assert part.confirmed_by == tafel.confirmed_by != ""
    gemeente = next(one for one in region.gemeenten if one.slug == "enschede")
    assert gemeente.entrances is not None
    assert [one.model_dump() for one in gemeente.entrances] == [ENTRANCE]
    assert sorted(gemeente.client_support or []) == ["mee", "scot"]
    agreed = next(one for one in region.procesafspraken if one.code == "overleg_houden")
    assert agreed.number == 20


def test_after_loading_its_own_file_the_loader_sees_the_edits_as_agreed(cast: Cast) -> None:
    edit_everything(cast)
    assert load_region(read_region(SHIPPED)).kept
    editions = Edition.objects.count()
    for _ in range(2):
        report = load_region(parsed(text()))
        assert report.nothing_changed
        assert (report.kept, report.gone) == ([], [])
    assert Edition.objects.count() == editions


def test_an_edited_region_moves_to_an_empty_house(cast: Cast) -> None:
    edit_everything(cast)
    written = text()
    pages = {(one.tafel_id, one.gemeente_id) for one in Edition.objects.all()}
    people_away()
    empty_the_region()
    report = load_region(parsed(written))
    assert report.kept == [] and text() == written
    # Each page begins again with a first edition, with the entrances on it.
    assert Edition.objects.count() == len(pages)
    enschede = Edition.objects.get(gemeente__organisation__slug="enschede")
    assert enschede.values["entrances"] == [ENTRANCE]


def people_away() -> None:
    from directory.models import Confirmation, Invitation, Membership, Proposal

    Edition.objects.update(proposal=None)
    for model in (Proposal, Confirmation, Invitation, Membership):
        model.objects.all().delete()


def test_a_record_that_left_the_file_stays_in_the_export_and_moves_nobody(db: None) -> None:
    load_region(read_region(INVENTED))
    whole = INVENTED.read_text(encoding="utf-8")
    start, end = whole.index("  - slug: kustberaad"), whole.index("  - slug: havenoverleg")
    report = load_region(parsed(whole[:start] + whole[end:]))
    assert report.gone == ["tafel kustberaad"]
    assert [one.slug for one in export_region().tafels][-1] == "kustberaad"
    again = load_region(parsed(text()))
    assert again.nothing_changed and (again.kept, again.gone) == ([], [])


def test_a_criterium_that_left_the_file_does_not_come_back(db: None) -> None:
    load_region(read_region(INVENTED))
    InstroomCriterium.objects.create(
        tafel=Tafel.objects.get(slug="kustberaad"), code="oud", text="Oud.", active=False
    )
    part = next(one for one in export_region().tafels if one.slug == "kustberaad")
    assert [one.code for one in part.criteria] == ["wind"]


def test_a_file_that_is_silent_about_entrances_leaves_them_alone(cast: Cast) -> None:
    edit_everything(cast)
    report = load_region(read_region(SHIPPED))
    assert not [one for one in report.kept if one.startswith("gemeente ")]
    assert cast.enschede.entrances.count() == 1


def test_a_published_edit_of_an_entrance_is_not_written_over(db: None) -> None:
    load_region(read_region(INVENTED))
    gemeente = Gemeente.objects.get(organisation__slug="verzandum")
    gemeente.entrances.filter(kind="wijkteam").update(phone="0900 222 222")
    newer = INVENTED.read_text(encoding="utf-8").replace("0900 111 111", "0900 333 333")
    report = load_region(parsed(newer))
    assert report.kept == ["gemeente verzandum: entrances"]
    assert gemeente.entrances.get(kind="wijkteam").phone == "0900 222 222"


# --- The command ----------------------------------------------------------------------------------


def test_the_command_writes_a_new_file(twente: Region, tmp_path: Path) -> None:
    said, path = StringIO(), tmp_path / "nu.yaml"
    call_command("region", "export", str(path), stdout=said)
    assert said.getvalue() == f"Twente staat nu in {path}.\n"
    assert same(read_region(path), read_region(SHIPPED))


def test_it_never_writes_over_a_file(twente: Region, tmp_path: Path) -> None:
    path = tmp_path / "al-daar.yaml"
    path.write_text("van iemand", encoding="utf-8")
    with pytest.raises(CommandError, match="bestaat al"):
        call_command("region", "export", str(path))
    assert path.read_text(encoding="utf-8") == "van iemand"


def test_it_asks_for_a_name(twente: Region) -> None:
    with pytest.raises(CommandError, match="Zeg in welk bestand"):
        call_command("region", "export")


def test_a_folder_that_is_not_there_is_said(twente: Region, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"Kan .* niet maken"):
        call_command("region", "export", str(tmp_path / "weg" / "nu.yaml"))


def test_before_the_first_load_there_is_nothing_to_write(db: None, tmp_path: Path) -> None:
    path = tmp_path / "nu.yaml"
    with pytest.raises(CommandError, match="nog geen regio geladen"):
        call_command("region", "export", str(path))
    assert not path.exists()


def test_what_a_file_may_not_say_is_pointed_at_and_nothing_is_written(
    twente: Region, tmp_path: Path
) -> None:
    Tafel.objects.filter(slug="topx").update(contact_phone="bel maar")
    path = tmp_path / "nu.yaml"
    says = "programma: tafels.topx.contact_phone: dit is geen telefoonnummer"
    with pytest.raises(CommandError, match=says):
        call_command("region", "export", str(path))
    with pytest.raises(RegionFileError):
        export_region()
    assert not path.exists()


# --- Any text -------------------------------------------------------------------------------------

WORDS = st.text(
    st.one_of(
        st.characters(blacklist_categories=["Cs", "Cc"]),
        st.sampled_from("\n\t #:-'\"|>{}[]&*!%@`,?\\éü…“”"),
    ),
    min_size=1,
    max_size=200,
).filter(lambda text: bool(text.strip()))
READ = read_region(INVENTED)


@settings(max_examples=60, deadline=None)
@given(words=WORDS, line=WORDS)
def test_any_text_comes_back_as_it_was(words: str, line: str) -> None:
    data = READ.model_dump(by_alias=True, exclude_unset=True)
    data["tafels"][0]["purpose"] = words
    data["tafels"][0]["chair"] = line[:160].strip() or "x"
    data["tafels"][0]["links"] = [{"label": line[:160].strip() or "x", "url": "https://a.example"}]
    region = RegionFile.model_validate(data)
    assert parse_region(to_yaml(region).encode(), "x") == region


@pytest.mark.parametrize(
    "words",
    ["yes", "no", "null", "~", "12", "1e3", "2026-01-01", "0900", "112", "- a", "a: b", "*"],
)
def test_words_that_look_like_something_else_stay_words(words: str) -> None:
    data = READ.model_dump(by_alias=True, exclude_unset=True)
    data["tafels"][0]["chair"] = words
    region = RegionFile.model_validate(data)
    assert parse_region(to_yaml(region).encode(), "x") == region
