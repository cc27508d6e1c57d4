"""Role × relation × action × block, over HTTP: a canary in every text of a dossier comes back to
exactly those who see its blocks, on every page and in every document of the casus (O-09).

Texts are found in the models, so a new one is planted from the first day; pages are those of
tests/house/urls.py, so a new address is visited from the first day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from demo import walk
from directory.models import (
    BasicNeed,
    Domain,
    Membership,
    Organisation,
    Role,
    Stagnation,
    Tafel,
    User,
)
from directory.region import snapshot
from escalation.blocks import ALL, CARE, NONE, PROCESS, SAFETY, STORED, Blocks, needs, read
from escalation.coordination.decisions import actions as coordination
from escalation.dossier.closing import actions as closing
from escalation.dossier.communication import actions as communication
from escalation.dossier.timeline import actions as timeline
from escalation.keeping.export import actions as export
from escalation.keeping.export.rules import everything, people_in
from escalation.models import Casus, Involvement
from escalation.overleg.nomination import actions as nominations
from escalation.overleg.nomination import rules as nomination_rules
from escalation.permissions import ACTIONS, relations
from escalation.roles import CASE_ROLES, Relation
from escalation.route import actions as route
from escalation.route.client_support import actions as client_support
from escalation.route.instroom import actions as instroom
from escalation.sharing import actions as sharing
from escalation.sharing.admission import actions as admission
from escalation.sharing.transfer import actions as transfers
from rdm.lib import clock
from tests import world
from tests.cast import Cast
from tests.house.pages import without_rendering
from tests.house.scene import Scene, set_up
from tests.house.test_matrix import DRAFT, OFFERED, address
from tests.house.tried import note
from tests.house.urls import CASUS, patterns, served
from tests.standing import undone

# What is shared is decided in Python. What the database does, searching, is asked on both engines
# in tests/escalation/lists/test_search.py.
pytestmark = pytest.mark.once

SUBSETS = [read(one) for one in STORED if one]
# Where the texts of a casus stand, from the row to the casus.
PATHS = {
    "Casus": "pk",
    "Involvement": "casus",
    "Event": "casus",
    "Admission": "casus",
    "Transfer": "casus",
    "RouteStep": "casus",
    "InstroomToets": "step__casus",
    "InstroomAnswer": "toets__step__casus",
    "Submission": "casus",
    "Overleg": "casus",
    "Deelnemer": "overleg__casus",
    "DateOption": "overleg__casus",
    "DateAnswer": "option__overleg__casus",
    "Afspraak": "overleg__casus",
    "Nomination": "overleg__casus",
}
# A reason why the resident was not told shows when that is so.
SO_THAT_IT_SHOWS: dict[str, dict[str, Any]] = {
    "Casus.not_informed_reason": {"resident_informed": False, "resident_informed_on": None},
    "Involvement.not_informed_reason": {"resident_informed_on": None},
}
# Not a text, though its column could hold one.
NO_TEXT = {"code", "blocks", "kind", "criterium_code", "email"}
# Which pages stand for which block as a whole: 403 without it.
WHOLE_PAGES = {"step_detail": PROCESS, "overleg_detail": PROCESS, "casus_advice": ALL}
# Of one file or one line of the timeline: 404 when that one is not shared (test_attachments.py and
# tests/escalation/test_blocks.py).
OF_A_ROW = {
    *("attachment_detail", "attachment_open", "attachment_version", "attachment_withdraw"),
    "attachment_remove_version",
    *("casus_note_correct", "communication_correct"),
}


@dataclass
class Planted:
    """The canaries of the stage with the blocks that each of them needs."""

    needed: dict[str, Blocks] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)

    def new(self, needed: Blocks, where: str) -> str:
        word = f"Zq{len(self.needed):03d}x"
        self.needed[word], self.where[word] = needed, where
        return word

    def seen_by(self, seen: Blocks, of: set[str]) -> set[str]:
        return {word for word in of if self.needed[word] <= seen}

    def named(self, words: set[str]) -> list[str]:
        return sorted(f"{self.where[word]} ({word})" for word in words)


_known: dict[str, Any] = {}


def stand() -> None:
    """A casus that went all the way, one that was closed and one that is offered; all shared with
    SCOT and with others, and a canary in every text."""
    _known.clear()
    set_up()
    cast = Scene.again().cast
    casussen = [_all_the_way(cast), _closed(cast), _offered(cast)]
    planted = Planted()
    for casus in casussen:
        _plant(planted, casus)
    _known["planted"], _known["casussen"] = planted, [one.pk for one in casussen]
    for role in CASE_ROLES:
        for where in ("scot", "mediant", "enschede"):
            user = User.objects.create_user(f"{role}.{where}.blok@voorbeeld.example", role)
            organisation = Organisation.objects.get(slug=where)
            Membership.objects.create(user=user, organisation=organisation, role=role)
            _known[f"{role} {where}"] = user.pk
    # The words that were planted in the region stand there now.
    snapshot.forget()


def _all_the_way(cast: Cast) -> Casus:
    """Registered by Mediant in Hengelo, taken over by Enschede, admitted, and up to trede 4."""
    by = cast.aanmelder
    with clock.travel(clock.now() - timedelta(days=10)):
        casus = walk.registered(by, cast.hengelo, own_reference="Zqeigenkenmerk")
        offered = transfers.propose_transfer(
            casus=casus, by=cast.outsider, gemeente=cast.enschede, reason="r"
        )
        transfers.accept_transfer(transfer=offered, by=cast.procesmanager)
        casus = Casus.objects.get(pk=casus.pk)
        before = walk.shared(casus, by, Organisation.objects.get(slug="menzis"))
        sharing.end_involvement(involvement=before, by=by)
        walk.shared(casus, by, cast.scot, blocks=CARE)
        days = [clock.today() - timedelta(days=ago) for ago in (9, 5, 3)]
        admission.record_admission(casus=casus, by=by, since=days[0], organisation_name="x")
        admission.end_admission(casus=casus, by=by, until=days[1])
        admission.record_admission(casus=casus, by=by, since=days[2], organisation_name="x")
        tafel = Tafel.objects.filter(trede=1, special="", criteria__active=True)[0]
        Tafel.objects.filter(pk=tafel.pk).update(extra_questions=[{"code": "v", "question": "V?"}])
        tafel.refresh_from_db()
        walk.step(casus, by, tafel)
        second = cast.tafel(2)
        unfinished = route.add_step(casus=casus, by=by, tafel=second, question="q")
        if second.criteria.filter(active=True).exists():
            code = second.criteria.filter(active=True)[0].code
            instroom.check_instroom(step=unfinished, by=by, answers={code: ("yes", "e")})
        walk.submitted(
            casus,
            by,
            spoed_asked=True,
            spoed_asked_reason="s",
            skipped_reason="s",
            exception_reason="e",
        )
        coordination.mark_spoed(casus=casus, by=cast.coordinator, reason="s")
        walk.planned(walk.accepted(casus, cast.coordinator), cast.procesmanager)
    walk.held(world.open_overleg(casus), cast.procesmanager, solution="none")
    client_support.set_client_support(casus=casus, by=by, state="unavailable", reason="r")
    timeline.add_note(casus=casus, by=by, text="n", about=CARE)
    told = communication.Told("resident", "talk", clock.today(), "t")
    communication.log_communication(casus=casus, by=by, told=told)
    request = export.start_access_request(casus=casus, by=cast.gemeente, received_on=clock.today())
    names = people_in(everything(casus))
    export.judge_people(access_request=request, by=cast.gemeente, people=names, withheld=[])
    nominations.nominate(
        casus=casus,
        by=cast.gemeente,
        motivation="m",
        checklist=nomination_rules.trede_4_conditions(),
    )
    return Casus.objects.get(pk=casus.pk)


def _closed(cast: Cast) -> Casus:
    casus = walk.registered(cast.aanmelder, cast.enschede)
    walk.shared(casus, cast.aanmelder, cast.scot, blocks=CARE)
    closing.close(casus=casus, by=cast.gemeente, closing="solved", reason="r")
    return casus


def _offered(cast: Cast) -> Casus:
    casus = walk.registered(cast.aanmelder, cast.enschede)
    walk.shared(casus, cast.aanmelder, cast.scot, blocks=CARE)
    transfers.propose_transfer(casus=casus, by=cast.gemeente, gemeente=cast.hengelo, reason="r")
    return casus


def _plant(planted: Planted, casus: Casus) -> None:
    """A word of its own in every text of every row; in the database, because no form could."""
    for name, path in PATHS.items():
        model = apps.get_model("escalation", name)
        for row in model.objects.filter(**{path: casus.pk}):
            for one, value in _canaries(planted, row, name):
                also = SO_THAT_IT_SHOWS.get(f"{name}.{one}", {})
                # What the state of the row does not allow is not there to be seen.
                with suppress(IntegrityError), transaction.atomic():
                    model.objects.filter(pk=row.pk).update(**{one: value, **also})
    word = planted.new(CARE | SAFETY, "domain")
    domain = Domain.objects.create(code=word.lower(), label=word, position=99)
    casus.domains.add(domain)


def _canaries(planted: Planted, row: models.Model, name: str) -> Iterator[tuple[str, Any]]:
    for one in row._meta.concrete_fields:
        needed = _needs(row, name, one.name)
        where = f"{name}.{one.name}"
        if isinstance(one, models.JSONField):
            word = "" if one.name in ("frameworks", "guide_answers") else planted.new(needed, where)
            if one.name == "extra_answers":
                yield one.name, {"v": word}
            elif one.name == "changes":
                yield one.name, [{"part": "situatie", "label": "L", "old": word, "new": ""}]
            elif one.name == "stagnations":
                yield one.name, [_in_the_region(Stagnation, word)]
            elif one.name == "basic_needs":
                yield one.name, {_in_the_region(BasicNeed, word): "yes"}
            elif word:
                yield one.name, [word]
        elif _is_text(one):
            yield one.name, planted.new(needed, where)


def _in_the_region(model: Any, word: str) -> str:
    """A word of the region's own lists, for answers that are kept by their code."""
    return str(model.objects.create(code=word.lower(), label=word, position=99).code)


