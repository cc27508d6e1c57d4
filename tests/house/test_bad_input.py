"""Bad input against every form of the product: never a server error, always a clear Dutch message,
and the typed text comes back (security.md, "Bad input").

The forms are read from the pages, as a browser would, once per form of the product. What is typed:

- An ordinary run types one bad value at a time in every text field, one of `ALWAYS` in all text
  fields of a form at once, and a choice that was not offered in every list. Besides that it deals
  out the whole list: each of its values is typed at least once in each kind of field that the
  product has (`test_every_bad_value_is_typed_in_every_kind_of_field`).
- `make nightly` types every value of the list, and of `ALWAYS`, in every single field of every
  form, one at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import count, cycle
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import User
from directory.people import actions as people
from escalation.models import Deelnemer
from escalation.overleg.deelnemers import actions as deelnemers
from rdm.lib import clock
from tests.house.forms import ENCODED, KINDS, Answer, Field, Form, collect, forms_of, kind_of, send
from tests.house.pages import (
    GROUPS,
    PAGES,
    POST_ONLY,
    Page,
    fresh_visitor,
    visitor,
    without_rendering,
)
from tests.house.scene import Scene
from tests.house.tried import note
from tests.rdm.lib.bad_input import BAD_INPUT
from tests.rows import everything
from tests.standing import undone

# In all text fields at once, also in an ordinary run: these have broken most websites.
ALWAYS = ["", "a" * 10_001, "a\x00b", "111222333 <script>alert(1)</script>"]
CHANGED_CHOICE = "verzonnen-keuze"
ENGLISH = re.compile(
    r"\b(This field|Enter a|Ensure |Select a valid|is not (?:a |one of)|Null characters|"
    r"ManagementForm|must be|required\.|already exists|Bad Request|Not Found|Server Error)"
)

_known_forms: dict[str, list[Form]] = {}


def forms(scene: Scene, group: str) -> list[Form]:
    """The forms of a group of pages. The scene is the same every time, so they are read once."""
    if group not in _known_forms:
        _known_forms[group] = collect(scene, GROUPS[group])
    return _known_forms[group]


def posts(scene: Scene, group: str) -> list[Form]:
    return [form for form in forms(scene, group) if form.method == "post"]


def all_posts(scene: Scene) -> list[Form]:
    return [form for group in GROUPS for form in posts(scene, group)]


# --- One bad answer at a time ---------------------------------------------------------------------


def bad_answers(form: Form, turn: Iterator[int]) -> Iterator[dict[str, str]]:
    """What to fill in wrong, by name. Everything else in the form is fine."""
    texts = [one.name for one in form.fields if one.is_text]
    if texts:
        yield dict.fromkeys(texts, ALWAYS[next(turn) % len(ALWAYS)])
    for name in texts:
        yield {name: BAD_INPUT[next(turn) % len(BAD_INPUT)]}
    if choices := [one.name for one in form.fields if one.is_choice]:
        yield dict.fromkeys(choices, CHANGED_CHOICE)


def every_bad_answer(form: Form, _: Iterator[int]) -> Iterator[dict[str, str]]:
    yield from ({one.name: value} for one in form.fields for value in [*BAD_INPUT, *ALWAYS])


def type_bad_values(scene: Scene, group: str, answers: Any) -> list[str]:
    wrong: list[str] = []
    turn = count(list(GROUPS).index(group) * 20)
    for form in forms(scene, group):
        client = visitor(scene, form.page.who)
        for bad in answers(form, turn):
            with undone():
                wrong += try_out(client, form, bad)[1]
    return wrong


def try_out(client: Client, form: Form, bad: dict[str, str]) -> tuple[Answer, list[str]]:
    """The answer to these bad values, and what is wrong with it."""
    note("bad values in a field", len(bad))
    pairs = form.filled_in(**bad)
    answer = send(client, form, pairs)
    shown = {name: value[:30] for name, value in bad.items()}
    return answer, [f"{form}, {shown}: {problem}" for problem in problems(answer, bad, pairs)]


def problems(answer: Answer, bad: dict[str, str], pairs: list[tuple[str, str]]) -> Iterator[str]:
    """What is wrong with this answer to bad values."""
    if answer.status >= 500:
        yield f"server error {answer.status}"
        return
    if answer.form.method == "get":
        if answer.status not in (200, 302, 422):
            yield f"status {answer.status}"
        yield from in_english(answer)
        return
    fields = [answer.form.named(name) for name in bad]
    if answer.status in (400, 404) and any(field.kind == "hidden" for field in fields):
        return
    if answer.status not in (200, 302, 409, 422):
        yield f"status {answer.status}"
        return
    changed = [field for field in fields if is_changed(field, bad[field.name])]
    if answer.is_accepted:
        if changed:
            yield "a changed value was accepted"
        return
    if not answer.complaints:
        yield f"status {answer.status} without a word about why"
    if answer.status == 422 and answer.faulted:
        # Other mistakes in the same form must not hide a changed choice.
        passed = {one.name for one in changed if one.is_choice} - answer.faulted
        if passed:
            yield f"a changed choice without an error: {passed}"
    yield from in_english(answer)
    yield from lost(answer, pairs)


def is_changed(field: Field, value: str) -> bool:
    """Whether a browser could not have sent this value."""
    if field.is_choice:
        return value != "" and value not in field.choices
    if field.name == "version":
        return value != field.value and field.value != "0"
    if field.name == "request_id":
        return not is_uuid(value)
    return False


def is_uuid(text: str) -> bool:
    try:
        UUID(text.strip())
    except ValueError:
        return False
    return True


def in_english(answer: Answer) -> Iterator[str]:
    for complaint in answer.complaints:
        if ENGLISH.search(complaint):
            yield f"not in Dutch: {complaint[:80]}"


def lost(answer: Answer, pairs: list[tuple[str, str]]) -> Iterator[str]:
    """Every text that was typed must stand in the form that comes back."""
    if answer.status == 302:
        return
    sent = dict(pairs)
    for field in answer.form.fields:
        if not field.is_text or field.name not in sent:
            continue
        shown = answer.shown(field.name)
        if not representable(sent[field.name]):
            continue
        if shown is None or same(shown) != same(sent[field.name]):
            yield f"the text of {field.name} is lost: {str(shown)[:40]!r}"


def representable(text: str) -> bool:
    """HTML has no NUL, and UTF-8 has no half characters."""
    return "\x00" not in text and not any(0xD800 <= ord(one) <= 0xDFFF for one in text)


def same(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


# Every value in every kind of field is asked of both databases, below.
@pytest.mark.once
@pytest.mark.parametrize("group", GROUPS)
def test_a_bad_answer_is_refused_in_dutch_and_kept(scene: Scene, group: str) -> None:
    wrong = type_bad_values(scene, group, bad_answers)
    assert not wrong, "\n".join(wrong)


@pytest.mark.nightly
@pytest.mark.parametrize("group", GROUPS)
def test_every_bad_answer_in_every_field(scene: Scene, group: str) -> None:
    wrong = type_bad_values(scene, group, every_bad_answer)
    assert not wrong, "\n".join(wrong)


# --- The whole list -------------------------------------------------------------------------------


def dealt(forms: list[Form]) -> Iterator[tuple[Form, dict[str, str]]]:
    """Every value of the list in every kind of field, in as few forms as that takes.

    Hidden fields go one at a time and alone: a wrong one may be a 404, after which nobody looks at
    the rest of the form. A single box is left out, because there any text means yes.
    """
    hidden = [(form, one) for form in forms for one in form.fields if one.kind == "hidden"]
    for value, (form, one) in zip(BAD_INPUT, cycle(hidden), strict=False):
        yield form, {one.name: value}
    # Bad files: tests/escalation/attachments/test_bad_files.py.
    kinds = {kind_of(one) for form in forms for one in form.fields} - {"file"}
    assert kinds <= KINDS, "a kind of field that tests/rdm/lib/test_bad_form.py does not know"
    kinds -= {"hidden", "checkbox"}
    left = {kind: list(BAD_INPUT) for kind in kinds}
    while left:
        # The form with most to fill in, and of those the smallest page.
        form = max(forms, key=lambda one: (len(still(one, left)), -len(one.fields)))
        bad = {}
        for one in still(form, left):
            if values := left.get(kind_of(one)):
                bad[one.name] = values.pop()
        left = {kind: values for kind, values in left.items() if values}
        yield form, bad


def still(form: Form, left: dict[str, list[str]]) -> list[Field]:
    return [one for one in form.fields if kind_of(one) in left]


def test_every_bad_value_is_typed_in_every_kind_of_field(scene: Scene) -> None:
    """Many at once. Whoever then mends what the page names, and only that, gets through: so the
    other texts, strange as they are, reach the action and the database.

    Where nothing but choices, days and addresses is wrong, only the status is looked at; how the
    page says it is seen above, and for every value in tests/rdm/lib/test_bad_form.py.
    """
    wrong: list[str] = []
    for form, bad in dealt([form for group in GROUPS for form in forms(scene, group)]):
        client = visitor(scene, form.page.who)
        with undone():
            if any(form.named(name).kind in ("text", "textarea", "hidden") for name in bad):
                wrong += mended(client, form, bad)
            else:
                wrong += accepted_or_broken(client, form, bad)
    assert not wrong, "\n".join(wrong)


def mended(client: Client, form: Form, bad: dict[str, str]) -> list[str]:
    """What is wrong on the way from these values to a form that is accepted."""
    answer, wrong = try_out(client, form, bad)
    while bad and not wrong and not answer.is_accepted and answer.status == 422:
        # A file must be chosen again whatever was wrong: that is no answer to these values.
        named = answer.faulted & bad.keys()
        bad = {name: bad[name] for name in bad.keys() - (named or bad.keys())}
        answer, wrong = try_out(client, form, bad)
        if not bad and not answer.is_accepted:
            wrong = [f"{form}: refused when all was mended: {answer.complaints}"]
    return wrong


def accepted_or_broken(client: Client, form: Form, bad: dict[str, str]) -> list[str]:
    """What is wrong with the status that these values get."""
    note("bad values in a field", len(bad))
    with without_rendering():
        status = send(client, form, form.filled_in(**bad)).status
    changed = [name for name, value in bad.items() if is_changed(form.named(name), value)]
    fine = (200, 422) if form.method == "get" else (422,) if changed else (200, 302, 422)
    return [] if status in fine else [f"{form}, {bad}: {status}"]


@pytest.mark.once
def test_an_empty_form_does_no_harm(scene: Scene) -> None:
    wrong = []
    for form in all_posts(scene):
        client = visitor(scene, form.page.who)
        note("forms")
        with undone(), without_rendering():
            answer = send(client, form, [])
        if answer.status >= 500:
            wrong.append(f"{form}: {answer.status}")
    assert not wrong, "\n".join(wrong)


# --- Too much, too old, twice ---------------------------------------------------------------------


@pytest.mark.once
def test_too_many_fields_or_too_much_text_is_a_dutch_400(scene: Scene) -> None:
    wrong = []
    for form in all_posts(scene):
        if not form.fields:
            continue  # the address alone says it all; nobody reads what comes along
        client = visitor(scene, form.page.who)
        many = "&".join(f"veld{number}=x" for number in range(301))
        for body in (many, "tekst=" + "a" * 3_000_000):
            note("forms")
            with undone():
                response = client.post(form.url, body, content_type=ENCODED)
            text = response.content.decode()
            if response.status_code != 400 or 'lang="nl"' not in text or "Traceback" in text:
                wrong.append(f"{form}: {response.status_code} on {len(body)} bytes")
    assert not wrong, "\n".join(wrong)


@pytest.mark.once
def test_every_post_needs_the_token_of_the_page(scene: Scene) -> None:
    wrong, clients = [], {}
    for form in all_posts(scene):
        who = form.page.who
        if who not in clients:
            clients[who] = fresh_visitor(scene, who, enforce_csrf_checks=True)
        note("forms")
        with undone():
            answer = send(clients[who], form, form.filled_in())
        if answer.status != 403:
            wrong.append(f"{form}: {answer.status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("group", GROUPS)
def test_good_answers_are_accepted_and_sent_twice_have_one_effect(scene: Scene, group: str) -> None:
    """The first half shows that the tests above do not see what is refused for another reason.

    The first time every answer comes twice (the last one counts, as everywhere in Django) and with
    a field that nobody asked for.
    """
    wrong = []
    for form in posts(scene, group):
        if form.name == "demo_sign_in":
            continue  # the people of the demo are not in the scene
        client, pairs = visitor(scene, form.page.who), form.filled_in()
        note("forms")
        twice = [pair for pair in pairs for _ in range(2)]
        with undone():
            first = send(client, form, [*twice, ("verzonnen", "veld")])
            if not first.is_accepted:
                wrong.append(f"{form}: {first.status} {first.complaints}")
                continue
            if form.name.startswith("account_"):
                continue
            once = everything()
            answer = send(client, form, pairs)
            again = everything()
        changed = [table for table in once if once[table] != again[table]]
        if changed or answer.status >= 500:
            wrong.append(f"{form}: {answer.status}, {changed} changed again")
    assert not wrong, "\n".join(wrong)


# Forms over a text that somebody else may have changed meanwhile.
SHOWS_BOTH = {
    "casus_register_step",
    "casus_edit",
    "casus_client_support",
    "step_client_support",
    "overleg_fix",
    "terugkoppeling_write",
    "leersessie_edit",
    "procesafspraak_edit",
    "college_edit",
}
MINE = "Mijn eigen woorden"


def test_an_old_version_is_a_409_that_keeps_my_text(scene: Scene) -> None:
    wrong = []
    for form in all_posts(scene):
        if not any(field.name == "version" and field.value != "0" for field in form.fields):
            continue
        client = visitor(scene, form.page.who)
        mine = {field.name: MINE for field in form.fields if field.kind in ("text", "textarea")}
        mine = {name: text for name, text in mine.items() if accepts_words(form, name)}
        old = str(int(form.named("version").value) - 1)
        note("forms")
        pairs = form.filled_in(**mine, version=old)
        with undone():
            answer = send(client, form, pairs)
            if answer.status != 409:
                wrong.append(f"{form}: {answer.status} {answer.complaints}")
                continue
            wrong += [f"{form}: {problem}" for problem in lost(answer, pairs)]
            compared = " ".join(answer.texts("rdm-compare"))
            if form.name in SHOWS_BOTH and mine and MINE not in compared:
                wrong.append(f"{form}: the two texts are not shown")
            again = [pair for pair in pairs if pair[0] != "version"]
            again.append(("version", new_version(answer)))
            if not send(client, form, again).is_accepted:
                wrong.append(f"{form}: cannot be sent again after the conflict")
    assert not wrong, "\n".join(wrong)


def accepts_words(form: Form, name: str) -> bool:
    """Numbers, and fields that must stay empty with the answers of `filled_in`, do not."""
    return name != "number" and bool(dict(form.filled_in()).get(name, "").strip())


def new_version(answer: Answer) -> str:
    for form in answer.forms:
        for field in form.fields:
            if field.name == "version" and form.name == answer.form.name:
                return field.value
    return ""


# --- Addresses ------------------------------------------------------------------------------------


def test_a_get_on_an_address_that_only_takes_a_post_is_refused(scene: Scene) -> None:
    wrong = []
    for page in POST_ONLY:
        status = visitor(scene, page.who).get(page.url(scene)).status_code
        if status != 405:
            wrong.append(f"{page.id}: {status}")
    assert not wrong, "\n".join(wrong)


BAD_PARTS = [
    "TW-26-00000",
    "tw-26-7k4qx",
    "0",
    "-1",
    "99999999999999999999",
    "a" * 300,
    "null",
    "..%2F..%2Fetc%2Fpasswd",
    "%00",
    "%0D%0A",
    "%F0%9F%98%80",
    "%ED%A0%80",
    quote("١"),
    quote("<script>"),
]


def test_unknown_and_malformed_codes_are_not_found(scene: Scene) -> None:
    """In every place of every address; a step or a number that is not there too."""
    wrong = []
    visited = {page.name: page for page in reversed([*PAGES, *POST_ONLY]) if page.path(scene)}
    for number, page in enumerate(visited.values()):
        client = visitor(scene, page.who)
        for place, path in enumerate(with_bad_parts(page, scene)):
            if (number + place) % 5:
                continue
            note("addresses")
            with undone(), without_rendering():
                status = client.get(path).status_code
                post = client.post(path, "", content_type=ENCODED).status_code
            if status not in (404, 405) or post not in (404, 405):
                wrong.append(f"{page.id} {path[:80]}: GET {status}, POST {post}")
    assert not wrong, "\n".join(wrong)


def with_bad_parts(page: Page, scene: Scene) -> Iterator[str]:
    arguments = [scene.codes.get(page.of), scene.keys.get(page.key), *page.more]
    parts = page.path(scene).split("/")
    for argument in arguments:
        if argument is None or str(argument) not in parts:
            continue
        place = len(parts) - 1 - parts[::-1].index(str(argument))
        for bad in BAD_PARTS:
            # 0 and -1 are fine as a word; a number is looked up.
            yield "/".join([*parts[:place], bad, *parts[place + 1 :]])


QUERY = ("page", "versie", "van", "naar", "jaar", "tafel", "rol", "persoon", "terug", "aan", "code")


@pytest.mark.once
def test_nonsense_after_the_question_mark_breaks_no_page(scene: Scene) -> None:
    """Another value for each name, and all values over the pages."""
    wrong = []
    value = cycle(quote(one.encode("utf-8", "surrogatepass")) for one in BAD_INPUT)
    for page in {page.name: page for page in PAGES}.values():
        note("pages")
        query = "&".join(f"{name}={next(value)}" for name in QUERY)
        status = visitor(scene, page.who).get(f"{page.path(scene)}?{query}").status_code
        if status >= 500 or status == 400:
            wrong.append(f"{page.id} {query}: {status}")
    assert not wrong, "\n".join(wrong)


# --- What is not yours ----------------------------------------------------------------------------


def form_on(scene: Scene, name: str, page: Page) -> Form:
    answer = visitor(scene, page.who).get(page.url(scene))
    found = forms_of(page, answer.content, page.url(scene))
    return next(form for form in found if form.name == name and form.method == "post")


def page_named(name: str, **wanted: Any) -> Page:
    return next(
        page
        for page in PAGES
        if page.name == name and all(getattr(page, k) == v for k, v in wanted.items())
    )


def test_a_row_of_another_casus_is_not_found(scene: Scene) -> None:
    """Somebody's own casus in the address, with a row of another casus behind it."""
    keys, codes = scene.keys, scene.codes
    foreign = [
        ("gemeente", "deelnemer_edit", codes["accepted"], keys["other_deelnemer"]),
        ("gemeente", "deelnemer_remove", codes["accepted"], keys["other_deelnemer"]),
        ("gemeente", "deelnemer_link", codes["accepted"], keys["other_deelnemer"]),
        ("gemeente", "date_drop", codes["accepted"], keys["other_option"]),
        ("gemeente", "afspraak_change", codes["unsolved"], keys["afspraak"]),
        ("procesmanager", "casus_uninvolve", codes["active"], keys["other_involvement"]),
        ("procesmanager", "left_behind_withdraw", codes["active"], keys["other_involvement"]),
        ("procesmanager", "attachment_detail", codes["shared"], keys["attachment"]),
        ("procesmanager", "attachment_version", codes["shared"], keys["attachment"]),
        ("procesmanager", "attachment_withdraw", codes["shared"], keys["attachment"]),
        ("procesmanager", "attachment_open", codes["shared"], keys["attachment"], 1),
        ("procesmanager", "attachment_remove_version", codes["shared"], keys["attachment"], 1),
        ("procesmanager", "casus_involvement", codes["active"], keys["other_involvement"]),
        ("gemeente", "terugkoppeling_write", codes["written"], keys["overleg"]),
        ("coordinator", "terugkoppeling_detail", codes["reported"], keys["twice"]),
        ("coordinator", "terugkoppeling_pdf", codes["reported"], keys["twice"]),
        ("portefeuillehouder", "terugkoppeling_read", codes["reported"], keys["twice"]),
        ("gemeente", "terugkoppeling_correct", codes["reported"], keys["twice"]),
        ("portefeuillehouder", "terugkoppeling_detail", codes["written"], keys["written"]),
    ]
    before, wrong = everything(), []
    for who, name, *arguments in foreign:
        client, path = visitor(scene, who), reverse(name, args=arguments)
        for status in (client.get(path).status_code, client.post(path, {"x": 1}).status_code):
            if status not in (404, 405):
                wrong.append(f"{name}: {status}")
    assert not wrong, "\n".join(wrong)
    assert everything() == before


