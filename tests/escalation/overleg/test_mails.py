"""What deelnemers get in their mailbox and calendar, and what they never get."""

from __future__ import annotations

from datetime import timedelta

import pytest
from icalendar import Calendar

from demo import walk
from directory.models import DeelnemerKind
from escalation.coordination.decisions import actions as coordination
from escalation.dossier.timeline import actions as timeline
from escalation.models import Casus, Deelnemer, Event, Overleg
from escalation.overleg import actions as overleg_actions
from escalation.overleg.date_poll import actions as date_poll
from escalation.overleg.deelnemers import actions as deelnemers
from escalation.overleg.nomination import actions as nominations
from escalation.overleg.nomination import rules as nomination_rules
from escalation.overleg.outcome import actions as outcomes
from outbox.models import Message
from rdm.lib import clock
from tests import world
from tests.cast import Cast

HOUR = timedelta(hours=1)


def fix(overleg: Overleg, cast: Cast, days: int, place: str = "Zaal 1") -> Overleg:
    """Fix the date, so many days from now; who misses, misses with a reason."""
    start = (clock.now() + timedelta(days=days)).replace(microsecond=0)
    overleg_actions.fix_date(
        overleg=overleg,
        by=cast.gemeente,
        starts_at=start,
        ends_at=start + HOUR,
        place=place,
        missing_kinds_reason="Verzonnen reden.",
    )
    return overleg


def items_of(email: str) -> list[tuple[str, int, str]]:
    """Method, sequence and status of every calendar item this address got, in order."""
    found = []
    for message in Message.objects.filter(to=email).exclude(ical="").order_by("pk"):
        calendar = Calendar.from_ical(message.ical)
        (item,) = calendar.walk("VEVENT")
        assert calendar["METHOD"] == message.ical_method
        assert str(item["ATTENDEE"]) == f"mailto:{email}"
        found.append((message.ical_method, int(item["SEQUENCE"]), str(item["STATUS"])))
    return found


def uids_of(email: str) -> list[str]:
    """The UID of every calendar item this address got, in order."""
    messages = Message.objects.filter(to=email).exclude(ical="").order_by("pk")
    return [str(Calendar.from_ical(one.ical).walk("VEVENT")[0]["UID"]) for one in messages]


def last_item(email: str) -> object:
    message = Message.objects.filter(to=email).exclude(ical="").latest("pk")
    (item,) = Calendar.from_ical(message.ical).walk("VEVENT")
    return item


@pytest.fixture
def overleg(cast: Cast) -> Overleg:
    return walk.with_deelnemers(world.open_overleg(world.accepted_casus(cast)), cast.gemeente)


ONE, TWO = "deelnemer1@voorbeeld.example", "deelnemer2@voorbeeld.example"


def test_fix_move_cancel_and_fix_again_count_up_with_one_uid(cast: Cast, overleg: Overleg) -> None:
    uids = set()

    def note() -> None:
        uids.add(str(last_item(ONE)["UID"]))  # type: ignore[index]

    fix(overleg, cast, 5)
    note()
    fix(overleg, cast, 6, "Zaal 2")
    note()
    overleg_actions.cancel_date(overleg=overleg, by=cast.gemeente, reason="Verzonnen")
    note()
    fix(Overleg.objects.get(pk=overleg.pk), cast, 8)
    note()
    assert items_of(ONE) == [
        ("REQUEST", 0, "CONFIRMED"),
        ("REQUEST", 1, "CONFIRMED"),
        ("CANCEL", 2, "CANCELLED"),
        ("REQUEST", 3, "CONFIRMED"),
    ]
    assert len(uids) == 1
    subjects = Message.objects.filter(to=ONE).exclude(ical="").order_by("pk")
    assert [one.subject.split(":")[0] for one in subjects] == [
        "Uitnodiging",
        "Gewijzigd",
        "Afgezegd",
        "Uitnodiging",
    ]