def _is_text(one: models.Field[Any, Any]) -> bool:
    if one.choices or one.name in NO_TEXT or one.unique:
        return False
    long = isinstance(one, models.CharField) and (one.max_length or 0) >= 100
    return isinstance(one, models.TextField) or long


def _needs(row: Any, name: str, field_name: str) -> Blocks:
    if name == "Event":
        return read(row.blocks)
    if name == "Involvement" and row.organisation.slug == "scot":
        return NONE
    return needs(name, field_name)


@pytest.fixture
def planted(db: None) -> Planted:
    return _known["planted"]


def person(role: str, where: str) -> tuple[User, Client]:
    user = User.objects.get(pk=_known[f"{role} {where}"])
    client = Client()
    client.force_login(user)
    return user, client


# --- Everything that comes back -------------------------------------------------------------------


def addresses(casus: Casus) -> Iterator[tuple[str, str]]:
    methods = {pattern.name: served(pattern) for _, pattern in patterns()}
    for name in CASUS:
        if "get" not in methods[name]:
            continue
        if casus.overleggen.exists():
            if name not in DRAFT | OFFERED | OF_A_ROW:
                yield name, address(name, casus)
            if name == "step_detail":
                yield name, reverse(name, args=[casus.code, 2])
        elif name in ("casus_detail", "casus_timeline", "casus_pdf", "casus_note"):
            yield name, reverse(name, args=[casus.code])