def test_an_id_that_was_not_offered_is_not_accepted(scene: Scene) -> None:
    """Each value exists, but belongs to somebody or something else."""
    keys = scene.keys
    cases = [
        ("overleg_fix", {"of": "accepted"}, "option", str(keys["other_option"])),
        ("leersessie_plan", {}, "terugkoppelingen", str(keys["written"])),
        ("step_add", {}, "tafel", "bestuurlijk-escalatieoverleg"),
        ("casus_involve", {}, "organisation", "enschede"),
        ("casus_submit", {}, "organisation", "hengelo"),
        ("casus_client_support", {}, "organisation", "mediant"),
        ("casus_return", {}, "tafel", "escalatieoverleg"),
    ]
    wrong = []
    for name, where, field, value in cases:
        page = page_named(name, **where)
        form, client = form_on(scene, name, page), visitor(scene, page.who)
        with undone():
            answer = send(client, form, form.filled_in(**{field: value}))
            if answer.status != 422:
                wrong.append(f"{name}.{field}={value}: {answer.status}")
    assert not wrong, "\n".join(wrong)


def test_a_deelnemer_cannot_answer_for_another_overleg(scene: Scene) -> None:
    page = page_named("deelnemer_answer", key="asked")
    form = form_on(scene, "deelnemer_answer", page)
    before = everything()
    with undone():
        pairs = [pair for pair in form.filled_in() if not pair[0].startswith("moment-")]
        pairs.append((f"moment-{scene.keys['other_option']}", "yes"))
        assert send(visitor(scene, ""), form, pairs).status == 422
        assert everything() == before