def test_the_item_says_when_and_where_and_is_confidential(cast: Cast, overleg: Overleg) -> None:
    fix(overleg, cast, 5, "Gemeentehuis, zaal 7")
    item = last_item(ONE)
    assert item["SUMMARY"] == f"Escalatieoverleg {overleg.casus.code}"  # type: ignore[index]
    assert item["LOCATION"] == "Gemeentehuis, zaal 7"  # type: ignore[index]
    assert item["CLASS"] == "CONFIDENTIAL"  # type: ignore[index]
    start = item["DTSTART"].dt  # type: ignore[index]
    assert start == overleg.starts_at and start.tzinfo is not None
    assert item["DTEND"].dt - start == HOUR  # type: ignore[index]


def test_a_removed_deelnemer_gets_the_cancellation_alone(cast: Cast, overleg: Overleg) -> None:
    fix(overleg, cast, 5)
    gone = overleg.deelnemers.get(email=ONE)
    deelnemers.remove_deelnemer(deelnemer=gone, by=cast.gemeente, reason="Verzonnen")
    assert items_of(ONE) == [("REQUEST", 0, "CONFIRMED"), ("CANCEL", 1, "CANCELLED")]
    assert items_of(TWO) == [("REQUEST", 0, "CONFIRMED")]
    fix(Overleg.objects.get(pk=overleg.pk), cast, 6)
    assert items_of(TWO)[-1] == ("REQUEST", 1, "CONFIRMED")
    assert len(items_of(ONE)) == 2, "wie weg is, hoort niets meer"


def test_back_on_the_list_the_invitation_is_a_new_item(cast: Cast, overleg: Overleg) -> None:
    fix(overleg, cast, 5)
    gone = overleg.deelnemers.get(email=ONE)
    deelnemers.remove_deelnemer(deelnemer=gone, by=cast.gemeente, reason="Verzonnen")
    deelnemers.add_deelnemer(
        overleg=Overleg.objects.get(pk=overleg.pk),
        by=cast.gemeente,
        new=deelnemers.NewDeelnemer(
            kind=gone.kind,
            name=gone.name,
            function=gone.function,
            email=ONE,
            organisation_name="Verzonnen",
        ),
    )
    assert [method for method, *_ in items_of(ONE)] == ["REQUEST", "CANCEL", "REQUEST"]
    first, called_off, again = uids_of(ONE)
    assert first == called_off != again
    subject = Message.objects.filter(to=ONE).exclude(ical="").latest("pk").subject
    assert subject.startswith("Uitnodiging")


def test_two_people_with_one_mailbox_have_an_item_each(cast: Cast, overleg: Overleg) -> None:
    first, second = overleg.deelnemers.all()[:2]
    deelnemers.update_deelnemer(
        deelnemer=second, by=cast.gemeente, new=as_new(second, email=first.email)
    )
    fix(overleg, cast, 5)
    one, two = Message.objects.filter(to=first.email).exclude(ical="").order_by("pk")
    assert len(set(uids_of(first.email))) == 2
    assert {mail.body.splitlines()[0] for mail in (one, two)} == {
        f"Beste {first.name},",
        f"Beste {second.name},",
    }
    # Their calendar says whose it is, and taking one off the list leaves the other.
    for mail, name in ((one, first.name), (two, second.name)):
        (item,) = Calendar.from_ical(mail.ical).walk("VEVENT")
        assert item["ATTENDEE"].params["CN"] == name and name in item["DESCRIPTION"]
    deelnemers.remove_deelnemer(deelnemer=second, by=cast.gemeente, reason="Verzonnen")
    uids = uids_of(first.email)
    assert uids[2] == uids[1] != uids[0]
    assert items_of(first.email)[2] == ("CANCEL", 1, "CANCELLED")


