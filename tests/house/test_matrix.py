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
from directory.models import Invitation, Membership, Organisation, Role, Theme, User
from escalation.actions import sharing
from escalation.models import Casus
from escalation.permissions import TABLE, Relation, may_now, relations
from learning.actions import leersessies
from learning.models import Leersessie, Lesson, Terugkoppeling
from rdm.lib import clock
from tests.cast import Cast
from tests.house.urls import CASUS, GENERAL
from tests.world import planned_leersessie

RELATIONS = ["none", "registering", "responsible", "involved"]


@dataclass(frozen=True)
class Stage:
    """Casussen of Mediant in Enschede, shared with SCOT: a draft, and one before and one after
    its overleg. Some pages only exist in one of them."""

    draft: Casus
    before: Casus
    after: Casus

    def of(self, name: str) -> Casus:
        if name in DRAFT:
            return self.draft
        return self.after if name in AFTERWARDS else self.before


DRAFT = {"casus_register_step", "casus_resume", "casus_check", "casus_discard"}
AFTERWARDS = {"terugkoppeling_write", "afspraak_change", "casus_return", "casus_nominate"}
AFTERWARDS.add("nomination_answer")


def _walked(cast: Cast) -> Casus:
    casus = walk.registered(cast.aanmelder, cast.enschede)
    walk.step(casus, cast.aanmelder, cast.tafel(1))
    walk.submitted(casus, cast.aanmelder)
    walk.planned(walk.accepted(casus, cast.coordinator), cast.procesmanager)
    sharing.involve(
        casus=casus, by=cast.aanmelder, organisation=cast.scot, part="p", purpose="d", ground="g"
    )
    return Casus.objects.get(pk=casus.pk)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    with clock.travel(clock.now() - timedelta(days=10)):
        after = _walked(cast)
    walk.held(after.overleggen.get(), cast.procesmanager, solution="none")
    draft = walk.draft(cast.aanmelder, gemeente=cast.enschede)
    return Stage(draft, _walked(cast), Casus.objects.get(pk=after.pk))


def organisation(relation: str, cast: Cast) -> Organisation:
    slug = {
        "none": "hengelo",
        "registering": "mediant",
        "responsible": "enschede",
        "involved": "scot",
    }[relation]
    return Organisation.objects.get(slug=slug)


def somebody(role: str, relation: str, cast: Cast) -> User:
    user = User.objects.create_user(f"{role}.{relation}@voorbeeld.example", f"{role} {relation}")
    Membership.objects.create(user=user, organisation=organisation(relation, cast), role=role)
    return User.objects.get(pk=user.pk)


def address(name: str, casus: Casus) -> str:
    """The address of page `name` for this casus, with its own step, deelnemer and so on."""
    second: dict[str, object] = {"casus_register_step": "situatie", "casus_edit": "situatie"}
    if name in DRAFT:
        return reverse(name, args=[casus.code, *([second[name]] if name in second else [])])
    overleg = casus.overleggen.get()
    second["casus_uninvolve"] = casus.involvements.get().pk
    second["terugkoppeling_write"] = overleg.pk
    if name.startswith("step_") and name != "step_add":
        second[name] = 1
    if name in ("deelnemer_edit", "deelnemer_remove", "deelnemer_link"):
        second[name] = overleg.deelnemers.all()[0].pk
    if name == "date_drop":
        second[name] = overleg.date_options.all()[0].pk
    if name == "afspraak_change":
        second[name] = overleg.afspraken.all()[0].pk
    return reverse(name, args=[casus.code, *([second[name]] if name in second else [])])