# --- Steps that were skipped ----------------------------------------------------------------------


def refused(scene: Scene, who: str, name: str, *arguments: Any, **data: Any) -> Answer:
    """A POST made by hand, for a page that a browser would not show yet."""
    page = Page(name, who)
    form = Form(page, reverse(name, args=arguments), "post", ())
    pairs = [("request_id", "6837d6ec-fc08-4da5-a67f-08a9ed1ccf62"), *data.items()]
    return send(visitor(scene, who), form, pairs)


def test_a_casus_cannot_be_registered_before_the_steps_are_done(scene: Scene) -> None:
    casus = scene.casus("draft")
    before = everything()
    answer = refused(scene, "procesmanager", "casus_check", casus.code, version=str(casus.version))
    assert answer.status == 422
    assert "wat er aan de hand is" in " ".join(answer.complaints)
    assert everything() == before


def test_a_step_of_the_route_cannot_be_skipped(scene: Scene) -> None:
    """No sending in before the check, no outcome of an overleg that was not planned, no report
    before the overleg."""
    before, wrong = everything(), []
    for who, name, of, *more in [
        ("procesmanager", "step_submit", "step_unchecked", 1),
        ("procesmanager", "step_result", "step_prepared", 1),
        ("procesmanager", "casus_submit", "draft"),
        ("procesmanager", "casus_complete", "submitted"),
        ("coordinator", "submission_accept", "returned"),
        ("gemeente", "overleg_record", "accepted"),
        ("gemeente", "overleg_cancel", "accepted"),
        ("gemeente", "casus_nominate", "planned"),
        ("gemeente", "nomination_answer", "held"),
        ("gemeente", "casus_return", "planned"),
        ("coordinator", "casus_reopen", "held"),
    ]:
        casus = scene.casus(of)
        answer = refused(scene, who, name, casus.code, *more, version=str(casus.version))
        if answer.is_accepted or answer.status >= 500:
            wrong.append(f"{name} on {of}: {answer.status}")
    assert not wrong, "\n".join(wrong)
    assert everything() == before