def test_a_wrong_address_is_called_back_there_and_asked_here(cast: Cast, overleg: Overleg) -> None:
    fix(overleg, cast, 5)
    one = overleg.deelnemers.get(email=ONE)
    right = "juist@voorbeeld.example"
    deelnemers.update_deelnemer(deelnemer=one, by=cast.gemeente, new=as_new(one, email=right))
    assert items_of(ONE) == [("REQUEST", 0, "CONFIRMED"), ("CANCEL", 1, "CANCELLED")]
    assert items_of(right) == [("REQUEST", 2, "CONFIRMED")]
    assert items_of(TWO) == [("REQUEST", 0, "CONFIRMED")]
    called_back = Message.objects.filter(to=ONE).latest("pk")
    assert "een ander e-mailadres" in called_back.body and "/antwoord/" not in called_back.body
    assert Message.objects.filter(to=right).get().subject.startswith("Uitnodiging")


def as_new(deelnemer: Deelnemer, **changes: object) -> deelnemers.NewDeelnemer:
    names = deelnemers.NewDeelnemer.__dataclass_fields__
    return deelnemers.NewDeelnemer(
        **{name: getattr(deelnemer, name) for name in names} | changes  # type: ignore[arg-type]
    )


def test_removed_before_the_date_gets_no_calendar_item(cast: Cast, overleg: Overleg) -> None:
    gone = overleg.deelnemers.get(email=ONE)
    deelnemers.remove_deelnemer(deelnemer=gone, by=cast.gemeente, reason="Verzonnen")
    actions_kind = DeelnemerKind.objects.get(pk=gone.kind_id)
    deelnemers.add_deelnemer(
        overleg=overleg,
        by=cast.gemeente,
        new=deelnemers.NewDeelnemer(
            kind=actions_kind,
            name="Vervanger",
            function="directeur",
            email="vervanger@voorbeeld.example",
            organisation_name="Verzonnen",
        ),
    )
    fix(overleg, cast, 5)
    assert items_of(ONE) == []
    assert items_of("vervanger@voorbeeld.example") == [("REQUEST", 0, "CONFIRMED")]


def test_a_revoked_link_is_in_no_mail(cast: Cast, overleg: Overleg) -> None:
    deelnemers.revoke_link(deelnemer=overleg.deelnemers.get(email=ONE), by=cast.gemeente)
    fix(overleg, cast, 5)
    bodies = {
        email: Message.objects.filter(to=email).exclude(ical="").get().body for email in (ONE, TWO)
    }
    assert "/overleg/antwoord/" in bodies[TWO]
    assert "/overleg/antwoord/" not in bodies[ONE]


def test_a_new_link_after_the_date_is_fixed_asks_who_comes(cast: Cast, overleg: Overleg) -> None:
    fix(overleg, cast, 5)
    one = Deelnemer.objects.get(overleg=overleg, email=ONE)
    deelnemers.renew_link(deelnemer=one, by=cast.gemeente)
    message = Message.objects.filter(to=ONE, ical="").latest("pk")
    assert message.subject.startswith("Komt u?") and "Wanneer" not in message.subject


