"""Every cell of role × relation × action, over HTTP.

Who may not see the casus gets a 404 that is the same as for a code that does not exist. Who sees
it but may not do this gets a 403 with the reason. Who may, gets neither. The table itself is
written out in docs/permissions.md, for people to check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from demo import walk
from directory import roles as directory_roles
from directory.models import Gemeente, Membership, Organisation, Proposal, Role, User
from escalation.attachments.rules import remove_denied, withdraw_denied
from escalation.dossier.communication import actions as communication
from escalation.dossier.timeline import actions as timeline
from escalation.keeping.export import actions as export
from escalation.keeping.export.rules import everything, people_in
from escalation.models import Casus
from escalation.permissions import ACTIONS, may_now, relations, standing_of
from escalation.roles import GENERAL as ESCALATION_GENERAL
from escalation.roles import Relation
from escalation.sharing.transfer import actions as transfer
from learning import permissions as learning_permissions
from learning import roles as learning_roles
from learning.actions import terugkoppelingen
from learning.models import Terugkoppeling
from rdm.lib import clock
from tests.cast import Cast
from tests.escalation.attachments import attached
from tests.house.pages import DOWNLOADS, PAGES, POST_ONLY, Page, without_rendering
from tests.house.scene import Scene, set_up
from tests.house.tried import note
from tests.house.urls import ALSO, CASUS, GENERAL, MOVES, NOT_AN_ADDRESS, REPORT, patterns, served
from tests.standing import undone
from tests.world import FOUR_TEXTS

# Who may do what is decided in Python, before the database is asked to write.
pytestmark = pytest.mark.once

WHERE = {
    "none": "hengelo",
    "registering": "mediant",
    "responsible": "enschede",
    "involved": "scot",
    "receiving": "almelo",
}
METHODS = ("get", "post")
ALLOWED = (200, 302, 409, 422)


@dataclass(frozen=True)
class Stage:
    """Casussen of Mediant in Enschede, shared with SCOT: a draft, one before and one after its
    overleg, and one offered to Almelo. Some pages only exist in one of them."""

    draft: Casus
    before: Casus
    after: Casus
    offered: Casus

    def of(self, name: str) -> Casus:
        if name in DRAFT:
            return self.draft
        if name in OFFERED:
            return self.offered
        return self.after if name in AFTERWARDS or name in REPORT else self.before


DRAFT = {"casus_register_step", "casus_resume", "casus_check", "casus_discard"}
AFTERWARDS = {
    *("afspraak_change", "afspraak_correct"),
    *("casus_return", "casus_nominate", "nomination_answer"),
}
OFFERED = {"transfer_answer", "transfer_withdraw"}


# --- The stage ------------------------------------------------------------------------------------


def stand() -> None:
    """The scene, and on it the casussen and the people of the cells."""
    set_up()
    cast = Scene.again().cast
    with clock.travel(clock.now() - timedelta(days=10)):
        after = _walked(cast)
    walk.held(after.overleggen.get(), cast.procesmanager, solution="none")
    _reported(cast, after)
    casussen = {
        "draft": walk.draft(cast.aanmelder, gemeente=cast.enschede),
        "before": _walked(cast),
        "after": after,
        "offered": _offered(cast),
    }
    _known.update({name: casus.pk for name, casus in casussen.items()})
    for relation in WHERE:
        for role in Role.values:
            _known[f"{role} {relation}"] = _somebody(role, relation).pk


_known: dict[str, Any] = {}


def _walked(cast: Cast) -> Casus:
    casus = walk.registered(cast.aanmelder, cast.enschede)
    walk.step(casus, cast.aanmelder, cast.tafel(1))
    walk.submitted(casus, cast.aanmelder)
    walk.planned(walk.accepted(casus, cast.coordinator), cast.procesmanager)
    _shared(cast, casus)
    attached.attachment(casus, cast.aanmelder)
    timeline.add_note(casus=casus, by=cast.aanmelder, text="n")
    told = communication.Told("resident", "talk", clock.today(), "t")
    communication.log_communication(casus=casus, by=cast.aanmelder, told=told)
    request = export.start_access_request(casus=casus, by=cast.gemeente, received_on=clock.today())
    names = people_in(everything(casus))
    export.judge_people(access_request=request, by=cast.gemeente, people=names, withheld=[])
    return Casus.objects.get(pk=casus.pk)


def _shared(cast: Cast, casus: Casus) -> None:
    walk.shared(casus, cast.aanmelder, cast.scot)


def _reported(cast: Cast, casus: Casus) -> None:
    """A terugkoppeling that is submitted and now corrected: all its pages exist."""
    found = terugkoppelingen.open_for(overleg=casus.overleggen.get(), by=cast.gemeente)
    terugkoppelingen.submit(terugkoppeling=found, by=cast.gemeente, texts=FOUR_TEXTS)
    terugkoppelingen.start_correction(terugkoppeling=found, by=cast.gemeente, reason="r")


def _offered(cast: Cast) -> Casus:
    casus = walk.registered(cast.aanmelder, cast.enschede)
    _shared(cast, casus)
    almelo = Gemeente.objects.get(organisation__slug="almelo")
    transfer.propose_transfer(casus=casus, by=cast.gemeente, gemeente=almelo, reason="r")
    return casus


def _somebody(role: str, relation: str) -> User:
    user = User.objects.create_user(f"{role}.{relation}@voorbeeld.example", f"{role} {relation}")
    organisation = Organisation.objects.get(slug=WHERE[relation])
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


@pytest.fixture
def stage(db: None) -> Stage:
    names = Stage.__dataclass_fields__
    return Stage(**{name: Casus.objects.get(pk=_known[name]) for name in names})


def person(role: str, relation: str) -> tuple[User, Client]:
    user = User.objects.get(pk=_known[f"{role} {relation}"])
    client = Client()
    client.force_login(user)
    return user, client


# --- Cells with a casus ---------------------------------------------------------------------------


_addresses: dict[tuple[str, str], str] = {}


def address(name: str, casus: Casus) -> str:
    """The address of page `name` for this casus, with its own step, deelnemer and so on. It is the
    same for whoever asks, so it is looked up once."""
    known = (name, casus.code)
    if known not in _addresses:
        _addresses[known] = _looked_up(name, casus)
    return _addresses[known]


def _looked_up(name: str, casus: Casus) -> str:
    if name in DRAFT | OFFERED:
        return reverse(name, args=[casus.code, *(["situatie"] if "step" in name else [])])
    overleg = casus.overleggen.get()
    second: dict[str, object] = {
        "casus_edit": "situatie",
        "casus_involvement": casus.involvements.all()[0].pk,
        "casus_uninvolve": casus.involvements.all()[0].pk,
        "left_behind_withdraw": casus.involvements.all()[0].pk,
        "terugkoppeling_write": overleg.pk,
        "terugkoppeling_check": overleg.pk,
        "casus_note_correct": casus.events.get(kind="note").pk,
        "communication_correct": casus.communications.get().pk,
    }
    if name.startswith("step_") and name != "step_add":
        second[name] = 1
    elif name in ("deelnemer_edit", "deelnemer_remove", "deelnemer_link"):
        second[name] = overleg.deelnemers.all()[0].pk
    elif name in ("date_drop", "date_change"):
        second[name] = overleg.date_options.all()[0].pk
    elif name.startswith("attachment_") and name != "attachment_add":
        attachment = casus.attachments.get().pk
        numbered = name in ("attachment_open", "attachment_remove_version")
        return reverse(name, args=[casus.code, attachment, *([1] if numbered else [])])
    elif name in ("afspraak_change", "afspraak_correct"):
        second[name] = overleg.afspraken.all()[0].pk
    elif name.startswith("access_request_") and name != "access_request_add":
        second[name] = casus.access_requests.all()[0].pk
    elif name in REPORT and name not in second:
        second[name] = overleg.terugkoppeling.pk
    return reverse(name, args=[casus.code, *([second[name]] if name in second else [])])


@dataclass(frozen=True)
class Cell:
    """What one person must get on one address."""

    url: str
    expected: str  # "allowed", "not now", "403" or "404"
    text: str
    data: dict[str, str]

    def visit(self, client: Client, served: frozenset[str], *, every: bool) -> list[str]:
        return [
            f"{self.text}: {method} {status}, {self.expected}"
            for method in (METHODS if every else self.telling(served))
            if not self.fits(status := self._ask(client, method), served=method in served)
        ]

    def telling(self, served: frozenset[str]) -> tuple[str, ...]:
        """Who is refused when sending a form is tried here only with that; opening it as well is
        for the night."""
        refused = self.expected in ("403", "404")
        return ("post",) if refused and set(METHODS) <= served else METHODS

    def _ask(self, client: Client, method: str) -> int:
        note("requests for a cell")
        # What a page looks like has tests of its own.
        with undone(), without_rendering():
            return int(getattr(client, method)(self.url, self.data).status_code)

    def fits(self, status: int, *, served: bool) -> bool:
        if not served:
            return status == 405
        if self.expected in ("allowed", "not now"):
            return status in ALLOWED or (self.expected == "not now" and status == 403)
        return status == int(self.expected)


def cell(user: User, casus: Casus, name: str, action: str, data: dict[str, str]) -> Cell:
    standing = relations(user, casus)
    right = action if name not in REPORT else "report_back"
    if ACTIONS[right].who & standing:
        # The state may say no: a 403 with that reason, or the page with it.
        expected = "not now" if _not_now(user, casus, name, action) else "allowed"
    else:
        expected = "403" if _sees(user, casus, name) else "404"
    return Cell(address(name, casus), expected, f"{name} ({action}) by {user.name}", data)


def _sees(user: User, casus: Casus, name: str) -> bool:
    if name in ("terugkoppeling_correct", "terugkoppeling_stop_correction"):
        return Terugkoppeling.objects.visible_to(user).filter(overleg__casus=casus).exists()
    # Who watches over the rights of a resident sees that page, and nothing of the dossier.
    sees = ACTIONS["view"].who | (
        ACTIONS["view_rights"].who if CASUS.get(name) in OVERSEEN else frozenset()
    )
    return bool(sees & relations(user, casus))


def _not_now(user: User, casus: Casus, name: str, action: str) -> str | None:
    if name in REPORT:
        report = Terugkoppeling.objects.get(overleg__casus=casus)
        return learning_permissions.reason_denied(user, report, action)
    if name == "attachment_withdraw":
        # What somebody else added is for who carries the casus; see test_attachments.py.
        return withdraw_denied(standing_of(user, casus), casus.attachments.get())
    if name == "attachment_remove_version":
        version = casus.attachments.get().versions.get()
        return remove_denied(standing_of(user, casus), version)
    return may_now(casus, action)


OVERSEEN = ("view_rights", "restrict", "lift_restriction", "export_dossier", "keep_longer",
            "release_hold", "propose_destruction", "approve_destruction")  # fmt: skip
CELLS = [
    *[(name, action, {}) for name, action in [*CASUS.items(), *REPORT.items()]],
    *[(name, action, data) for name, action, data in ALSO],
]


@pytest.mark.parametrize("role", Role.values)
def test_every_cell(stage: Stage, role: str) -> None:
    _every_cell(stage, role, every=False)


@pytest.mark.nightly
@pytest.mark.parametrize("role", Role.values)
def test_every_cell_by_every_method(stage: Stage, role: str) -> None:
    _every_cell(stage, role, every=True)


def _every_cell(stage: Stage, role: str, *, every: bool) -> None:
    methods = {pattern.name: served(pattern) for _, pattern in patterns()}
    wrong = []
    for relation in WHERE:
        user, client = person(role, relation)
        for casus in (stage.draft, stage.before, stage.after, stage.offered):
            sees = bool(ACTIONS["view"].who & relations(user, casus))
            assert sees == Casus.objects.visible_to(user).filter(pk=casus.pk).exists()
        for name, action, data in CELLS:
            note("cells")
            found = cell(user, stage.of(name), name, action, data)
            wrong += found.visit(client, methods[name], every=every)
    assert not wrong, "\n".join(wrong)


def test_an_invisible_casus_is_like_one_that_does_not_exist(stage: Stage) -> None:
    _, client = person("procesmanager", "none")
    hidden = client.get(reverse("casus_detail", args=[stage.before.code]))
    other = client.get(reverse("casus_detail", args=["TW-26-XXXXX"]))
    assert hidden.status_code == other.status_code == 404
    assert _bare(hidden.content) == _bare(other.content)


def _bare(content: bytes) -> str:
    """The page without what differs per request (tokens)."""
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]*|nonce="[^"]*', "", content.decode())


# --- Cells without a casus ------------------------------------------------------------------------

GENERAL_TABLES: dict[str, dict[str, Any]] = {
    "escalation": ESCALATION_GENERAL,
    "directory": directory_roles.TABLE,
    "learning": learning_roles.TABLE,
}


def general_pages() -> list[tuple[Page, str, str]]:
    """Every address without a casus, once per action: the page, the table and the action."""
    found: dict[Any, tuple[Page, str, str]] = {}
    for page in [*PAGES, *POST_ONLY, *DOWNLOADS]:
        if page.name in GENERAL and page.status == 200:
            app, action = GENERAL[page.name]
            action = MOVES.get((page.name, *page.more), action)
            found.setdefault((page.name, action), (page, app, action))
    return list(found.values())


@pytest.mark.parametrize("role", Role.values)
def test_pages_without_a_casus(db: None, role: str) -> None:
    """By somebody of Enschede, so that what a role may see is there to be seen. A tafelcontact is
    of Mediant, whose tafel it is."""
    scene = Scene.again()
    user, client = person(role, "registering" if role == Role.TAFEL_CONTACT else "responsible")
    methods = {pattern.name: served(pattern) for _, pattern in patterns()}
    wrong = []
    for page, app, action in general_pages():
        may = role in GENERAL_TABLES[app][action] and not _of_others(scene, page, user)
        # The invitation is for a coördinator, and not every heavy role agrees to that.
        may = may and not (action == "agree_to_role" and role == Role.ADMIN)
        # Who may not read what the page is about does not hear that it exists.
        expected = "allowed" if may else "404" if _hidden(scene, page, user) else "403"
        found = Cell(page.path(scene), expected, f"{page.id} ({action}) by {role}", {})
        wrong += found.visit(client, methods[page.name], every=True)
    assert not wrong, "\n".join(wrong)


def _hidden(scene: Scene, page: Page, user: User) -> bool:
    """Whether this is a page about a casus, or its terugkoppeling, that this person cannot see."""
    if not page.of:
        return _of_others(scene, page, user)
    code = scene.codes[page.of]
    if page.key:
        return not Terugkoppeling.objects.visible_to(user).filter(overleg__casus__code=code)
    return not Casus.objects.visible_to(user).filter(code=code)


def _of_others(scene: Scene, page: Page, user: User) -> bool:
    """Whether this is a page about a proposal for a tafel or gemeente that others keep, or about a
    weergave of somebody else."""
    if page.key == "saved_view":
        return True
    if not page.name.startswith("proposal_"):
        return False
    return not Proposal.objects.visible_to(user).filter(pk=scene.keys[page.key]).exists()


@pytest.mark.parametrize("role", Role.values)
def test_only_who_may_see_them_gets_the_whole_figures(db: None, role: str) -> None:
    _, client = person(role, "responsible")
    answer = client.get(reverse("report"))
    if role not in learning_roles.TABLE["view_report"]:
        assert answer.status_code == 403
        return
    whole = role in learning_roles.TABLE["view_full_report"]
    assert (answer.context["report"].threshold is None) == whole


# --- The tables are whole -------------------------------------------------------------------------


def test_every_action_has_a_cell() -> None:
    """Nothing stands in a permission table that is not tried over HTTP above."""
    tried = {action for _, action, _ in CELLS}
    assert tried | {"report_back"} == set(ACTIONS) | learning_roles.OF_THE_GEMEENTE
    for app, table in GENERAL_TABLES.items():
        tried = {action for _, of, action in general_pages() if of == app}
        assert tried | NOT_AN_ADDRESS[app] == set(table), app
        assert not tried & NOT_AN_ADDRESS[app], app
    assert {page.name for page, _, _ in general_pages()} == set(GENERAL)


def test_relation_names_are_complete() -> None:
    assert {relation.value for relation in Relation} == {
        *(set(WHERE) - {"none"}),
        "coordinating",
        "overseeing",
    }