def text_of(client: Client, url: str) -> tuple[int, str]:
    answer = client.get(url, follow=False)
    if answer.headers.get("Content-Type") == "application/pdf":
        pages = PdfReader(BytesIO(answer.content)).pages
        return answer.status_code, "".join(page.extract_text() for page in pages)
    content = b"".join(answer) if answer.streaming else answer.content
    found = content.decode(errors="replace")
    if answer.context and "page" in answer.context and "tijdlijn" in url and "?" not in url:
        for number in answer.context["page"].paginator.page_range[1:]:
            found += text_of(client, f"{url}?page={number}")[1]
    return answer.status_code, found


def found_by(
    user: User, client: Client, words: Planted, seen: Blocks
) -> tuple[set[str], list[str]]:
    """The canaries that this person gets to see anywhere, and the addresses that answered with
    another status than the tables say."""
    found: set[str] = set()
    wrong = []
    for casus in Casus.objects.filter(pk__in=_known["casussen"]):
        standing = relations(user, casus)
        for name, url in addresses(casus):
            allowed = bool(ACTIONS[CASUS[name]].who & standing)
            hidden = not WHOLE_PAGES.get(name, NONE) <= seen
            note("pages of a dossier")
            # A refusal is the same page everywhere; what may be seen is made as well.
            with undone(), nullcontext() if allowed else without_rendering():
                status, text = text_of(client, url)
            found |= {word for word in words.needed if word in text}
            if (not allowed or hidden) and status != 403:
                wrong.append(f"{name}: {status}, expected 403")
            if allowed and not hidden and status not in (200, 302, 403):
                wrong.append(f"{name}: {status}")
            if CASUS[name] == "view" and not hidden and status != 200:
                wrong.append(f"{name}: {status}, expected 200")
    return found, wrong