# --- Links and sessions ---------------------------------------------------------------------------


def gone(path: str) -> bool:
    """404 for a visitor who opens the link, and for one who sends its form."""
    client = Client(raise_request_exception=False)
    read, sent = client.get(path), client.post(path, {"password": "x", "attendance": "yes"})
    return read.status_code == sent.status_code == 404 and b'lang="nl"' in read.content


def test_a_used_withdrawn_garbled_or_expired_invitation_is_gone(scene: Scene) -> None:
    keys = scene.keys
    fresh = keys["invitation_secret"]
    for secret in (keys["used_secret"], keys["withdrawn_secret"], fresh[:-1], fresh + "x", "%00"):
        assert gone(reverse("invitation_accept", args=["x"]).replace("x/", f"{secret}/"))
    address = reverse("invitation_accept", args=[fresh])
    assert Client().get(address).status_code == 200
    with clock.travel(clock.now() + timedelta(days=400)):
        assert gone(address)


def test_a_garbled_expired_or_revoked_link_of_a_deelnemer_is_gone(scene: Scene) -> None:
    token = scene.keys["asked"]
    start = reverse("deelnemer_answer", args=["x"]).removesuffix("x/")
    for bad in (token[:-1], token[1:], token.upper(), token + "A", token.replace(":", ""), "%00"):
        assert gone(f"{start}{bad}/")
    assert Client().get(f"{start}{token}/").status_code == 200
    with clock.travel(clock.now() + timedelta(days=1000)):
        assert gone(f"{start}{token}/")
    deelnemer = Deelnemer.objects.get(pk=scene.keys["deelnemer"])
    deelnemers.revoke_link(deelnemer=deelnemer, by=scene.cast.procesmanager)
    assert gone(f"{start}{token}/")