def general_address(name: str, cast: Cast) -> str:
    """The address of a page without a casus, with something that exists in its place."""
    terugkoppeling = Terugkoppeling.objects.get()
    code = terugkoppeling.overleg.casus.code
    session = Leersessie.objects.get()
    lesson = Lesson.objects.get()
    args: dict[str, list[object]] = {
        "submission_detail": [code],
        "member_detail": [cast.outsider.pk],
        "user_active": [cast.outsider.pk],
        "membership_end": [cast.outsider.active_memberships[0].pk],
        "invitation_withdraw": [Invitation.objects.all()[0].pk],
        "procesafspraak_edit": ["overleg_houden"],
        "college_edit": ["enschede"],
        "lesson_detail": [lesson.pk],
        "lesson_move": [lesson.pk, "oppakken"],
    }
    if name.startswith("terugkoppeling_") and name != "terugkoppeling_list":
        args[name] = [code, terugkoppeling.pk]
    if name == "lesson_add_from":
        args[name] = [code, terugkoppeling.pk]
    if name.startswith("leersessie_") and name not in ("leersessie_list", "leersessie_plan"):
        args[name] = [session.pk]
    if name == "lesson_add":
        args[name] = [session.pk]
    return reverse(name, args=args.get(name, []))


@pytest.mark.parametrize("role", Role.values)
def test_every_cell(cast: Cast, stage: Stage, role: str) -> None:
    wrong = []
    for relation in RELATIONS:
        user = somebody(role, relation, cast)
        client = Client()
        client.force_login(user)
        for name, action in CASUS.items():
            casus = stage.of(name)
            standing = relations(user, casus)
            sees = bool(TABLE["view"] & standing)
            assert sees == Casus.objects.visible_to(user).filter(pk=casus.pk).exists()
            expected = _expected(may=bool(TABLE[action] & standing), sees=sees)
            if expected == "allowed" and may_now(casus, action):
                # The state says no: a 403 with that reason, or the page with it.
                expected = "not now"
            for method in ("get", "post"):
                status = getattr(client, method)(address(name, casus)).status_code
                if not _fits(status, expected):
                    wrong.append(f"{relation} {method} {name} ({action}): {status} {expected}")
    assert wrong == []


def _expected(*, may: bool, sees: bool) -> str:
    if may:
        return "allowed"
    return "403" if sees else "404"


def _fits(status: int, expected: str) -> bool:
    # 405: the address has no such method; nobody gets anything from it.
    if status == 405:
        return True
    if expected in ("allowed", "not now"):
        return status in (200, 302, 409, 422) or (expected == "not now" and status == 403)
    return status == int(expected)


def test_an_invisible_casus_is_like_one_that_does_not_exist(cast: Cast, stage: Stage) -> None:
    client = Client()
    client.force_login(cast.outsider)
    hidden = client.get(reverse("casus_detail", args=[stage.before.code]))
    other = client.get(reverse("casus_detail", args=["TW-26-XXXXX"]))
    assert hidden.status_code == other.status_code == 404
    assert _bare(hidden.content) == _bare(other.content)


def _bare(content: bytes) -> str:
    """The page without what differs per request (tokens)."""
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]*|nonce="[^"]*', "", content.decode())


@pytest.mark.parametrize("role", Role.values)
def test_pages_without_a_casus(cast: Cast, role: str) -> None:
    from directory import permissions as directory_permissions
    from escalation import permissions as escalation_permissions
    from learning import permissions as learning_permissions

    tables: dict[str, dict[str, Any]] = {
        "escalation": escalation_permissions.GENERAL,
        "directory": directory_permissions.TABLE,
        "learning": learning_permissions.TABLE,
    }
    session = planned_leersessie(cast)
    leersessies.add_lesson(
        by=cast.coordinator,
        theme=Theme.objects.all()[0],
        level="regio",
        text="Verzonnen leerpunt.",
        owner="de themagroep",
        leersessie=session,
    )
    user = somebody(role, "none", cast)
    client = Client()
    client.force_login(user)
    wrong = []
    for name, (app, action) in GENERAL.items():
        if action not in tables[app]:
            continue
        may = role in tables[app][action]
        status = client.get(general_address(name, cast)).status_code
        # Behind the role comes what the role may see: a 404 for a report of another gemeente.
        fits = status in (200, 302, 404, 405) if may else status in (403, 404, 405)
        if not fits:
            wrong.append(f"{name} ({action}): {status}, may={may}")
    assert wrong == []


def test_relation_names_are_complete() -> None:
    assert {relation.value for relation in Relation} == {
        "registering",
        "responsible",
        "involved",
        "coordinating",
        "overseeing",
    }
