"""Who sits at the overleg: the list, the links and the question for dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from audit.models import AuditEntry
from demo import walk
from directory.models import DeelnemerKind, Organisation, User
from escalation.models import Casus, Deelnemer, Overleg
from escalation.overleg.date_poll import actions as date_poll
from escalation.overleg.deelnemers import actions as deelnemers
from escalation.overleg.deelnemers.links import path_for
from outbox.models import Message
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.refusal import Forbidden, Refused
from tests import world
from tests.cast import Cast
from tests.escalation.overleg.test_overleg import once, text_of, url

SignIn = Callable[[User], Client]


def somebody(**changes: object) -> dict[str, object]:
    return once(
        **{
            "kind": "verzekeraar",
            "organisation": "",
            "organisation_name": "Verzonnen zorgkantoor",
            "name": "Verzonnen Persoon",
            "function": "manager zorg",
            "email": "Persoon@Voorbeeld.example",
            "mandate": "yes",
            "secrecy_signed_on": "",
        }
        | changes
    )


@pytest.fixture
def casus(cast: Cast) -> Casus:
    return world.accepted_casus(cast)


@pytest.fixture
def overleg(casus: Casus) -> Overleg:
    return world.open_overleg(casus)


def moment(overleg: Overleg, by: User, days: int = 5) -> None:
    start = clock.now() + timedelta(days=days)
    date_poll.propose_date(
        overleg=overleg, by=by, starts_at=start, ends_at=start + timedelta(hours=1)
    )


def asked(overleg: Overleg) -> list[str]:
    pks = overleg.deelnemers.values_list("pk", flat=True)
    found = Message.objects.filter(key__startswith="dates:").order_by("pk")
    return [one.to for one in found if int(one.key.split(":")[1]) in set(pks)]


# --- The list -------------------------------------------------------------------------------


@pytest.mark.elsewhere
def test_put_somebody_on_the_list_without_a_word_to_them(
    cast: Cast, client_of: SignIn, casus: Casus, overleg: Overleg
) -> None:
    visitor = client_of(cast.gemeente)
    before = Message.objects.count()
    form = somebody(kind="schipper")
    for _ in range(2):
        assert visitor.post(url("deelnemer_add", casus), form).status_code == 302
    one = overleg.deelnemers.get()
    assert (one.email, one.mandate, one.party) == (
        "persoon@voorbeeld.example",
        True,
        "Verzonnen zorgkantoor",
    )
    assert Message.objects.count() == before
    assert not one.may_hear_the_casus
    shown = text_of(visitor.get(url("overleg_detail", casus)))
    assert "Verzonnen Persoon" in shown and "geen convenant of verklaring" in shown
    assert "Nog niet gevraagd" in shown
    assert shown.count("Nog niemand") == 3


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"organisation_name": ""}, "Kies een organisatie of vul een naam in"),
        ({"organisation": "bestaat-niet"}, "antwoord uit de lijst"),
        ({"kind": "baas"}, "antwoord uit de lijst"),
        ({"kind": ""}, "In welke rol"),
        ({"name": "  "}, "Naam van de deelnemer"),
        ({"name": "Naam\nBcc: x@y.example"}, "één regel"),
        ({"email": '"a b"@voorbeeld.example'}, "e-mailadres in zoals"),
        ({"email": "a@voorbeeld.example\nBcc: b@voorbeeld.example"}, "e-mailadres in zoals"),
        ({"function": "x" * 121}, "Maak de tekst korter"),
        ({"function": "bel 06-12345678"}, "telefoonnummer"),
        ({"secrecy_signed_on": "2099-01-01"}, "ligt in de toekomst"),
        ({"secrecy_signed_on": "31-02-2026"}, "datum in die bestaat"),
        ({"mandate": "misschien"}, "antwoord uit de lijst"),
    ],
)
def test_a_wrong_deelnemer_is_refused_and_the_text_kept(
    cast: Cast, client_of: SignIn, casus: Casus, changes: dict[str, str], says: str
) -> None:
    form = somebody(**{"name": "Bewaar Mij"} | changes)
    response = client_of(cast.gemeente).post(url("deelnemer_add", casus), form)
    assert response.status_code == 422
    assert says in text_of(response)
    kept = "Bewaar Mij" if "name" not in changes else "Verzonnen zorgkantoor"
    assert kept in response.content.decode()
    assert not Deelnemer.objects.exists()


def test_the_same_person_only_once(cast: Cast, client_of: SignIn, casus: Casus) -> None:
    visitor = client_of(cast.gemeente)
    assert visitor.post(url("deelnemer_add", casus), somebody()).status_code == 302
    again = somebody(email="PERSOON@voorbeeld.example", name="verzonnen PÉRSOON")
    response = visitor.post(url("deelnemer_add", casus), again)
    assert response.status_code == 422
    assert "al een deelnemer met deze naam en dit e-mailadres" in text_of(response)


def link_in(mail: Message) -> str:
    found = re.search(r"/overleg/antwoord/\S+/", mail.body)
    assert found is not None
    return found[0]


def seated(deelnemer: Deelnemer) -> dict[str, object]:
    """What the form of this deelnemer says."""
    return once(
        kind=deelnemer.kind.code,
        organisation="",
        organisation_name=deelnemer.organisation_name,
        name=deelnemer.name,
        function=deelnemer.function,
        email=deelnemer.email,
        mandate={True: "yes", False: "no", None: "unknown"}[deelnemer.mandate],
        secrecy_signed_on=deelnemer.secrecy_signed_on or "",
        version=deelnemer.version,
    )


def test_two_people_with_one_mailbox_each_get_their_own(
    cast: Cast, client_of: SignIn, casus: Casus, overleg: Overleg
) -> None:
    """A secretariaat answers for burgemeester and wethouder."""
    visitor = client_of(cast.gemeente)
    names = ("Verzonnen Burgemeester", "Verzonnen Wethouder")
    for name in names:
        answer = visitor.post(url("deelnemer_add", casus), somebody(name=name))
        assert answer.status_code == 302
    moment(overleg, cast.gemeente)
    date_poll.ask_dates(overleg=overleg, by=cast.gemeente)
    mails = list(Message.objects.filter(to="persoon@voorbeeld.example").order_by("pk"))
    assert [mail.body.splitlines()[0] for mail in mails] == [f"Beste {name}," for name in names]
    links = {link_in(mail) for mail in mails}
    assert len(links) == 2
    # Each page answers for one of them.
    option = overleg.date_options.get()
    shown = {path: text_of(Client().get(path)) for path in links}
    mine = next(path for path, text in shown.items() if f"Beste {names[1]}" in text)
    Client().post(mine, once(version="0", **{f"moment-{option.pk}": "yes"}))
    assert [one.deelnemer.name for one in option.answers.all()] == [names[1]]


def test_a_shared_mailbox_with_an_account_says_who_is_asked(
    cast: Cast, client_of: SignIn, casus: Casus, overleg: Overleg
) -> None:
    visitor = client_of(cast.gemeente)
    names = ("Verzonnen Burgemeester", "Verzonnen Wethouder")
    for name in names:
        address = cast.tafel_contact.email
        visitor.post(url("deelnemer_add", casus), somebody(name=name, email=address))
    moment(overleg, cast.gemeente)
    date_poll.ask_dates(overleg=overleg, by=cast.gemeente)
    shown = text_of(client_of(cast.tafel_contact).get("/"))
    assert all(f"aan zet: {name}" in shown for name in names)


@pytest.mark.parametrize("wrong", ["name", "email"])
def test_who_was_asked_wrongly_is_corrected_and_asked_anew(
    cast: Cast, client_of: SignIn, casus: Casus, overleg: Overleg, wrong: str
) -> None:
    walk.with_deelnemers(overleg, cast.gemeente)
    moment(overleg, cast.gemeente)
    date_poll.ask_dates(overleg=overleg, by=cast.gemeente)
    one, option = overleg.deelnemers.all()[0], overleg.date_options.get()
    date_poll.answer_dates(deelnemer=one, answers={option.pk: "yes"})
    old, before = path_for(one), Message.objects.count()
    right = {"name": "Juiste Naam", "email": "juist@voorbeeld.example"}[wrong]
    edit = url("deelnemer_edit", casus, one.pk)
    visitor = client_of(cast.gemeente)
    assert one.email in visitor.get(edit).content.decode()
    answer = visitor.post(edit, seated(one) | {wrong: right}, follow=True)
    assert "krijgt een nieuwe mail" in text_of(answer)
    one.refresh_from_db()
    assert getattr(one, wrong) == right
    (mail,) = Message.objects.order_by("pk")[before:]
    assert mail.to == one.email and f"Beste {one.name}," in mail.body
    assert Client().get(old).status_code == 404
    page = Client().get(link_in(mail))
    assert page.status_code == 200 and page.content.decode().count(" checked") == 1
    assert casus.events.filter(kind="deelnemer_changed").count() == 1


def test_another_function_or_mandate_asks_nobody_anew(
    cast: Cast, client_of: SignIn, casus: Casus, overleg: Overleg
) -> None:
    walk.with_deelnemers(overleg, cast.gemeente)
    moment(overleg, cast.gemeente)
    date_poll.ask_dates(overleg=overleg, by=cast.gemeente)
    one, before = overleg.deelnemers.all()[0], Message.objects.count()
    edit = url("deelnemer_edit", casus, one.pk)
    visitor = client_of(cast.gemeente)
    path = path_for(one)
    assert visitor.post(edit, seated(one) | {"mandate": "no"}).status_code == 302
    one.refresh_from_db()
    assert one.mandate is False and not casus.events.filter(kind="deelnemer_changed")
    assert visitor.post(edit, seated(one) | {"function": "wethouder zorg"}).status_code == 302
    one.refresh_from_db()
    assert one.function == "wethouder zorg" and casus.events.filter(kind="deelnemer_changed")
    assert Message.objects.count() == before and Client().get(path).status_code == 200


def test_before_anybody_was_asked_a_correction_sends_nothing(
    cast: Cast, client_of: SignIn, casus: Casus, overleg: Overleg
) -> None:
    walk.with_deelnemers(overleg, cast.gemeente)
    one, before = overleg.deelnemers.all()[0], Message.objects.count()
    form = seated(one) | {"email": "juist@voorbeeld.example"}
    client_of(cast.gemeente).post(url("deelnemer_edit", casus, one.pk), form)
    one.refresh_from_db()
    assert one.email == "juist@voorbeeld.example" and Message.objects.count() == before


def test_a_link_that_was_taken_away_does_not_come_back_with_a_correction(
    cast: Cast, client_of: SignIn, casus: Casus, overleg: Overleg
) -> None:
    walk.with_deelnemers(overleg, cast.gemeente)
    moment(overleg, cast.gemeente)
    date_poll.ask_dates(overleg=overleg, by=cast.gemeente)
    one = overleg.deelnemers.all()[0]
    deelnemers.revoke_link(deelnemer=one, by=cast.gemeente)
    one.refresh_from_db()
    form = seated(one) | {"email": "juist@voorbeeld.example"}
    client_of(cast.gemeente).post(url("deelnemer_edit", casus, one.pk), form)
    one.refresh_from_db()
    assert one.link_revoked_at is not None and Client().get(path_for(one)).status_code == 404
    assert not Message.objects.filter(to="juist@voorbeeld.example")


def test_two_who_correct_the_same_deelnemer_have_one_winner(
    cast: Cast, client_of: SignIn, casus: Casus, overleg: Overleg
) -> None:
    walk.with_deelnemers(overleg, cast.gemeente)
    one = overleg.deelnemers.all()[0]
    edit, form = url("deelnemer_edit", casus, one.pk), seated(one)
    first = client_of(cast.gemeente).post(edit, form | {"name": "Eerste Naam"})
    late = client_of(cast.coordinator).post(
        edit, form | {"name": "Tweede Naam", "request_id": str(uuid4())}
    )
    assert (first.status_code, late.status_code) == (302, 409)
    assert "Eerste Naam" in text_of(late) and "Tweede Naam" in late.content.decode()
    one.refresh_from_db()
    assert one.name == "Eerste Naam"


def test_a_proposed_moment_is_put_right_and_asked_anew(
    cast: Cast, client_of: SignIn, casus: Casus, overleg: Overleg
) -> None:
    walk.with_deelnemers(overleg, cast.gemeente)
    moment(overleg, cast.gemeente, 5)
    moment(overleg, cast.gemeente, 6)
    date_poll.ask_dates(overleg=overleg, by=cast.gemeente)
    wrong, other = overleg.date_options.order_by("starts_at")
    one = overleg.deelnemers.all()[0]
    date_poll.answer_dates(deelnemer=one, answers={wrong.pk: "yes", other.pk: "no"})
    day = (clock.today() + timedelta(days=8)).isoformat()
    page = url("date_change", casus, wrong.pk)
    visitor = client_of(cast.gemeente)
    same = once(day=clock.local_date(wrong.starts_at), starts_at="14:00", ends_at="13:00")
    assert visitor.post(page, same).status_code == 422
    form = once(day=day, starts_at="14:00", ends_at="15:30")
    assert visitor.post(page, form).status_code == 302
    begins = {localtime(each.starts_at).strftime("%H:%M") for each in overleg.date_options.all()}
    assert "14:00" in begins and overleg.date_options.count() == 2
    # What was said of the other moment stays, and everybody can be asked about the new one.
    assert [answer.option for answer in one.date_answers.all()] == [other]
    assert date_poll.ask_dates(overleg=overleg, by=cast.gemeente) == overleg.deelnemers.count()


def test_covenant_or_secrecy_lets_somebody_hear_the_casus(
    cast: Cast, client_of: SignIn, casus: Casus, overleg: Overleg
) -> None:
    visitor = client_of(cast.coordinator)
    Organisation.objects.filter(slug="mediant").update(covenant_partner=True)
    partner = cast.mediant
    form = somebody(organisation=partner.slug, organisation_name="wordt niet gebruikt")
    visitor.post(url("deelnemer_add", casus), form)
    assert overleg.deelnemers.get().may_hear_the_casus
    visitor.post(url("deelnemer_add", casus), somebody(email="tweede@voorbeeld.example"))
    one = overleg.deelnemers.get(email="tweede@voorbeeld.example")
    edit = url("deelnemer_edit", casus, one.pk)
    assert "Mag dat nog niet" in text_of(visitor.get(edit))
    visitor.post(edit, seated(one) | {"mandate": "no", "secrecy_signed_on": clock.today()})
    one.refresh_from_db()
    assert one.mandate is False and one.may_hear_the_casus


def test_the_own_gemeente_needs_no_statement(
    cast: Cast, client_of: SignIn, casus: Casus, overleg: Overleg
) -> None:
    visitor = client_of(cast.coordinator)
    wethouder = somebody(organisation="enschede", organisation_name="")
    visitor.post(url("deelnemer_add", casus), wethouder)
    assert overleg.deelnemers.get().may_hear_the_casus
    shown = text_of(visitor.get(url("overleg_detail", casus)))
    assert "eigen casus" in shown and "geen convenant of verklaring" not in shown


def test_off_the_list_asks_why_and_kills_the_link(
    cast: Cast, client_of: SignIn, casus: Casus, overleg: Overleg
) -> None:
    walk.with_deelnemers(overleg, cast.gemeente)
    one = overleg.deelnemers.first()
    visitor = client_of(cast.gemeente)
    page = url("deelnemer_remove", casus, one.pk)
    assert visitor.post(page, once(reason="")).status_code == 422
    assert visitor.post(page, once(reason="Gaat met pensioen.")).status_code == 302
    one.refresh_from_db()
    assert one.removed_at and one.link_revoked_at
    assert visitor.get(url("deelnemer_edit", casus, one.pk)).status_code == 404
    assert one.name not in text_of(visitor.get(url("overleg_detail", casus)))
    event = casus.events.get(kind="deelnemer_removed")
    assert event.text == "Gaat met pensioen."


def test_a_deelnemer_of_another_overleg_is_not_here(
    cast: Cast, client_of: SignIn, casus: Casus
) -> None:
    other = walk.with_deelnemers(world.open_overleg(world.accepted_casus(cast)), cast.gemeente)
    foreign = other.deelnemers.first()
    visitor = client_of(cast.gemeente)
    for name in ("deelnemer_edit", "deelnemer_remove"):
        assert visitor.get(url(name, casus, foreign.pk)).status_code == 404
    assert visitor.post(url("deelnemer_link", casus, foreign.pk), once()).status_code == 404


def test_after_the_overleg_nobody_is_added(cast: Cast, client_of: SignIn) -> None:
    casus = world.held_casus(cast)
    visitor = client_of(cast.gemeente)
    assert visitor.get(url("deelnemer_add", casus)).status_code == 403
    response = visitor.post(url("deelnemer_add", casus), somebody())
    assert response.status_code == 422 and "Verzonnen Persoon" in response.content.decode()


def test_somebody_without_the_role_plans_nothing(cast: Cast, overleg: Overleg) -> None:
    kind = DeelnemerKind.objects.first()
    for user in (cast.aanmelder, cast.outsider, cast.portefeuillehouder, cast.admin):
        with pytest.raises(Forbidden):
            deelnemers.add_deelnemer(
                overleg=overleg,
                by=user,
                new=deelnemers.NewDeelnemer(
                    kind=kind,
                    name="X",
                    function="y",
                    email="z@voorbeeld.example",
                    organisation_name="Z",
                ),
            )


# --- Asking for dates -----------------------------------------------------------------------


@pytest.mark.elsewhere
def test_everybody_is_asked_once_and_again_about_a_new_moment(
    cast: Cast, client_of: SignIn, casus: Casus, overleg: Overleg
) -> None:
    visitor = client_of(cast.gemeente)
    ask = url("dates_ask", casus)
    assert "eerst een of meer momenten" in text_of(visitor.post(ask, once(), follow=True))
    moment(overleg, cast.gemeente)
    assert "eerst de deelnemers" in text_of(visitor.post(ask, once(), follow=True))
    walk.with_deelnemers(overleg, cast.gemeente)
    visitor.post(ask, once())
    assert len(asked(overleg)) == 4
    shown = text_of(visitor.post(ask, once(), follow=True))
    assert "hebben de vraag al gekregen" in shown and len(asked(overleg)) == 4
    moment(overleg, cast.coordinator, days=6)
    visitor.post(ask, once())
    assert len(asked(overleg)) == 8
    assert casus.events.filter(kind="dates_asked", title__contains="4 deelnemers").count() == 2


@pytest.mark.elsewhere
def test_who_came_later_is_asked_alone(cast: Cast, overleg: Overleg) -> None:
    walk.with_deelnemers(overleg, cast.gemeente)
    moment(overleg, cast.gemeente)
    assert date_poll.ask_dates(overleg=overleg, by=cast.gemeente) == 4
    mails = Message.objects.filter(subject__startswith="Wanneer kunt u?")
    day = long_date(overleg.hold_before)
    assert all(f"uiterlijk op {day}. Antwoord daarom" in one.body for one in mails)
    deelnemers.add_deelnemer(
        overleg=overleg,
        by=cast.gemeente,
        new=deelnemers.NewDeelnemer(
            kind=DeelnemerKind.objects.get(code="matroos"),
            name="Laat",
            function="chef",
            email="laat@voorbeeld.example",
            organisation_name="Verzonnen matroos",
        ),
    )
    assert date_poll.ask_dates(overleg=overleg, by=cast.gemeente) == 1
    assert asked(overleg)[-1] == "laat@voorbeeld.example"


def reminded() -> list[str]:
    found = Message.objects.filter(key__startswith="reminder:")
    return list(found.order_by("pk").values_list("to", flat=True))


@pytest.mark.elsewhere
def test_who_did_not_answer_is_reminded_once_a_day(
    cast: Cast, client_of: SignIn, casus: Casus, overleg: Overleg
) -> None:
    visitor = client_of(cast.gemeente)
    page, remind = url("overleg_detail", casus), url("dates_remind", casus)
    walk.with_deelnemers(overleg, cast.gemeente)
    moment(overleg, cast.gemeente)
    assert "Herinner wie nog niet antwoordde" not in text_of(visitor.get(page))
    assert "heeft geantwoord" in text_of(visitor.post(remind, once(), follow=True))
    visitor.post(url("dates_ask", casus), once())
    labels = {one["label"]: one["denied"] for one in visitor.get(page).context["ask_buttons"]}
    assert labels == {
        "Vraag iedereen wanneer het kan": "Alle deelnemers hebben de vraag al gekregen.",
        "Herinner wie nog niet antwoordde": None,
    }
    first, second, *others = overleg.deelnemers.order_by("pk")
    option = overleg.date_options.get()
    date_poll.answer_dates(deelnemer=first, answers={option.pk: "yes"})
    deelnemers.revoke_link(deelnemer=second, by=cast.gemeente)
    for _ in range(2):
        answer = visitor.post(remind, once(), follow=True)
    assert "kreeg vandaag een herinnering" in text_of(answer)
    assert reminded() == [one.email for one in others]
    assert casus.events.filter(kind="dates_reminded", title__contains="2 deelnemers").count() == 1
    with clock.travel(clock.now() + timedelta(days=1)):
        date_poll.remind_dates(overleg=overleg, by=cast.gemeente)
    assert len(reminded()) == 2 * len(others)


def test_with_a_fixed_date_nobody_is_asked_for_dates(cast: Cast) -> None:
    overleg = world.planned_casus(cast).overleggen.get()
    for ask in (date_poll.ask_dates, date_poll.remind_dates):
        with pytest.raises(Refused, match="ligt al vast"):
            ask(overleg=overleg, by=cast.gemeente)


def test_renew_and_revoke_the_link(
    cast: Cast, client_of: SignIn, casus: Casus, overleg: Overleg
) -> None:
    walk.with_deelnemers(overleg, cast.gemeente)
    one = overleg.deelnemers.first()
    visitor = client_of(cast.gemeente)
    page = url("deelnemer_link", casus, one.pk)
    assert visitor.get(page).status_code == 405
    form = once(what="renew")
    for _ in range(2):
        visitor.post(page, form)
    one.refresh_from_db()
    assert one.link_version == 2 and one.invited_at and len(asked(overleg)) == 1
    visitor.post(page, once(what="revoke"))
    one.refresh_from_db()
    assert one.link_revoked_at
    shown = text_of(visitor.post(page, once(what="revoke"), follow=True))
    assert "werkte al niet meer" in shown and "Link ingetrokken" in shown
    visitor.post(page, once(what="renew"))
    one.refresh_from_db()
    assert one.link_version == 3 and one.link_revoked_at is None and len(asked(overleg)) == 2


@pytest.mark.elsewhere
def test_a_revoked_link_is_not_asked(cast: Cast, overleg: Overleg) -> None:
    walk.with_deelnemers(overleg, cast.gemeente)
    moment(overleg, cast.gemeente)
    deelnemers.revoke_link(deelnemer=overleg.deelnemers.first(), by=cast.gemeente)
    assert date_poll.ask_dates(overleg=overleg, by=cast.gemeente) == 3


def test_when_everybody_answered_the_gemeente_hears(cast: Cast, overleg: Overleg) -> None:
    walk.with_deelnemers(overleg, cast.gemeente)
    moment(overleg, cast.gemeente)
    option = overleg.date_options.get()
    people = list(overleg.deelnemers.all())
    news = Message.objects.filter(subject__startswith="Alle deelnemers hebben geantwoord")
    for number, one in enumerate(people, start=1):
        date_poll.answer_dates(deelnemer=one, answers={option.pk: "yes"})
        assert bool(news.count()) == (number == len(people))
    recipients = set(news.values_list("to", flat=True))
    assert cast.gemeente.email in recipients and cast.outsider.email not in recipients


def test_every_change_is_in_the_log(
    cast: Cast, client_of: SignIn, casus: Casus, overleg: Overleg
) -> None:
    visitor = client_of(cast.gemeente)
    before = AuditEntry.objects.filter(object_id=casus.code).count()
    visitor.get(url("overleg_detail", casus))
    visitor.post(url("deelnemer_add", casus), somebody())
    made = AuditEntry.objects.filter(object_id=casus.code).order_by("number")[before:]
    assert [(one.action, one.part) for one in made] == [
        ("read", "overleg"),
        ("update", "plan_overleg:deelnemer"),
    ]


@pytest.mark.elsewhere
def test_the_list_shows_how_far_everybody_is(cast: Cast, client_of: SignIn) -> None:
    casus = world.planned_casus(cast)
    overleg = casus.overleggen.get()
    first, second, third, fourth = overleg.deelnemers.order_by("pk")
    date_poll.answer_dates(deelnemer=first, answers={}, attendance="yes")
    date_poll.answer_dates(deelnemer=second, answers={}, attendance="no")
    deelnemers.revoke_link(deelnemer=third, by=cast.gemeente)
    page = client_of(cast.gemeente).get(url("overleg_detail", casus))
    labels = {one.pk: one.link_label for one in page.context["deelnemers"]}
    assert labels == {
        first.pk: "komt",
        second.pk: "komt niet",
        third.pk: "link ingetrokken",
        fourth.pk: "uitgenodigd",
    }


def test_a_button_without_its_number_says_what_to_do(
    cast: Cast, client_of: SignIn, casus: Casus, overleg: Overleg
) -> None:
    walk.with_deelnemers(overleg, cast.gemeente)
    moment(overleg, cast.gemeente)
    response = client_of(cast.gemeente).post(
        url("dates_ask", casus), {"request_id": "geen-nummer"}, follow=True
    )
    assert response.status_code == 200 and "niet compleet aangekomen" in text_of(response)
    assert asked(overleg) == []


def test_a_huge_number_in_the_address_is_not_found(
    cast: Cast, client_of: SignIn, casus: Casus
) -> None:
    visitor = client_of(cast.gemeente)
    for name in ("deelnemer_edit", "deelnemer_remove", "afspraak_change"):
        assert visitor.get(url(name, casus, 2**63)).status_code == 404
    assert visitor.post(url("date_drop", casus, 2**64), once()).status_code == 404


def test_a_moment_across_the_clock_change_lasts_as_long_as_it_is(
    cast: Cast, client_of: SignIn, casus: Casus, overleg: Overleg
) -> None:
    with clock.travel(datetime(2027, 2, 1, 9, tzinfo=UTC)):
        client_of(cast.gemeente).post(
            reverse("date_propose", args=[casus.code]),
            {
                "request_id": str(uuid4()),
                "day": "2027-03-28",
                "starts_at": "01:30",
                "ends_at": "03:30",
            },
        )
    option = overleg.date_options.get()
    assert option.ends_at - option.starts_at == timedelta(hours=1)