def test_nothing_of_the_casus_is_in_any_mail(cast: Cast) -> None:
    """A word that stands in every text of a casus stands in no message (promise 6)."""
    word = "Kanariegeel"
    texts = (
        "situation",
        "safety_text",
        "tried_regular",
        "stagnation",
        "local_escalation",
        "plan_of_approach",
        "resident_view",
        "sharing_purpose",
    )
    with clock.travel(clock.now() - timedelta(days=20)):
        casus = world.tried_casus(cast, **{name: f"{word} {name}" for name in texts})
        timeline.add_note(casus=casus, by=cast.procesmanager, text=f"{word} notitie")
        walk.submitted(
            casus,
            cast.procesmanager,
            question=f"{word} vraag",
            plan_of_approach=f"{word} plan",
            skipped_reason=f"{word} overgeslagen",
            spoed_asked=True,
            spoed_asked_reason=f"{word} spoed",
        )
        coordination.mark_spoed(casus=casus, by=cast.coordinator, reason=f"{word} spoed")
        overleg = walk.accepted(casus, cast.coordinator, assignment=f"{word} opdracht")
        walk.planned(walk.with_deelnemers(overleg, cast.gemeente), cast.gemeente)
        overleg = Overleg.objects.get(pk=overleg.pk)
        gone = overleg.deelnemers.get(email=TWO)
        deelnemers.remove_deelnemer(deelnemer=gone, by=cast.gemeente, reason=f"{word} weg")
        overleg_actions.cancel_date(overleg=overleg, by=cast.gemeente, reason=f"{word} afgezegd")
        start = clock.now() + timedelta(days=3)
        overleg_actions.fix_date(
            overleg=Overleg.objects.get(pk=overleg.pk),
            by=cast.gemeente,
            starts_at=start,
            ends_at=start + HOUR,
            place="Zaal 1",
            missing_kinds_reason=f"{word} mist",
        )
        one = Deelnemer.objects.get(overleg=overleg, email=ONE)
        date_poll.answer_dates(deelnemer=one, answers={}, attendance="yes")
        deelnemers.renew_link(deelnemer=one, by=cast.gemeente)
    _finish(cast, Casus.objects.get(pk=casus.pk), word)
    assert Event.objects.filter(casus=casus, text__contains=word).count() >= 8
    assert Message.objects.count() > 20
    for message in Message.objects.all():
        everything = " ".join([message.key, message.subject, message.body, message.ical])
        assert word.lower() not in everything.lower(), message.key


def _finish(cast: Cast, casus: Casus, word: str) -> None:
    outcome = outcomes.Outcome(
        held_on=clock.today(),
        plan_verdict=Overleg.PlanVerdict.RETURNED,
        solution=Overleg.Solution.NONE,
        **{
            name: f"{word} {name}"
            for name in (
                "solution_text",
                "missed_steps",
                "supply_missing",
                "capacity_use",
                "closing_the_gap",
                "way",
                "pace",
            )
        },
    )
    promise = outcomes.NewAfspraak(f"{word} afspraak", word, word, clock.today())
    overleg = world.open_overleg(casus)
    outcomes.record_overleg(
        overleg=overleg,
        by=cast.gemeente,
        outcome=outcome,
        afspraken=[promise],
        present=walk.seated(overleg),
    )
    casus.refresh_from_db()
    nominations.nominate(
        casus=casus,
        by=cast.gemeente,
        motivation=f"{word} motivatie",
        checklist=nomination_rules.trede_4_conditions(),
    )
    nominations.record_answer(
        casus=casus, by=cast.gemeente, answer=f"{word} antwoord", answered_on=clock.today()
    )


def test_a_cancellation_says_for_whom_and_whether_there_comes_another_date(cast: Cast) -> None:
    casus = world.planned_casus(cast)
    overleg = casus.overleggen.get()
    off, stays = overleg.deelnemers.filter(removed_at=None).order_by("pk")[:2]

    def last(one: Deelnemer) -> str:
        return Message.objects.filter(to=one.email).latest("pk").body

    deelnemers.remove_deelnemer(deelnemer=off, by=cast.gemeente, reason="Verzonnen.")
    assert "u staat niet meer op de lijst" in last(off)
    overleg_actions.cancel_date(overleg=overleg, by=cast.gemeente, reason="Verzonnen.")
    assert "als er een andere datum is" in last(stays)
    assert "andere datum" not in last(off)
    overleg.refresh_from_db()
    start = clock.now() + timedelta(days=5)
    overleg_actions.fix_date(
        overleg=overleg,
        by=cast.gemeente,
        starts_at=start,
        ends_at=start + HOUR,
        place="Verzonnen zaal",
        missing_kinds_reason="Verzonnen.",
    )
    overleg.refresh_from_db()
    overleg_actions.stop_overleg(overleg=overleg, by=cast.gemeente, reason="Verzonnen.")
    assert "Er komt geen andere datum" in last(stays)
