"""Signalen: left by anybody, handled by the themagroep, patterns over the years (E-173 – E-179)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry, Explanation
from directory.models import Signaal, SignaalStatus, SignaalStep, SubmitterKind, Theme, User
from directory.signalen import actions as signalen
from directory.signalen.patterns.rules import patterns, year_input
from directory.signalen.sweeps import forget_signaal_mail
from directory.signalen.work import for_user
from directory.signalen.workflow import NEXT, NOTE_NEEDED, SIGNAAL_FLOW
from outbox.models import Message
from outbox.sweeps import send_ready
from rdm.lib import clock
from rdm.lib.refusal import Conflict, Forbidden, Refused
from tests.cast import Cast
from tests.directory.keeping import own_tafel
from tests.directory.signalen.ways import ANSWER, SENDER, TEXT, WAYS, left, reached, take
from tests.escalation.overleg.sending import hidden, send, text_of

ClientOf = Callable[[User], Client]
NEW = "/signalen/nieuw/"


@pytest.fixture(autouse=True)
def _no_limits_from_before() -> None:
    cache.clear()


def page_of(name: str, signaal: Signaal, *more: str) -> str:
    return reverse(name, args=[signaal.pk, *more])


# --- The table ------------------------------------------------------------------------------------

# Written apart from directory/signalen/workflow.py on purpose: a change there must be meant.
DECIDED: dict[str, dict[str, str]] = {
    "take_up": {"new": "in_progress"},
    "finish": dict.fromkeys(("new", "in_progress", "expert_group", "steering_group"), "done"),
    "to_expert_group": {"new": "expert_group", "in_progress": "expert_group"},
    "to_steering_group": {
        "new": "steering_group",
        "in_progress": "steering_group",
        "expert_group": "steering_group",
    },
    "take_back": {"expert_group": "in_progress", "steering_group": "in_progress"},
    "reopen": {"done": "in_progress"},
}


def test_the_table_names_every_transition_and_status() -> None:
    assert set(DECIDED) == set(SIGNAAL_FLOW.transitions)
    assert set(WAYS) == set(SignaalStatus.values) == set(NEXT)


@pytest.mark.parametrize("status", WAYS)
def test_every_transition_from_every_status(cast: Cast, status: str) -> None:
    """Allowed ones arrive where the table says; the others refuse with a reason, nothing moves."""
    made = reached(status, by=cast.themagroep)
    before = Signaal.objects.filter(pk=made.pk).values()[0]
    for name, routes in DECIDED.items():
        with transaction.atomic():
            row = Signaal.objects.get(pk=made.pk)
            assert row.status == status
            if status in routes:
                with pytest.raises(Conflict):
                    take(row, name, cast.themagroep, version=row.version - 1)
                take(row, name, cast.themagroep)
                after = Signaal.objects.filter(pk=made.pk).values()[0]
                assert (after["status"], after["version"]) == (routes[status], made.version + 1)
                step = row.steps.last()
                assert step and (step.status, step.by) == (routes[status], cast.themagroep)
            else:
                with pytest.raises(Refused) as refused:
                    take(row, name, cast.themagroep)
                assert refused.value.reason.endswith("."), name
                assert Signaal.objects.filter(pk=made.pk).values()[0] == before, name
            transaction.set_rollback(True)


@pytest.mark.parametrize("name", [*NOTE_NEEDED, "finish"])
def test_some_steps_need_words(cast: Cast, name: str) -> None:
    status = next(iter(DECIDED[name]))
    signaal = reached(status, by=cast.themagroep)
    with pytest.raises(Refused) as refused:
        if name == "finish":
            signalen.finish(signaal=signaal, by=cast.themagroep, answer="  ")
        else:
            signalen.move(signaal=signaal, by=cast.themagroep, name=name, note=" ")
    assert refused.value.field in ("note", "answer")
    assert Signaal.objects.get(pk=signaal.pk).status == status


def test_only_the_themagroep_handles_and_only_the_region_reads(
    cast: Cast, client_of: ClientOf
) -> None:
    signaal = left()
    readers = {"themagroep", "coordinator", "portefeuillehouder"}
    for name, user in cast.everybody.items():
        if name != "themagroep":
            with pytest.raises(Forbidden):
                take(signaal, "take_up", user)
            with pytest.raises(Forbidden):
                signalen.sort(signaal=signaal, by=user, theme=Theme.objects.first(), tafel=None)
        client = client_of(user)
        for path in (
            reverse("signaal_list"),
            reverse("signaal_patterns"),
            page_of("signaal_detail", signaal),
        ):
            assert client.get(path).status_code == (200 if name in readers else 403), (name, path)
        move = client.get(page_of("signaal_move", signaal, "oppakken"))
        assert move.status_code == (200 if name == "themagroep" else 403)
    page = text_of(client_of(cast.coordinator).get(page_of("signaal_detail", signaal)))
    assert TEXT in page and "Neem in behandeling" not in page


# --- Leaving one ----------------------------------------------------------------------------------


def test_somebody_without_account_leaves_a_signaal_on_a_tafel(cast: Cast) -> None:
    visitor, tafel = Client(), own_tafel(cast)
    tafel_page = visitor.get(reverse("tafel_detail", args=[tafel.slug])).content.decode()
    address = f"{NEW}?tafel={tafel.slug}"
    assert f'href="{address}"' in tafel_page
    page = visitor.get(address)
    assert page.context["form"]["tafel"].value() == tafel.slug
    answer = visitor.post(
        address,
        hidden(page.context["form"])
        | {"text": TEXT, "tafel": tafel.slug, "sender_kind": "huisarts", "email": SENDER.upper()},
    )
    assert answer.status_code == 302
    thanks = text_of(visitor.get(answer.url))
    assert "Bedankt" in thanks and "Uw signaal is verstuurd" in thanks
    signaal = Signaal.objects.get()
    assert (signaal.text, signaal.tafel, signaal.status) == (TEXT, tafel, "new")
    assert signaal.sender_kind == SubmitterKind.objects.get(code="huisarts")
    assert signaal.email == SENDER
    assert AuditEntry.objects.filter(object_type="signaal", object_id=str(signaal.pk)).exists()


def test_only_the_text_is_needed(cast: Cast) -> None:
    answer = send(Client(), NEW, text=TEXT)
    assert answer.status_code == 302
    signaal = Signaal.objects.get()
    assert (signaal.tafel, signaal.sender_kind, signaal.email) == (None, None, "")


def test_who_is_signed_in_is_not_kept(cast: Cast, client_of: ClientOf) -> None:
    assert send(client_of(cast.gemeente), NEW, text=TEXT).status_code == 302
    row = AuditEntry.objects.get(object_type="signaal", part="leave")
    assert row.actor_id != str(cast.gemeente.pk) and cast.gemeente.name not in row.actor_name


def test_the_themagroep_hears_of_it_and_the_mail_does_not_repeat_it(cast: Cast) -> None:
    left(tafel=own_tafel(cast), email=SENDER)
    message = Message.objects.get(key__startswith="signaal:")
    assert message.to == cast.themagroep.email
    assert TEXT not in message.body and SENDER not in message.body
    assert reverse("signaal_detail", args=[Signaal.objects.get().pk]) in message.body


def test_an_unknown_tafel_in_the_address_is_the_whole_overview(cast: Cast) -> None:
    for word in ("bestaat-niet", "%00", "<script>"):
        page = Client().get(NEW, {"tafel": word})
        assert page.status_code == 200 and b"<script>alert" not in page.content
        assert 'option value="" selected' in page.content.decode()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "Vul iets in"),
        ("   ", "Vul iets in"),
        ("Bel 06-12345678 over deze tafel.", "telefoonnummer"),
        ("Het gaat om 111222333.", "burgerservicenummer"),
        ("a" * 4001, "korter"),
        ("a\x00b", ""),
    ],
)
def test_what_cannot_be_sent_comes_back_with_the_reason(cast: Cast, text: str, word: str) -> None:
    answer = send(Client(), NEW, text=text, email=SENDER)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["text"]
    assert word in text_of(answer)
    assert SENDER in answer.content.decode()
    assert not Signaal.objects.exists()
    assert not Message.objects.filter(key__startswith="signaal").exists()


def test_markup_and_formulas_are_shown_as_they_were_typed(cast: Cast, client_of: ClientOf) -> None:
    text = "<script>alert(1)</script> {{7*7}} =1+1 ‘smile’ 🙂"
    assert send(Client(), NEW, text=text).status_code == 302
    client = client_of(cast.themagroep)
    for path in (reverse("signaal_list"), page_of("signaal_detail", Signaal.objects.get())):
        content = client.get(path).content.decode()
        assert "<script>alert(1)" not in content and "&lt;script&gt;alert(1)" in content
        assert "{{7*7}}" in content


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tafel", "verzonnen"),
        ("sender_kind", "verzonnen"),
        ("email", "geen adres"),
        ("email", f"{SENDER}\r\nBcc: ander@voorbeeld.example"),
        ("homepage", "https://spam.example"),
    ],
)
def test_a_wrong_answer_elsewhere_keeps_the_text(cast: Cast, field: str, value: str) -> None:
    answer = send(Client(), NEW, text=TEXT, **{field: value})
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert TEXT in text_of(answer) and not Signaal.objects.exists()


def test_no_personal_data_after_all_needs_a_reason_that_is_kept_with_it(cast: Cast) -> None:
    visitor = Client()
    text = "Op de pagina staat 053-1234567, maar dat nummer is van een ander."
    first = send(visitor, NEW, text=text)
    assert first.status_code == 422
    again = hidden(first.context["form"]) | {"text": text, "screening_override": "on"}
    assert visitor.post(NEW, again).status_code == 422
    last = visitor.post(NEW, again | {"screening_reason": "Het nummer van de tafel zelf."})
    assert last.status_code == 302
    kept = Explanation.objects.get()
    assert (kept.object_type, kept.object_id) == ("signaal", str(Signaal.objects.get().pk))


def test_sent_twice_has_one_effect(cast: Cast) -> None:
    visitor = Client()
    data = hidden(visitor.get(NEW).context["form"]) | {"text": TEXT}
    answers = [visitor.post(NEW, data) for _ in range(2)]
    assert {(answer.status_code, answer.url) for answer in answers} == {
        (302, reverse("signaal_thanks"))
    }
    assert Signaal.objects.count() == 1
    assert Message.objects.filter(key__startswith="signaal:").count() == 1


def test_too_many_are_stopped_and_the_text_stays(cast: Cast) -> None:
    answers = [send(Client(), NEW, text=f"{TEXT} {number}") for number in range(11)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [422]
    assert f"{TEXT} 10" in text_of(answers[-1])
    assert Signaal.objects.count() == 10


def test_the_way_in_stands_on_the_public_pages(cast: Cast) -> None:
    for path in ("/", "/tafels/", "/wegwijzer/"):
        assert f'href="{NEW}"' in Client().get(path).content.decode(), path


# --- Handling it ----------------------------------------------------------------------------------


def test_the_whole_way_over_the_pages(cast: Cast, client_of: ClientOf) -> None:
    signaal = left(tafel=own_tafel(cast), email=SENDER)
    client = client_of(cast.themagroep)
    theme = Theme.objects.all()[0]
    steps: list[tuple[str, tuple[str, ...], dict[str, str]]] = [
        ("signaal_move", ("oppakken",), {"note": ""}),
        ("signaal_sort", (), {"theme": theme.code, "tafel": ""}),
        ("signaal_move", ("expertgroep",), {"note": "Verzonnen vraag."}),
        ("signaal_move", ("stuurgroep",), {"note": "Verzonnen vraag aan de stuurgroep."}),
        ("signaal_move", ("terugnemen",), {"note": "Verzonnen besluit."}),
        ("signaal_move", ("afronden",), {"answer": ANSWER}),
    ]
    for name, more, answers in steps:
        # The page of the signaal has the button for it.
        own_page = client.get(page_of("signaal_detail", signaal))
        path = page_of(name, signaal, *more)
        assert f'href="{path}"' in own_page.content.decode(), path
        assert send(client, path, **answers).status_code == 302
    signaal.refresh_from_db()
    assert (signaal.status, signaal.answer, signaal.theme, signaal.tafel) == (
        "done",
        ANSWER,
        theme,
        None,
    )
    page = text_of(client.get(page_of("signaal_detail", signaal)))
    for words in ("Verzonnen vraag aan de stuurgroep.", "Verzonnen besluit.", ANSWER, theme.label):
        assert words in page
    assert SignaalStep.objects.filter(signaal=signaal).count() == len(steps)
    entries = AuditEntry.objects.filter(object_type="signaal", object_id=str(signaal.pk))
    assert list(entries.order_by("number").values_list("part", flat=True)) == [
        "leave",
        "take_up",
        "sort",
        "to_expert_group",
        "to_steering_group",
        "take_back",
        "finish",
    ]


def test_the_answer_goes_to_the_sender_and_then_the_address_is_gone(cast: Cast) -> None:
    signaal = reached("done", by=cast.themagroep, email=SENDER)
    assert signaal.email == ""
    message = Message.objects.get(to=SENDER)
    assert ANSWER in message.body and TEXT not in message.body
    # While it waits to be sent it is known where to; after that nobody knows.
    assert forget_signaal_mail() == 0
    send_ready()
    assert forget_signaal_mail() == 1
    assert not Message.objects.filter(to=SENDER).exists()
    # The themagroep did get its mail, and that stays.
    assert Message.objects.filter(key__startswith="signaal:").exists()


def test_who_left_no_address_gets_no_mail(cast: Cast) -> None:
    reached("done", by=cast.themagroep)
    assert not Message.objects.filter(key__startswith="signaal-answer:").exists()


def test_nobody_sees_the_address(cast: Cast, client_of: ClientOf) -> None:
    signaal = left(email=SENDER)
    client = client_of(cast.themagroep)
    for path in (
        reverse("signaal_list"),
        page_of("signaal_detail", signaal),
        page_of("signaal_move", signaal, "afronden"),
    ):
        assert SENDER not in client.get(path).content.decode()


def test_a_signaal_that_is_opened_again_is_answered_again(cast: Cast) -> None:
    signaal = reached("done", by=cast.themagroep, email=SENDER)
    take(signaal, "reopen", cast.themagroep)
    assert (signaal.answer, signaal.done_at) == ("", None)
    take(signaal, "finish", cast.themagroep)
    assert signaal.status == "done"
    assert Message.objects.filter(to=SENDER).count() == 1
    assert [one.note for one in signaal.steps.all()].count(ANSWER) == 2


def test_two_people_at_once_one_wins_and_the_other_keeps_the_text(
    cast: Cast, client_of: ClientOf
) -> None:
    signaal = left(email=SENDER)
    path = page_of("signaal_move", signaal, "afronden")
    client = client_of(cast.themagroep)
    late = hidden(client.get(path).context["form"]) | {"answer": "Een ander verzonnen antwoord."}
    signalen.finish(signaal=Signaal.objects.get(), by=cast.themagroep, answer=ANSWER)
    answer = client.post(path, late)
    assert answer.status_code == 409
    words = text_of(answer)
    assert "Een ander verzonnen antwoord." in words and ANSWER in words
    assert "Iemand anders heeft dit signaal intussen gewijzigd" in words
    # And once more, in the knowledge of both: what is done cannot be done again.
    again = hidden(answer.context["form"]) | {"answer": "Een ander verzonnen antwoord."}
    refused = client.post(path, again)
    assert refused.status_code == 422 and "afgehandeld" in text_of(refused)
    assert Signaal.objects.get().answer == ANSWER
    assert Message.objects.filter(to=SENDER).count() == 1


def test_in_the_very_same_moment_one_wins(cast: Cast) -> None:
    """Both read it before either wrote: compare-and-set, and not only a look at the version."""
    mine, theirs = left(), Signaal.objects.get()
    take(theirs, "take_up", cast.themagroep)
    with pytest.raises(Conflict):
        take(mine, "take_up", cast.themagroep)
    assert SignaalStep.objects.count() == 1


def test_a_step_that_cannot_be_taken_now_has_no_page(cast: Cast, client_of: ClientOf) -> None:
    signaal = left()
    client = client_of(cast.themagroep)
    no = client.get(page_of("signaal_move", signaal, "heropenen"))
    assert no.status_code == 403 and "De status is nu" in text_of(no)
    assert client.get(page_of("signaal_move", signaal, "verzonnen")).status_code == 404
    assert client.get(reverse("signaal_detail", args=[99999])).status_code == 404


def test_sorting_without_a_change_is_refused(cast: Cast) -> None:
    signaal = left()
    with pytest.raises(Refused):
        signalen.sort(signaal=signaal, by=cast.themagroep, theme=None, tafel=None)


# --- Finding and waiting --------------------------------------------------------------------------


def rows_on(client: Client, **asked: str) -> list[str]:
    page = client.get(reverse("signaal_list"), asked)
    assert page.status_code == 200
    return [row[0]["text"] for row in page.context["rows"]]


def test_the_list_has_who_waits_longest_on_top_and_can_be_narrowed(
    cast: Cast, client_of: ClientOf
) -> None:
    now, theme = clock.now(), Theme.objects.all()[0]
    with clock.travel(now - timedelta(days=400)):
        left(text="Verzonnen oud.", tafel=own_tafel(cast))
        take(left(text="Verzonnen klaar."), "finish", cast.themagroep)
    with clock.travel(now - timedelta(days=3)):
        new = left(text="Verzonnen nieuw.")
        signalen.sort(signaal=new, by=cast.themagroep, theme=theme, tafel=None)
    client = client_of(cast.themagroep)
    assert rows_on(client) == ["Verzonnen oud.", "Verzonnen nieuw."]
    assert rows_on(client, stand="alles")[0] == "Verzonnen nieuw."
    assert rows_on(client, stand="done") == ["Verzonnen klaar."]
    assert rows_on(client, tafel=own_tafel(cast).slug) == ["Verzonnen oud."]
    assert rows_on(client, tafel="geen") == ["Verzonnen nieuw."]
    assert rows_on(client, thema=theme.code) == ["Verzonnen nieuw."]
    year = (now - timedelta(days=400)).year
    assert rows_on(client, jaar=str(year), stand="alles") == ["Verzonnen klaar.", "Verzonnen oud."]
    assert "400 dagen" in text_of(client.get(reverse("signaal_list")))
    # A choice that does not exist is said and left out.
    page = client.get(reverse("signaal_list"), {"stand": "verzonnen"})
    assert page.context["form"].errors and len(page.context["rows"]) == 2


def test_a_new_signaal_is_work_for_the_themagroep_until_it_is_taken_up(cast: Cast) -> None:
    def work(user: User) -> list[str]:
        return [one.title for one in for_user(user) if one.kind == "signaal"]

    assert work(cast.themagroep) == []
    signaal = left()
    left()
    assert work(cast.themagroep) == ["Twee nieuwe signalen: lees en neem in behandeling"]
    assert work(cast.coordinator) == []
    take(signaal, "take_up", cast.themagroep)
    assert work(cast.themagroep) == ["Eén nieuw signaal: lees en neem in behandeling"]


def test_the_board_says_how_many_wait(cast: Cast, client_of: ClientOf) -> None:
    reached("in_progress", by=cast.themagroep)
    left()
    words = text_of(client_of(cast.themagroep).get(reverse("upkeep_board")))
    assert "2 signalen wachten op antwoord, waarvan 1 nieuw." in words


# --- Patterns -------------------------------------------------------------------------------------


def in_year(year: int, **more: Any) -> Signaal:
    start, _ = clock.year_bounds(year)
    with clock.travel(start + timedelta(days=200)):
        return left(**more)


def test_patterns_put_the_years_beside_each_other(cast: Cast, client_of: ClientOf) -> None:
    this_year, tafel = clock.today().year, own_tafel(cast)
    in_year(this_year - 5)
    in_year(this_year - 1, tafel=tafel)
    gp = SubmitterKind.objects.get(code="huisarts")
    start, _ = clock.year_bounds(this_year)
    # Half an hour into the year here is still last year in UTC.
    for minutes in (30, 60):
        with clock.travel(start + timedelta(minutes=minutes)):
            left(tafel=tafel, sender_kind=gp)
    with clock.travel(start - timedelta(minutes=30)):
        left()
    found = patterns()
    assert [year for year, _ in found.years] == [this_year - 1, this_year]
    rows = {
        figure.id: {row.label: [number for _, number in row.cells] for row in figure.rows}
        for figure in found.figures
    }
    assert rows["aantal"] == {"Alle signalen": [2, 2]}
    assert rows["tafels"] == {tafel.name: [1, 2], "Het hele overzicht": [1, 0]}
    assert rows["afzenders"] == {"Huisarts": [0, 2], "Niet vermeld": [2, 0]}
    assert rows["stand"] == {"Nieuw": [2, 2]}
    words = text_of(client_of(cast.portefeuillehouder).get(reverse("signaal_patterns")))
    assert f"In {this_year} het meest: {tafel.name} (2 van 2)." in words


def test_without_signalen_the_patterns_say_so(cast: Cast, client_of: ClientOf) -> None:
    words = text_of(client_of(cast.coordinator).get(reverse("signaal_patterns")))
    assert "Er zijn nog geen signalen" in words


def test_what_a_year_gives_to_the_leersessie(cast: Cast) -> None:
    year = clock.today().year
    theme = Theme.objects.all()[0]
    up = in_year(year, tafel=own_tafel(cast))
    signalen.sort(signaal=up, by=cast.themagroep, theme=theme, tafel=up.tafel)
    take(up, "to_steering_group", cast.themagroep)
    take(up, "finish", cast.themagroep)
    in_year(year)
    in_year(year - 1)
    found = year_input(year)
    assert found.total == 2
    assert {one.label.lower(): one.count for one in found.themes} == {
        theme.label: 1,
        "nog geen thema": 1,
    }
    # Also when it is done by now.
    assert found.passed_on == [up]