@pytest.mark.parametrize("how", ["by the beheerder", "in the database"])
def test_the_session_of_a_closed_account_does_nothing(scene: Scene, how: str) -> None:
    somebody = scene.cast.procesmanager
    page = page_named("casus_note")
    form = form_on(scene, "casus_note", page)
    client = visitor(scene, "procesmanager")
    if how == "by the beheerder":
        people.set_active(user=somebody, by=scene.cast.admin, active=False)
    else:
        User.objects.filter(pk=somebody.pk).update(is_active=False)
    before = everything()
    for response in (
        client.get(page.url(scene)),
        client.post(form.url, dict(form.filled_in()) | {"text": ""}),
        client.get(reverse("casus_list")),
    ):
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/account/login/")
    # What was typed is given back (test_typed_text).
    assert client.post(form.url, dict(form.filled_in())).status_code == 403
    assert everything() == before


def test_somebody_whose_role_ended_sees_no_casus_in_an_open_tab(scene: Scene) -> None:
    somebody = scene.cast.client_support
    client = visitor(scene, "client_support")
    path = reverse("casus_detail", args=[scene.codes["active"]])
    assert client.get(path).status_code == 200
    people.end_membership(membership=somebody.memberships.get(), by=scene.cast.admin)
    assert client.get(path).status_code == 404
    assert client.get(reverse("casus_list")).status_code == 403
