"""The leersessie and its lessons over HTTP."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from directory.models import Theme, User
from escalation.overleg import actions as overleg_actions
from learning import work
from learning.actions import leersessies, terugkoppelingen
from learning.models import Leersessie, Lesson, Terugkoppeling
from learning.year import leersessie_year
from rdm.lib import clock
from rdm.lib.refusal import Conflict, Forbidden, Refused
from rdm.lib.work import by_urgency
from tests.cast import Cast
from tests.world import (
    FOUR_TEXTS,
    draft_terugkoppeling,
    held_casus,
    planned_leersessie,
    submitted_terugkoppeling,
)


def posted(version: int | None = None, **fields: object) -> dict[str, object]:
    data: dict[str, object] = {"request_id": str(uuid4()), **fields}
    return data if version is None else {**data, "version": str(version)}


@pytest.fixture
def leersessie(cast: Cast) -> Leersessie:
    return planned_leersessie(cast)


@pytest.fixture
def lesson(cast: Cast, leersessie: Leersessie) -> Lesson:
    return leersessies.add_lesson(
        by=cast.themagroep,
        theme=Theme.objects.all()[0],
        level="landelijk",
        text="Verzonnen leerpunt.",
        owner="themagroep",
        leersessie=leersessie,
    )


def test_planning_with_input(cast: Cast, client_of) -> None:
    chosen = submitted_terugkoppeling(cast)
    client = client_of(cast.coordinator)
    data = posted(
        0,
        title="Leersessie",
        held_on="2026-12-01",
        place="",
        agenda="",
        terugkoppelingen=[chosen.pk],
    )
    answer = client.post(reverse("leersessie_plan"), data)
    made = Leersessie.objects.get()
    assert answer.headers["Location"] == reverse("leersessie_detail", args=[made.pk])
    assert list(made.terugkoppelingen.all()) == [chosen]
    page = client.get(answer.headers["Location"]).content.decode()
    assert chosen.overleg.casus.code in page


def test_cases_that_returned_to_the_tafels_are_suggested_first(cast: Cast, client_of) -> None:
    with clock.travel(datetime(2026, 3, 2, 9, tzinfo=UTC)):
        returned = _submitted(cast)
        overleg_actions.return_to_region(
            casus=returned.overleg.casus, by=cast.procesmanager, advice="Verzonnen advies."
        )
    with clock.travel(datetime(2026, 5, 4, 9, tzinfo=UTC)):
        newer = _submitted(cast)
    page = client_of(cast.coordinator).get(reverse("leersessie_plan")).content.decode()
    first, second = (page.index(one.overleg.casus.code) for one in (returned, newer))
    assert first < second
    assert page.count("Voorgesteld: ") == 1


def _submitted(cast: Cast) -> Terugkoppeling:
    found = terugkoppelingen.open_for(overleg=held_casus(cast).overleggen.get(), by=cast.gemeente)
    terugkoppelingen.submit(terugkoppeling=found, by=cast.gemeente, texts=FOUR_TEXTS)
    return found


def test_a_draft_is_no_input(cast: Cast, client_of) -> None:
    draft = draft_terugkoppeling(cast)
    data = posted(0, title="L", held_on="2026-12-01", terugkoppelingen=[draft.pk])
    answer = client_of(cast.coordinator).post(reverse("leersessie_plan"), data)
    assert answer.status_code == 422 and not Leersessie.objects.exists()
    with pytest.raises(Refused):
        leersessies.plan(
            by=cast.coordinator, title="L", held_on=clock.today(), terugkoppelingen=[draft]
        )


def test_changing_keeps_the_ticks_and_refuses_an_old_version(
    cast: Cast, client_of, leersessie: Leersessie
) -> None:
    edit = reverse("leersessie_edit", args=[leersessie.pk])
    client = client_of(cast.coordinator)
    assert "checked" in client.get(edit).content.decode()
    old = leersessie.version
    data = {"title": "Nieuwe naam", "held_on": "2026-12-03", "place": "Almelo", "agenda": ""}
    assert client.post(edit, posted(old, **data)).status_code == 302
    leersessie.refresh_from_db()
    assert leersessie.title == "Nieuwe naam" and not leersessie.terugkoppelingen.exists()
    answer = client.post(edit, posted(old, **{**data, "title": "Te laat"}))
    assert answer.status_code == 409
    assert "Te laat" in answer.content.decode() and "Nieuwe naam" in answer.content.decode()


def test_holding_needs_who_came_and_what_came_out(
    cast: Cast, client_of, leersessie: Leersessie
) -> None:
    hold = reverse("leersessie_hold", args=[leersessie.pk])
    client = client_of(cast.themagroep)
    for missing in ({"attendees": "projectleider"}, {"conclusions": "Verzonnen."}):
        assert client.post(hold, posted(leersessie.version, **missing)).status_code == 422
    data = posted(leersessie.version, attendees="projectleider", conclusions="Verzonnen uitkomst.")
    assert client.post(hold, data).status_code == 302
    leersessie.refresh_from_db()
    assert (leersessie.status, leersessie.attendees) == ("held", "projectleider")
    assert client.get(hold).status_code == 403
    assert client.get(reverse("leersessie_edit", args=[leersessie.pk])).status_code == 403


def test_a_session_in_the_future_cannot_be_held(cast: Cast) -> None:
    made = leersessies.plan(by=cast.coordinator, title="L", held_on=date(2099, 1, 5))
    with pytest.raises(Refused):
        leersessies.hold(
            leersessie=made, by=cast.coordinator, attendees="projectleider", conclusions="x"
        )


def test_cancelling_needs_a_reason(cast: Cast, client_of, leersessie: Leersessie) -> None:
    cancel = reverse("leersessie_cancel", args=[leersessie.pk])
    client = client_of(cast.coordinator)
    assert client.post(cancel, posted(leersessie.version)).status_code == 422
    data = posted(leersessie.version, reason="Verzonnen: te weinig mensen.")
    assert client.post(cancel, data).status_code == 302
    page = client.get(reverse("leersessie_detail", args=[leersessie.pk])).content.decode()
    assert "te weinig mensen" in page and "Voeg een leerpunt toe" not in page
    assert client.get(reverse("lesson_add", args=[leersessie.pk])).status_code == 403


@pytest.mark.parametrize("source", ["leersessie", "terugkoppeling"])
def test_adding_a_lesson(cast: Cast, client_of, leersessie: Leersessie, source: str) -> None:
    report = leersessie.terugkoppelingen.get()
    address = (
        reverse("lesson_add", args=[leersessie.pk])
        if source == "leersessie"
        else reverse("lesson_add_from", args=[report.overleg.casus.code, report.pk])
    )
    client = client_of(cast.portefeuillehouder)
    assert client.get(address).status_code == 200
    data = posted(
        text="Verzonnen leerpunt.",
        theme=Theme.objects.all()[0].code,
        level="landelijk",
        owner="themagroep",
        due="2026-12-31",
    )
    assert client.post(address, {**data, "owner": ""}).status_code == 422
    assert client.post(address, data).status_code == 302
    lesson = Lesson.objects.get()
    assert (lesson.leersessie is not None) == (source == "leersessie")
    assert (lesson.terugkoppeling is not None) == (source == "terugkoppeling")
    listing = client.get(reverse("lesson_list"), {"niveau": "landelijk"}).content.decode()
    assert "Verzonnen leerpunt." in listing
    assert "Verzonnen leerpunt." not in (
        client.get(reverse("lesson_list"), {"niveau": "regio"}).content.decode()
    )


def test_a_lesson_ends_with_what_came_of_it(cast: Cast, client_of, lesson: Lesson) -> None:
    client = client_of(cast.themagroep)

    def move(word: str, **fields: object) -> int:
        lesson.refresh_from_db()
        address = reverse("lesson_move", args=[lesson.pk, word])
        return client.post(address, posted(lesson.version, **fields)).status_code

    assert move("oppakken") == 302
    assert move("afronden") == 422
    assert move("afronden", result="Verzonnen: de regels zijn aangepast.") == 302
    detail = client.get(reverse("lesson_detail", args=[lesson.pk])).content.decode()
    assert "de regels zijn aangepast" in detail
    assert move("oppakken") == 422  # it ended; the action says why
    assert client.get(reverse("lesson_move", args=[lesson.pk, "oppakken"])).status_code == 403
    assert move("heropenen") == 302
    assert client.get(reverse("lesson_move", args=[lesson.pk, "onzin"])).status_code == 404


def test_what_a_lesson_says_is_put_right_until_it_ended(
    cast: Cast, client_of, lesson: Lesson
) -> None:
    client = client_of(cast.themagroep)
    page = reverse("lesson_correct", args=[lesson.pk])
    assert page in client.get(reverse("lesson_detail", args=[lesson.pk])).content.decode()
    assert lesson.text in client.get(page).content.decode()
    right = {
        "text": "Verzonnen, maar juist.",
        "theme": lesson.theme.code,
        "level": "landelijk",
        "owner": "stuurgroep",
        "due": "",
    }
    old = lesson.version
    assert client.post(page, posted(old, **right)).status_code == 302
    lesson.refresh_from_db()
    assert (lesson.text, lesson.level, lesson.owner) == (
        "Verzonnen, maar juist.",
        "landelijk",
        "stuurgroep",
    )
    assert client.post(page, posted(old, **right | {"owner": "te laat"})).status_code == 409
    leersessies.move_lesson(lesson=lesson, by=cast.themagroep, name="finish_lesson", result="x")
    lesson.refresh_from_db()
    assert client.get(page).status_code == 403
    assert client.post(page, posted(lesson.version, **right)).status_code == 422


def test_two_people_move_a_lesson(cast: Cast, lesson: Lesson) -> None:
    old = lesson.version
    leersessies.move_lesson(lesson=lesson, by=cast.themagroep, name="pick_up_lesson")
    with pytest.raises(Conflict):
        leersessies.move_lesson(
            lesson=lesson, by=cast.coordinator, name="finish_lesson", result="x", version=old
        )


@pytest.mark.parametrize("who", ["gemeente", "procesmanager", "aanmelder", "admin"])
def test_sessions_are_for_the_region(
    cast: Cast, client_of, leersessie: Leersessie, lesson: Lesson, who: str
) -> None:
    client = client_of(getattr(cast, who))
    for name, args in (
        ("leersessie_list", []),
        ("leersessie_plan", []),
        ("leersessie_detail", [leersessie.pk]),
        ("lesson_list", []),
        ("lesson_detail", [lesson.pk]),
        ("lesson_move", [lesson.pk, "oppakken"]),
        ("lesson_add", [leersessie.pk]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 403, name


def test_the_portefeuillehouder_reads_and_does_not_organise(
    cast: Cast, client_of, leersessie: Leersessie
) -> None:
    client = client_of(cast.portefeuillehouder)
    assert client.get(reverse("leersessie_detail", args=[leersessie.pk])).status_code == 200
    for name in ("leersessie_edit", "leersessie_hold", "leersessie_cancel"):
        assert client.get(reverse(name, args=[leersessie.pk])).status_code == 403
    with pytest.raises(Forbidden):
        leersessies.plan(by=cast.portefeuillehouder, title="L", held_on=clock.today())


@pytest.mark.parametrize(
    ("today", "label"),
    [
        ((2026, 8, 31), "nog te plannen"),
        ((2026, 9, 1), "in gevaar"),
        ((2027, 1, 5), "niet gehaald"),
    ],
)
def test_a_year_without_a_session_is_at_risk_from_september(
    cast: Cast, client_of, today: tuple[int, int, int], label: str
) -> None:
    with clock.travel(datetime(*today, 10, tzinfo=UTC)):
        assert leersessie_year(2026).label == label
        titles = {one.title for one in work.for_user(cast.coordinator)}
        assert ("Plan de leersessie van 2026" in titles) == (label == "in gevaar")


def test_the_next_session_and_late_lessons_wait_for_who_may_do_something(cast: Cast) -> None:
    def mine(user: User) -> list[tuple[str, date | None]]:
        items = by_urgency(work.for_user(user))
        return [(one.kind, one.due) for one in items if one.kind.startswith("leer")]

    theme = Theme.objects.all()[0]

    def lesson(due: date | None) -> Lesson:
        return leersessies.add_lesson(
            by=cast.themagroep,
            theme=theme,
            level="regio",
            text="Verzonnen leerpunt.",
            owner="themagroep",
            due=due,
            leersessie=past,
        )

    with clock.travel(datetime(2026, 6, 1, 10, tzinfo=UTC)):
        past = leersessies.plan(by=cast.coordinator, title="Geweest", held_on=date(2026, 6, 1))
        for day in (date(2026, 11, 24), date(2026, 12, 1)):
            leersessies.plan(by=cast.coordinator, title="L", held_on=day)
        late, done = lesson(date(2026, 11, 11)), lesson(date(2026, 11, 1))
        leersessies.move_lesson(lesson=late, by=cast.themagroep, name="pick_up_lesson")
        leersessies.move_lesson(
            lesson=done, by=cast.themagroep, name="finish_lesson", result="Verzonnen."
        )
        lesson(None)
    with clock.travel(datetime(2026, 11, 23, 10, tzinfo=UTC)):
        lessons = [("leerpunt", date(2026, 11, 11)), ("leerpunt", None)]
        sessions = [("leersessie-voorbereiden", date(2026, 11, 24)), ("leersessie-afronden", None)]
        assert mine(cast.portefeuillehouder) == lessons
        for organiser in (cast.themagroep, cast.coordinator):
            assert sorted(map(str, mine(organiser))) == sorted(map(str, lessons + sessions))
        assert mine(cast.procesmanager) == []


def test_many_lessons_leave_room_for_other_work(cast: Cast, client_of) -> None:
    session = planned_leersessie(cast)
    for number in range(8):
        leersessies.add_lesson(
            by=cast.themagroep,
            theme=Theme.objects.all()[0],
            level="regio",
            text=f"Verzonnen leerpunt {number}.",
            owner="themagroep",
            due=clock.today() - timedelta(days=number),
            leersessie=session,
        )
    items = [one for one in work.for_user(cast.themagroep) if one.kind.startswith("leerpunt")]
    assert [one.kind for one in items] == ["leerpunt"] * work.MOST_LESSONS + ["leerpunten"]
    # The way to the others leads to all that is not ready, the latest first.
    page = client_of(cast.themagroep).get(items[-1].url)
    assert [row[0]["text"] for row in page.context["rows"]] == [
        f"Verzonnen leerpunt {number}." for number in range(7, -1, -1)
    ]


def test_a_planned_or_held_session_takes_the_risk_away(cast: Cast) -> None:
    with clock.travel(datetime(2026, 10, 1, 10, tzinfo=UTC)):
        made = leersessies.plan(by=cast.coordinator, title="L", held_on=date(2026, 10, 1))
        assert leersessie_year(2026).label == "gepland"
        leersessies.hold(
            leersessie=made, by=cast.coordinator, attendees="projectleider", conclusions="x"
        )
        assert leersessie_year(2026).label == "gehaald"