def _share(seen: Blocks) -> None:
    """With SCOT exactly these blocks, of every casus (the closed one cannot be changed)."""
    for one in Involvement.objects.current().filter(
        casus__in=_known["casussen"], organisation__slug="scot"
    ):
        if one.shares != seen and not one.casus.is_closed:
            by = User.objects.get(pk=_known["procesmanager enschede"])
            sharing.change_involvement(
                involvement=one,
                by=by,
                blocks=seen,
                until=one.until + timedelta(days=1),
                why="Verzonnen.",
            )
        elif one.shares != seen:
            Involvement.objects.filter(pk=one.pk).update(
                blocks=" ".join(b for b in STORED if read(b) == seen), version=F("version") + 1
            )


@pytest.fixture
def whole(planted: Planted) -> set[str]:
    """What is shown at all, to who sees everything."""
    if "whole" not in _known:
        with undone():
            _share(ALL)
            user, client = person(Role.CLIENT_SUPPORT, "scot")
            _known["whole"] = found_by(user, client, planted, ALL)[0]
    found: set[str] = _known["whole"]
    return found


# What is shared with an organisation is the same for all its roles. So every set of blocks is asked
# by one of them, and a set of their own by the others; at night everything by everybody.
ASKED = [
    *[(Role.CLIENT_SUPPORT, seen) for seen in SUBSETS],
    *zip([role for role in CASE_ROLES if role != Role.CLIENT_SUPPORT], SUBSETS, strict=False),
]


def cells(asked: Iterable[tuple[str, Blocks]]) -> Any:
    return pytest.mark.parametrize(
        ("role", "seen"),
        [pytest.param(*one, id=f"{one[0]}-{'-'.join(sorted(one[1]))}") for one in asked],
    )


@cells(ASKED)
def test_exactly_what_is_shared_comes_back(
    planted: Planted, whole: set[str], role: str, seen: Blocks
) -> None:
    _exactly_what_is_shared(planted, whole, role, seen)


@pytest.mark.nightly
@cells(one for one in product(CASE_ROLES, SUBSETS) if one not in ASKED)
def test_exactly_what_is_shared_comes_back_to_everybody(
    planted: Planted, whole: set[str], role: str, seen: Blocks
) -> None:
    _exactly_what_is_shared(planted, whole, role, seen)


def _exactly_what_is_shared(planted: Planted, whole: set[str], role: str, seen: Blocks) -> None:
    with undone():
        _share(seen)
        user, client = person(role, "scot")
        assert {relation for _, relation in _standing(user)} == {Relation.INVOLVED}
        found, wrong = found_by(user, client, planted, seen)
    expected = planted.seen_by(seen, whole)
    assert not wrong, (role, seen, wrong)
    assert not (leaked := planted.named(found - expected)), (role, seen, leaked)
    assert not (missing := planted.named(expected - found)), (role, seen, missing)


def _standing(user: User) -> set[Any]:
    return relations(user, Casus.objects.get(pk=_known["casussen"][0]))


@pytest.mark.parametrize(
    ("role", "where"),
    [
        (Role.AANMELDER, "mediant"),
        (Role.PROCESMANAGER, "mediant"),
        (Role.PROCESMANAGER, "enschede"),
        (Role.GEMEENTE, "enschede"),
    ],
)
def test_who_carries_the_casus_sees_all_of_it(
    planted: Planted, whole: set[str], role: str, where: str
) -> None:
    """Whatever was shared with somebody else."""
    user, client = person(role, where)
    found, wrong = found_by(user, client, planted, ALL)
    # Why it was shared with SCOT stands on the page as well.
    assert not planted.named(whole - found) and not wrong


def test_the_canaries_sing(planted: Planted, whole: set[str]) -> None:
    """A test that finds nothing proves nothing: most texts are shown to who sees everything."""
    silent = {planted.where[word] for word in set(planted.needed) - whole} - {
        planted.where[word] for word in whole
    }
    assert silent <= NOT_SHOWN, silent - NOT_SHOWN
    for block in (CARE, PROCESS, ALL - CARE - PROCESS):
        assert len(planted.seen_by(block, whole)) > 2


# Kept, but on no page that who is involved may open.
NOT_SHOWN = {
    "Submission.submitted_by_name",
    "Submission.verdict_by_name",
    "Submission.warnings",
    "Involvement.added_by_name",
    "Admission.recorded_by_name",
    "Transfer.answered_by_name",
    "Transfer.answer_reason",
    "DateOption.proposed_by_name",
    "Deelnemer.organisation_name",
    "Overleg.cancel_reason",
    "Overleg.place",
    "Submission.verdict_reason",
    "Nomination.answer",
    "Submission.completion_asked",
    "Submission.completion_given",
}
