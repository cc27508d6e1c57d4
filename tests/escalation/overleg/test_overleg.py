"""The page of the overleg, its date, its record and how the casus goes on."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from demo import walk
from directory.models import DeelnemerKind, Procesafspraak, User
from escalation.models import Afspraak, Casus, Deelnemer, Overleg
from escalation.overleg import actions as overleg_actions
from escalation.overleg.date_poll import actions as date_poll
from escalation.overleg.deelnemers import actions as deelnemers
from escalation.overleg.nomination import rules as nomination_rules
from escalation.overleg.outcome.rules import LABELS, VERDICTS
from rdm.lib import clock
from rdm.lib.refusal import Refused
from tests import world
from tests.cast import Cast

SignIn = Callable[[User], Client]
NOON = datetime(2027, 3, 10, 11, 0, tzinfo=UTC)


def url(name: str, casus: Casus, *args: object) -> str:
    return reverse(name, args=[casus.code, *args])


def once(**fields: object) -> dict[str, object]:
    return {"request_id": str(uuid4()), **fields}


def fix(casus: Casus, **fields: object) -> dict[str, object]:
    day = clock.today() + timedelta(days=9)
    return once(
        version=Casus.objects.get(pk=casus.pk).version,
        day=day.isoformat(),
        starts_at="10:00",
        ends_at="11:30",
        place="Gemeentehuis, zaal 2",
        **fields,
    )


def record(casus: Casus, rows: int = 3, **fields: object) -> dict[str, object]:
    return once(
        **{
            "version": casus.version,
            "held_on": clock.today().isoformat(),
            "present": walk.seated(world.open_overleg(casus)),
            "plan_verdict": "adopted",
            "solution": "found",
            "solution_text": "Er komt één vaste begeleider.",
            "afspraken-TOTAL_FORMS": rows,
            "afspraken-INITIAL_FORMS": 0,
            "afspraken-0-text": "Regelt een plek.",
            "afspraken-0-organisation_name": "Verzonnen instelling",
            "afspraken-0-function": "directeur",
            "afspraken-0-due": (clock.today() + timedelta(days=20)).isoformat(),
        }
        | fields
    )


def text_of(response: object) -> str:
    html = response.content.decode()  # type: ignore[attr-defined]
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# --- The page -------------------------------------------------------------------------------


@pytest.mark.elsewhere
def test_the_page_shows_assignment_term_and_missing_kinds(cast: Cast, client_of: SignIn) -> None:
    casus = world.accepted_casus(cast)
    shown = text_of(client_of(cast.gemeente).get(url("overleg_detail", casus)))
    assert "Plan een bestuurlijk escalatieoverleg" in shown
    assert "de burgemeester" in shown
    assert "Nog 21 werkdagen" in shown
    for kind in DeelnemerKind.objects.filter(mandatory=True):
        assert kind.label in shown
    assert shown.count("Nog niemand") == 4
    assert "Nog niemand" in shown and "Leg de datum vast" in shown


@pytest.mark.parametrize(
    ("solution", "first"), [("found", "Sluit de casus af"), ("none", "Geef terug aan de regio")]
)
def test_after_the_overleg_the_obvious_step_comes_first(
    cast: Cast, client_of: SignIn, solution: str, first: str
) -> None:
    casus = world.held_casus(cast, solution=solution)
    page = client_of(cast.gemeente).get(url("overleg_detail", casus))
    assert page.context["step_buttons"][0]["label"] == first
    write = reverse("terugkoppeling_write", args=[casus.code, casus.overleggen.get().pk])
    assert f'href="{write}"' in page.content.decode()
    reader = client_of(cast.coordinator).get(url("overleg_detail", casus)).content.decode()
    assert write not in reader and reverse("terugkoppeling_list") in reader


def test_one_fact_of_the_record_has_one_label(cast: Cast, client_of: SignIn) -> None:
    with clock.travel(clock.now() - timedelta(days=12)):
        planned = world.planned_casus(cast)
    visitor = client_of(cast.gemeente)
    form = visitor.get(url("overleg_record", planned)).context["form"]
    casus = world.held_casus(cast)
    overleg = casus.overleggen.get()
    write = reverse("terugkoppeling_write", args=[casus.code, overleg.pk])
    pages = [text_of(visitor.get(one)) for one in (url("overleg_detail", casus), write)]
    for name in LABELS:
        label = str(form.fields[name].label)
        assert label == LABELS[name]
        if name not in VERDICTS and getattr(overleg, name):
            assert all(label in page for page in pages), name


def test_a_moment_that_can_be_chosen_is_the_one_primary_button(
    cast: Cast, client_of: SignIn
) -> None:
    casus = world.accepted_casus(cast)
    overleg = walk.with_deelnemers(world.open_overleg(casus), cast.gemeente)
    visitor = client_of(cast.gemeente)
    before = visitor.get(url("overleg_detail", casus)).content.decode()
    option = date_poll.propose_date(
        overleg=overleg, by=cast.gemeente, starts_at=NOON, ends_at=NOON + timedelta(hours=1)
    )
    first = overleg.deelnemers.first()
    date_poll.answer_dates(deelnemer=first, answers={option.pk: "yes"})
    after = visitor.get(url("overleg_detail", casus)).content.decode()
    assert before.count("nl-button--primary") == after.count("nl-button--primary") == 1
    assert "Kies dit moment" in after


def test_who_may_read_the_casus_reads_the_page_without_buttons(
    cast: Cast, client_of: SignIn
) -> None:
    casus = world.planned_casus(cast)
    walk.shared(
        casus, cast.procesmanager, cast.scot, part="ondersteuner", purpose="Meedenken", ground="Wmo"
    )
    response = client_of(cast.client_support).get(url("overleg_detail", casus))
    shown = text_of(response)
    assert response.status_code == 200
    assert "Verzonnen Deelnemer 1" in shown
    for word in ("Voeg een deelnemer toe", "Zet erbij", "Wijzig datum", "@voorbeeld.example"):
        assert word not in response.content.decode()


def test_without_overleg_the_page_says_so(cast: Cast, client_of: SignIn) -> None:
    casus = world.registered_casus(cast)
    response = client_of(cast.procesmanager).get(url("overleg_detail", casus))
    assert response.status_code == 200
    assert "Er is nog geen overleg" in text_of(response)


PAGES = (
    "overleg_detail",
    "overleg_fix",
    "overleg_cancel",
    "overleg_record",
    "casus_return",
    "casus_nominate",
    "nomination_answer",
    "deelnemer_add",
)


@pytest.mark.parametrize("name", PAGES)
def test_outside_the_casus_there_is_nothing(cast: Cast, client_of: SignIn, name: str) -> None:
    casus = world.planned_casus(cast)
    outsider = client_of(cast.outsider)
    assert outsider.get(url(name, casus)).status_code == 404
    assert outsider.post(url(name, casus), once()).status_code in (404, 405)


def test_an_involved_organisation_may_not_plan(cast: Cast, client_of: SignIn) -> None:
    casus = world.planned_casus(cast)
    walk.shared(
        casus, cast.procesmanager, cast.scot, part="ondersteuner", purpose="Meedenken", ground="Wmo"
    )
    visitor = client_of(cast.client_support)
    for name in PAGES[1:]:
        response = visitor.post(url(name, casus), once())
        assert response.status_code == 403, name
        assert "U heeft die rol niet" in text_of(response)


def _many(overleg: Overleg, by: User, people: int, options: int) -> None:
    kind = DeelnemerKind.objects.get(code="andere-betrokkene")
    for number in range(people):
        one = deelnemers.add_deelnemer(
            overleg=overleg,
            by=by,
            new=deelnemers.NewDeelnemer(
                kind=kind,
                name=f"Nummer {number}",
                function="adviseur",
                email=f"nummer{number}@voorbeeld.example",
                organisation_name="Verzonnen bureau",
            ),
        )
        one.overleg = overleg
    moments = [
        date_poll.propose_date(
            overleg=overleg,
            by=by,
            starts_at=clock.now() + timedelta(days=3 + number),
            ends_at=clock.now() + timedelta(days=3 + number, hours=1),
        )
        for number in range(options)
    ]
    for one in overleg.deelnemers.all():
        date_poll.answer_dates(deelnemer=one, answers={one.pk: "yes" for one in moments})


def test_the_number_of_queries_does_not_grow(cast: Cast, client_of: SignIn) -> None:
    counts = {}
    for size in (1, 20):
        casus = world.accepted_casus(cast)
        _many(world.open_overleg(casus), cast.gemeente, size, min(size, 8))
        for user in ("gemeente", "coordinator"):
            visitor = client_of(getattr(cast, user))
            for name in ("overleg_detail", "overleg_fix"):
                visitor.get(url(name, casus))
                with CaptureQueriesContext(
                    connection,
                ) as found:
                    assert visitor.get(url(name, casus)).status_code == 200
                counts.setdefault((user, name), set()).add(len(found))
                assert len(found) <= 15, [one["sql"][:90] for one in found]
    assert all(len(seen) == 1 for seen in counts.values()), counts


def test_after_the_overleg_the_page_needs_few_queries_too(cast: Cast, client_of: SignIn) -> None:
    casus = world.held_casus(cast)
    visitor = client_of(cast.gemeente)
    visitor.get(url("overleg_detail", casus))
    with CaptureQueriesContext(connection) as found:
        shown = text_of(visitor.get(url("overleg_detail", casus)))
    assert len(found) <= 15
    assert "Zorgt voor een vaste begeleider" in shown and "Oplossing gevonden" in shown


# --- Moments --------------------------------------------------------------------------------


@pytest.mark.elsewhere
def test_best_moment_prefers_who_must_be_there(cast: Cast, client_of: SignIn) -> None:
    casus = world.accepted_casus(cast)
    overleg = walk.with_deelnemers(world.open_overleg(casus), cast.gemeente)
    other = deelnemers.add_deelnemer(
        overleg=overleg,
        by=cast.gemeente,
        new=deelnemers.NewDeelnemer(
            kind=DeelnemerKind.objects.get(code="matroos"),
            name="Nog iemand",
            function="adviseur",
            email="nog.iemand@voorbeeld.example",
            organisation_name="Verzonnen bureau",
        ),
    )
    first, second = (
        date_poll.propose_date(
            overleg=overleg,
            by=cast.gemeente,
            starts_at=datetime(2027, 3, 10, hour, tzinfo=UTC),
            ends_at=datetime(2027, 3, 10, hour + 1, tzinfo=UTC),
        )
        for hour in (9, 13)
    )
    needed = list(overleg.deelnemers.filter(kind__mandatory=True))
    # The first moment: one who must be there says no. The second: somebody else says no.
    for one in needed:
        value = "no" if one == needed[0] else "yes"
        date_poll.answer_dates(deelnemer=one, answers={first.pk: value, second.pk: "if_needed"})
    date_poll.answer_dates(deelnemer=other, answers={first.pk: "yes", second.pk: "no"})
    page = client_of(cast.gemeente).get(url("overleg_detail", casus))
    shown = text_of(page)
    assert page.context["agenda"].best.pk == second.pk
    assert "Beste moment tot nu toe Woensdag 10 maart 2027, 14:00 tot 15:00 uur" in shown
    assert "0 kan, 4 als het moet, 1 kan niet" in shown.lower()
    deelnemers.remove_deelnemer(deelnemer=needed[0], by=cast.gemeente, reason="Verzonnen")
    page = client_of(cast.gemeente).get(url("overleg_detail", casus))
    assert page.context["agenda"].best.pk == first.pk, "wie weg is, telt niet mee"


@pytest.mark.parametrize(
    ("day", "at", "says"),
    [
        ("2027-03-28", "02:30", "Deze tijd bestaat niet"),
        ("2027-10-31", "02:30", "twee keer"),
        ("2027-02-31", "10:00", "datum in die bestaat"),
        ("2027-03-10", "25:00", "tijd in die bestaat"),
        ("2027-03-10", "١٠:٠٠", "tijd in die bestaat"),
        ("2020-03-10", "10:00", "in de toekomst"),
        ("2027-03-10", "12:00", "einde moet na het begin"),
        ("", "", "Vul iets in bij"),
    ],
)
def test_a_moment_that_cannot_be_is_refused(
    cast: Cast, client_of: SignIn, day: str, at: str, says: str
) -> None:
    casus = world.accepted_casus(cast)
    with clock.travel(datetime(2027, 2, 1, 9, tzinfo=UTC)):
        response = client_of(cast.gemeente).post(
            url("date_propose", casus), once(day=day, starts_at=at, ends_at="11:00")
        )
    assert response.status_code == 422
    assert says in text_of(response)
    assert f'value="{day}"' in response.content.decode()
    assert not world.open_overleg(casus).date_options.exists()


def test_propose_and_drop_a_moment(cast: Cast, client_of: SignIn) -> None:
    casus = world.accepted_casus(cast)
    visitor = client_of(cast.coordinator)
    form = once(day="2027-07-01", starts_at="10:00", ends_at="11.30")
    for _ in range(2):
        response = visitor.post(url("date_propose", casus), form)
        assert response.status_code == 302
    option = world.open_overleg(casus).date_options.get()
    # Summer time: ten o'clock in Amsterdam is eight o'clock UTC.
    assert option.starts_at == datetime(2027, 7, 1, 8, 0, tzinfo=UTC)
    assert option.ends_at == datetime(2027, 7, 1, 9, 30, tzinfo=UTC)
    assert visitor.get(url("date_drop", casus, option.pk)).status_code == 405
    visitor.post(url("date_drop", casus, option.pk), once())
    assert not world.open_overleg(casus).date_options.exists()


# --- Fixing the date ------------------------------------------------------------------------


def test_fixing_without_every_mandatory_kind_needs_a_reason(cast: Cast, client_of: SignIn) -> None:
    casus = world.accepted_casus(cast)
    overleg = walk.with_deelnemers(world.open_overleg(casus), cast.gemeente)
    gone = overleg.deelnemers.get(kind__code="clientondersteuner")
    deelnemers.remove_deelnemer(deelnemer=gone, by=cast.gemeente, reason="Verzonnen")
    visitor = client_of(cast.gemeente)
    form = fix(casus)
    response = visitor.post(url("overleg_fix", casus), {**form, "missing_kinds_reason": " "})
    assert response.status_code == 422
    assert "betrokken cliëntondersteuner" in text_of(response)
    assert 'value="Gemeentehuis, zaal 2"' in response.content.decode()
    why = "De inwoner wil geen cliëntondersteuner."
    response = visitor.post(url("overleg_fix", casus), {**form, "missing_kinds_reason": why})
    assert response.status_code == 302
    casus.refresh_from_db()
    assert casus.status == "planned"
    assert why in text_of(visitor.get(url("overleg_detail", casus)))


def test_choosing_a_proposed_moment(cast: Cast, client_of: SignIn) -> None:
    casus = world.accepted_casus(cast)
    overleg = walk.with_deelnemers(world.open_overleg(casus), cast.gemeente)
    option = date_poll.propose_date(
        overleg=overleg, by=cast.gemeente, starts_at=NOON, ends_at=NOON + timedelta(hours=1)
    )
    visitor = client_of(cast.gemeente)
    page = visitor.get(url("overleg_fix", casus), {"moment": option.pk})
    assert f'value="{option.pk}" id="id_option_0" checked' in page.content.decode()
    empty = {"day": "", "starts_at": "", "ends_at": ""}
    response = visitor.post(url("overleg_fix", casus), fix(casus) | {"option": "other", **empty})
    assert response.status_code == 422 and "of kies hierboven een voorgesteld moment" in text_of(
        response
    )
    # What stands in the fields of another moment is of no account once a moment is chosen.
    half = {"day": "31-02-2027", "starts_at": "", "ends_at": "x"}
    response = visitor.post(url("overleg_fix", casus), fix(casus) | {"option": option.pk, **half})
    assert response.status_code == 302
    overleg.refresh_from_db()
    assert (overleg.starts_at, overleg.ends_at) == (NOON, NOON + timedelta(hours=1))


def test_a_foreign_moment_is_no_choice(cast: Cast, client_of: SignIn) -> None:
    casus, other = world.accepted_casus(cast), world.accepted_casus(cast)
    for one in (casus, other):
        overleg = walk.with_deelnemers(world.open_overleg(one), cast.gemeente)
        date_poll.propose_date(
            overleg=overleg, by=cast.gemeente, starts_at=NOON, ends_at=NOON + timedelta(hours=1)
        )
    foreign = world.open_overleg(other).date_options.get()
    form = fix(casus) | {"option": foreign.pk}
    response = client_of(cast.gemeente).post(url("overleg_fix", casus), form)
    assert response.status_code == 422
    assert "antwoord uit de lijst" in text_of(response)
    response = client_of(cast.gemeente).post(url("date_drop", casus, foreign.pk), once())
    assert response.status_code == 404


def test_two_people_fix_at_once_and_the_second_keeps_the_text(
    cast: Cast, client_of: SignIn
) -> None:
    casus = world.accepted_casus(cast)
    walk.with_deelnemers(world.open_overleg(casus), cast.gemeente)
    mine, theirs = fix(casus), fix(casus) | {"place": "Hun zaal"}
    assert client_of(cast.coordinator).post(url("overleg_fix", casus), theirs).status_code == 302
    response = client_of(cast.gemeente).post(url("overleg_fix", casus), mine)
    assert response.status_code == 409
    assert 'value="Gemeentehuis, zaal 2"' in response.content.decode()
    assert "Hun zaal" in text_of(response)
    # What is in the form now carries the new version: sending it again works.
    again = mine | {"version": Casus.objects.get(pk=casus.pk).version}
    assert client_of(cast.gemeente).post(url("overleg_fix", casus), again).status_code == 302


def test_the_same_date_again_is_refused(cast: Cast) -> None:
    overleg = world.planned_casus(cast).overleggen.get()
    with pytest.raises(Refused, match="lagen al zo vast"):
        overleg_actions.fix_date(
            overleg=overleg,
            by=cast.gemeente,
            starts_at=overleg.starts_at,
            ends_at=overleg.ends_at,
            place=overleg.place,
        )


def test_moving_the_date_forgets_who_would_come(cast: Cast) -> None:
    overleg = world.planned_casus(cast).overleggen.get()
    one = overleg.deelnemers.first()
    date_poll.answer_dates(deelnemer=one, answers={}, attendance="yes")
    when = {"starts_at": overleg.starts_at, "ends_at": overleg.ends_at}
    overleg_actions.fix_date(overleg=overleg, by=cast.gemeente, place="Een andere zaal", **when)
    one.refresh_from_db()
    assert one.attendance == "yes", "alleen de zaal veranderde"
    later = {name: moment + timedelta(days=1) for name, moment in when.items()}
    overleg_actions.fix_date(overleg=overleg, by=cast.gemeente, place="Een andere zaal", **later)
    one.refresh_from_db()
    assert one.attendance == "unknown"


def test_cancelling_asks_why_and_goes_back_to_preparing(cast: Cast, client_of: SignIn) -> None:
    casus = world.planned_casus(cast)
    visitor = client_of(cast.gemeente)
    form = once(version=casus.version)
    assert visitor.post(url("overleg_cancel", casus), form).status_code == 422
    form["reason"] = "De zaal is niet beschikbaar."
    assert visitor.post(url("overleg_cancel", casus), form).status_code == 302
    casus.refresh_from_db()
    assert casus.status == "accepted"
    assert casus.due == world.open_overleg(casus).hold_before


# --- The record -----------------------------------------------------------------------------


def planned_and_past(cast: Cast) -> Casus:
    with clock.travel(clock.now() - timedelta(days=10)):
        return world.planned_casus(cast)


def test_record_with_promises(cast: Cast, client_of: SignIn) -> None:
    casus = planned_and_past(cast)
    visitor = client_of(cast.gemeente)
    page = visitor.get(url("overleg_record", casus))
    assert page.content.decode().count("-organisation_name") >= 3
    form = record(casus)
    for _ in range(2):
        assert visitor.post(url("overleg_record", casus), form).status_code == 302
    casus.refresh_from_db()
    promise = Afspraak.objects.get(overleg__casus=casus)
    assert casus.status == "held"
    assert set(Deelnemer.objects.values_list("present", flat=True)) == {True}
    assert (promise.text, promise.function, promise.position) == (
        "Regelt een plek.",
        "directeur",
        1,
    )


def test_who_was_there_is_kept(cast: Cast, client_of: SignIn) -> None:
    """Who said to come stands ticked already; at least one was there."""
    casus = planned_and_past(cast)
    overleg = world.open_overleg(casus)
    first, *others = walk.seated(overleg)
    assert others
    Deelnemer.objects.filter(pk=first).update(attendance="yes")
    visitor, address = client_of(cast.gemeente), url("overleg_record", casus)
    assert visitor.get(address).context["form"]["present"].value() == [first]
    nobody = visitor.post(address, record(casus, present=[]))
    assert nobody.status_code == 422 and "Kruis aan wie er bij" in text_of(nobody)
    with pytest.raises(Refused, match="Kruis aan"):
        walk.held(overleg, cast.gemeente, present=[])
    strange = visitor.post(address, record(casus, present=[first, 10**9]))
    assert strange.status_code == 422
    assert visitor.post(address, record(casus, present=[first])).status_code == 302
    assert set(overleg.deelnemers.values_list("pk", "present")) == {
        (first, True),
        *((pk, False) for pk in others),
    }
    page = text_of(visitor.get(url("overleg_detail", casus)))
    assert page.count("Was erbij") == 1 and page.count("Was er niet") == len(others)


def test_another_row_keeps_everything_and_says_nothing_yet(cast: Cast, client_of: SignIn) -> None:
    casus = planned_and_past(cast)
    visitor = client_of(cast.gemeente)
    form = record(casus, solution_text="", held_on="31-02-2026") | {
        "more": "1",
        "way": "Rustig",
        "afspraken-2-text": "Half ingevuld",
        "plan_verdict": "returned",
    }
    response = visitor.post(url("overleg_record", casus), form)
    html = response.content.decode()
    assert response.status_code == 200
    assert 'name="afspraken-3-text"' in html and 'name="afspraken-4-text"' not in html
    assert "error-summary" not in html and "Fout:" not in html
    for kept in ("31-02-2026", "Rustig", "Half ingevuld", "Regelt een plek.", form["request_id"]):
        assert str(kept) in html
    assert 'value="returned" id="id_plan_verdict_1" checked' in html
    assert not Afspraak.objects.exists()
    casus.refresh_from_db()
    assert casus.status == "planned"


def test_the_rows_do_not_grow_without_end(cast: Cast, client_of: SignIn) -> None:
    casus = planned_and_past(cast)
    visitor = client_of(cast.gemeente)
    response = visitor.post(url("overleg_record", casus), record(casus, rows=40) | {"more": "1"})
    assert "afspraken-40-text" not in response.content.decode()
    for total in ("2000000000", "-1", "x", ""):
        form = record(casus) | {"afspraken-TOTAL_FORMS": total}
        assert visitor.post(url("overleg_record", casus), form | {"more": "1"}).status_code == 200
    casus.refresh_from_db()
    assert casus.status == "planned"


@pytest.mark.parametrize("total", ["2000000000", "-1", "0", "x", ""])
def test_a_wrong_number_of_rows_loses_no_afspraak(
    cast: Cast, client_of: SignIn, total: str
) -> None:
    casus = planned_and_past(cast)
    form = record(casus) | {"afspraken-TOTAL_FORMS": total}
    response = client_of(cast.gemeente).post(url("overleg_record", casus), form)
    assert response.status_code == 302
    assert Afspraak.objects.get().text == "Regelt een plek."


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"held_on": "2099-01-01"}, "ligt nog in de toekomst"),
        ({"held_on": "2001-01-01"}, "voor de opdracht"),
        ({"solution_text": "   "}, "Vul iets in"),
        ({"solution": "miracle"}, "antwoord uit de lijst"),
        ({"afspraken-0-due": "2001-01-01"}, "voor de datum van het overleg"),
        ({"afspraken-1-text": "Wie doet dit?"}, "Vul bij afspraak 2 iets in: “Uiterlijk op”"),
        ({"afspraken-0-text": "Bel 06-12345678"}, "lijkt op een telefoonnummer"),
        ({"way": "x" * 10_001}, "Maak de tekst korter"),
    ],
)
def test_a_wrong_record_keeps_the_text(
    cast: Cast, client_of: SignIn, changes: dict[str, str], says: str
) -> None:
    casus = planned_and_past(cast)
    response = client_of(cast.gemeente).post(
        url("overleg_record", casus), record(casus, pace="Vier weken") | changes
    )
    assert response.status_code == 422
    assert says in text_of(response)
    assert "Vier weken" in response.content.decode()
    assert "<title>Fout: " in response.content.decode()
    casus.refresh_from_db()
    assert casus.status == "planned"


def test_a_solution_needs_a_promise_and_none_does_not(cast: Cast, client_of: SignIn) -> None:
    casus = planned_and_past(cast)
    visitor = client_of(cast.gemeente)
    empty = dict.fromkeys(
        [f"afspraken-0-{name}" for name in ("text", "organisation_name", "function", "due")], ""
    )
    response = visitor.post(url("overleg_record", casus), record(casus) | empty)
    assert response.status_code == 422 and "minstens één afspraak" in text_of(response)
    response = visitor.post(
        url("overleg_record", casus), record(casus) | empty | {"solution": "none"}
    )
    assert response.status_code == 302


def test_the_override_of_a_row_is_logged(cast: Cast, client_of: SignIn) -> None:
    from audit.models import AuditEntry

    casus = planned_and_past(cast)
    visitor = client_of(cast.gemeente)
    form = record(casus) | {"afspraken-0-text": "Meld u bij 7511 JM 17"}
    response = visitor.post(url("overleg_record", casus), form)
    seen = re.search(
        r'name="afspraken-0-screening_seen" value="([^"]+)"', response.content.decode()
    )
    assert response.status_code == 422 and seen
    form |= {
        "afspraken-0-screening_seen": seen[1],
        "afspraken-0-screening_override": "on",
        "afspraken-0-screening_reason": "Dit is het gemeentehuis.",
    }
    assert visitor.post(url("overleg_record", casus), form).status_code == 302
    assert AuditEntry.objects.filter(object_id=casus.code, part="screening:text").count() == 1
    assert "Dit is het gemeentehuis." in casus.events.get(kind="explained").text


def test_promises_are_kept_or_lapse_with_a_reason(cast: Cast, client_of: SignIn) -> None:
    casus = world.held_casus(cast)
    promise = Afspraak.objects.get(overleg__casus=casus)
    visitor = client_of(cast.gemeente)
    page = url("afspraak_change", casus, promise.pk)
    response = visitor.post(page, once(state="dropped", note=""))
    assert response.status_code == 422 and "Leg uit waarom de afspraak vervalt" in text_of(response)
    assert visitor.post(page, once(state="done", note="Gelukt.")).status_code == 302
    promise.refresh_from_db()
    assert promise.state == "done"
    assert "Gedaan" in text_of(visitor.get(url("overleg_detail", casus)))
    assert (
        visitor.get(url("afspraak_change", world.held_casus(cast), promise.pk)).status_code == 404
    )


def test_a_promise_that_was_written_down_wrongly_is_put_right(
    cast: Cast, client_of: SignIn
) -> None:
    casus = world.held_casus(cast)
    promise = Afspraak.objects.get(overleg__casus=casus)
    visitor, old = client_of(cast.gemeente), promise.text
    page = url("afspraak_correct", casus, promise.pk)
    assert url("afspraak_correct", casus, promise.pk) in (
        visitor.get(url("afspraak_change", casus, promise.pk)).content.decode()
    )
    assert old in visitor.get(page).content.decode()
    form = {
        "text": "Juist opgeschreven.",
        "organisation_name": promise.organisation_name,
        "function": promise.function,
        "due": promise.due,
        "version": promise.version,
    }
    too_early = form | {"due": promise.overleg.held_on - timedelta(days=1)}
    assert visitor.post(page, once(**too_early)).status_code == 422
    assert visitor.post(page, once(**form)).status_code == 302
    promise.refresh_from_db()
    assert promise.text == "Juist opgeschreven." and promise.state == "open"
    (event,) = casus.events.filter(kind="afspraak")
    assert [(one["old"], one["new"]) for one in event.changes] == [(old, "Juist opgeschreven.")]
    # Whoever had the page open from before is told, and keeps the text.
    late = visitor.post(page, once(**form | {"text": "Te laat."}))
    assert late.status_code == 409 and "Te laat." in late.content.decode()


# --- Afterwards -----------------------------------------------------------------------------


def test_back_to_a_tafel_with_advice(cast: Cast, client_of: SignIn) -> None:
    casus = world.held_casus(cast)
    tafel = cast.tafel(1)
    form = once(version=casus.version, tafel=tafel.slug)
    visitor = client_of(cast.coordinator)
    response = visitor.post(url("casus_return", casus), form)
    assert response.status_code == 422
    assert (
        visitor.post(
            url("casus_return", casus), form | {"tafel": "escalatieoverleg", "advice": "x"}
        ).status_code
        == 422
    )
    response = visitor.post(url("casus_return", casus), form | {"advice": "Begin bij de triage."})
    assert response.status_code == 302
    casus.refresh_from_db()
    assert casus.status == "active"
    event = casus.events.get(kind="returned_to_region")
    assert str(tafel) in event.title and event.text == "Begin bij de triage."
    # The overleg stays readable, with its promises.
    assert "vaste begeleider" in text_of(visitor.get(url("overleg_detail", casus)))


def test_back_to_the_gemeente(cast: Cast, client_of: SignIn) -> None:
    casus = world.held_casus(cast)
    form = once(version=casus.version, tafel="gemeente", advice="Ga door met het plan.")
    assert client_of(cast.gemeente).post(url("casus_return", casus), form).status_code == 302
    assert casus.events.get(kind="returned_to_region").title.endswith("gemeente Enschede")


def test_trede_4_only_without_solution(cast: Cast, client_of: SignIn) -> None:
    casus = world.held_casus(cast)
    visitor = client_of(cast.gemeente)
    assert "Trede 4 kan alleen na een overleg zonder oplossing" in text_of(
        visitor.get(url("overleg_detail", casus))
    )
    count = len(nomination_rules.trede_4_conditions())
    form = once(
        version=casus.version,
        checklist=[str(number) for number in range(1, count + 1)],
        motivation="Er is echt niets meer.",
    )
    response = visitor.post(url("casus_nominate", casus), form)
    assert response.status_code == 422
    assert "alleen na een overleg zonder oplossing" in text_of(response)
    assert "Er is echt niets meer." in response.content.decode()


def test_trede_4_with_every_condition_and_the_answer(cast: Cast, client_of: SignIn) -> None:
    casus = world.held_casus(cast, solution="none")
    Procesafspraak.objects.filter(code="voorwaarden_trede_4").update(
        text="- Het dossier is compleet.\n\n- De inwoner weet ervan.\n"
    )
    visitor = client_of(cast.gemeente)
    page = text_of(visitor.get(url("casus_nominate", casus)))
    assert "Het dossier is compleet." in page and "De inwoner weet ervan." in page
    assert "Cliëntondersteuning is nog niet aangeboden" in page  # and it blocks nothing (O-17)
    form = once(version=casus.version, checklist=["1"], motivation="Alleen de minister kan dit.")
    response = visitor.post(url("casus_nominate", casus), form)
    assert response.status_code == 422 and "bij elke voorwaarde" in text_of(response)
    form["checklist"] = ["1", "2"]
    assert visitor.post(url("casus_nominate", casus), form).status_code == 302
    casus.refresh_from_db()
    assert casus.status == "nominated"
    nomination = casus.overleggen.get().nomination
    assert nomination.checklist == ["Het dossier is compleet.", "De inwoner weet ervan."]
    assert "Alleen de minister kan dit." in text_of(visitor.get(url("overleg_detail", casus)))

    early = clock.today() - timedelta(days=30)
    answer = once(version=casus.version, answer="Het verzoek is ingewilligd.", answered_on=early)
    response = visitor.post(url("nomination_answer", casus), answer)
    assert response.status_code == 422 and "voor de voordracht" in text_of(response)
    answer["answered_on"] = clock.today()
    assert visitor.post(url("nomination_answer", casus), answer).status_code == 302
    casus.refresh_from_db()
    assert casus.status == "active"
    assert "Het verzoek is ingewilligd." in text_of(visitor.get(url("overleg_detail", casus)))


def test_the_paragraph_of_the_region_becomes_a_checklist(cast: Cast) -> None:
    conditions = nomination_rules.trede_4_conditions()
    assert len(conditions) == 4
    assert conditions[0].startswith("Er is een escalatieoverleg geweest")


def test_a_second_overleg_shows_the_first_one_as_earlier(cast: Cast, client_of: SignIn) -> None:
    casus = world.held_casus(cast)
    overleg_actions.return_to_region(casus=casus, by=cast.gemeente, advice="Verder in de regio.")
    walk.submitted(casus, cast.procesmanager)
    walk.accepted(casus, cast.coordinator)
    response = client_of(cast.gemeente).get(url("overleg_detail", casus))
    shown = text_of(response)
    assert "Bereid het overleg voor" in shown
    assert "Eerder overleg" in shown and "Zorgt voor een vaste begeleider" in shown
    assert response.context["earlier"][0]["overleg"].held_on == clock.today()
    assert isinstance(response.context["overleg"].hold_before, date)
