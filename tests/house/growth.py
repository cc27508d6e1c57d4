"""Nineteen more of everything that a page of the scene lists."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db import models

from audit import log
from directory.models import Invitation, Membership, Organisation, Procesafspraak, Tafel, User
from escalation.models import Casus, Overleg, RouteStep, SavedView
from learning.models import Leersessie, Lesson, Terugkoppeling
from outbox.models import Message
from tests.escalation.attachments import attached
from tests.house import keeping, resident, watching
from tests.house.scene import Scene

MORE = 19
Changes = dict[str, Callable[[int], Any]]


def copies(row: models.Model, changes: Changes, number: int = MORE) -> list[Any]:
    """`number` more rows like this one, with other values where they must differ."""
    same = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
    del same[row._meta.pk.attname]  # type: ignore[union-attr]
    return list(
        type(row)._base_manager.bulk_create(
            type(row)(**{**same, **{name: make(turn) for name, make in changes.items()}})
            for turn in range(number)
        )
    )


def grow(scene: Scene) -> None:
    people = _people(scene)
    organisations = list(Organisation.objects.exclude(slug__in=("enschede", "mediant", "scot")))
    for casus in list(Casus.objects.filter(code__in=scene.codes.values())):
        _around(casus, organisations[:MORE])
        _like(casus)
    _learning(scene, people)
    _house(scene, organisations[:MORE])


def _around(casus: Casus, organisations: Iterable[Organisation]) -> None:
    """More of everything that belongs to one casus."""
    if event := casus.events.filter(corrects=None, communication=None).first():
        copies(event, {})
    if told := casus.communications.filter(event__corrects=None).first():
        for event in copies(told.event, {}):
            copies(told, {"event_id": lambda _, to=event: to.pk}, 1)
    if shared := casus.involvements.first():
        for organisation in organisations:
            copies(shared, {"organisation_id": lambda _, one=organisation: one.pk}, 1)
    attached.more(casus, copies)
    if admission := casus.admissions.exclude(until=None).first():
        copies(admission, {})
    if reference := casus.own_references.first():
        for organisation in organisations:
            copies(reference, {"organisation_id": lambda _, one=organisation: one.pk}, 1)
    for overleg in casus.overleggen.all():
        _around_overleg(overleg)
    if step := casus.steps.order_by("position").last():
        _more_steps(step)
    for _ in range(MORE):
        log.record(actor=None, action="read", object_type="casus", object_id=casus.code)


def _more_steps(step: RouteStep) -> None:
    first = step.position + 1
    tafels = list(Tafel.objects.filter(special=""))
    copies(
        step,
        {
            "position": lambda turn: first + turn,
            "tafel_id": lambda turn: tafels[turn % len(tafels)].pk,
        },
    )
    toets = step.toetsen.order_by("number").last()
    if toets is None:
        return
    answers = list(toets.answers.all())
    for one in copies(toets, {"number": lambda turn: toets.number + 1 + turn}):
        for answer in answers:
            copies(answer, {"toets_id": lambda _, to=one: to.pk}, 1)


def _around_overleg(overleg: Overleg) -> None:
    if deelnemer := overleg.deelnemers.order_by("pk").last():
        copies(deelnemer, {"email": lambda turn: f"meer{turn}@voorbeeld.example"})
    if option := overleg.date_options.first():
        start, end = option.starts_at, option.ends_at
        more = copies(
            option,
            {
                "starts_at": lambda turn: start + timedelta(days=turn + 1),
                "ends_at": lambda turn: end + timedelta(days=turn + 1),
            },
        )
        if answer := option.answers.first():
            for one in more:
                copies(answer, {"option_id": lambda _, to=one: to.pk}, 1)
    if afspraak := overleg.afspraken.first():
        copies(afspraak, {"position": lambda turn: turn + 1})


def _like(casus: Casus) -> None:
    """More casussen in the same state, with what the lists say about them."""
    for made in copies(casus, {"code": lambda turn: f"TW-{turn + 40}-{casus.code[6:]}"}):
        if step := casus.steps.order_by("position").first():
            copies(step, {"casus_id": lambda _, to=made: to.pk}, 1)
        if offered := casus.transfers.pending().first():
            copies(offered, {"casus_id": lambda _, to=made: to.pk}, 1)
        submission = casus.submissions.order_by("number").last()
        if submission is None:
            continue
        (sent,) = copies(submission, {"casus_id": lambda _, to=made: to.pk}, 1)
        for overleg in casus.overleggen.all():
            _overleg_like(overleg, made, sent)


def _overleg_like(overleg: Overleg, casus: Casus, submission: Any) -> None:
    (made,) = copies(
        overleg,
        {
            "casus_id": lambda _: casus.pk,
            "submission_id": lambda _: submission.pk,
            "uid": lambda _: uuid.uuid4(),
        },
        1,
    )
    for afspraak in overleg.afspraken.all()[:1]:
        copies(afspraak, {"overleg_id": lambda _: made.pk}, 1)
    report = Terugkoppeling.objects.filter(overleg=overleg).first()
    if report is None:
        return
    (copy,) = copies(report, {"overleg_id": lambda _: made.pk}, 1)
    for version in report.versions.all():
        copies(version, {"terugkoppeling_id": lambda _: copy.pk}, 1)


def _people(scene: Scene) -> list[User]:
    somebody = scene.cast.tafel_contact
    made = copies(somebody, {"email": lambda turn: f"collega{turn}@voorbeeld.example"})
    membership = somebody.memberships.get()
    for user in made:
        copies(membership, {"user_id": lambda _, to=user: to.pk}, 1)
    return made


def _learning(scene: Scene, people: list[User]) -> None:
    report = Terugkoppeling.objects.get(pk=scene.keys["twice"])
    version = report.versions.order_by("-number")[0]
    receipt = version.receipts.get()
    for user in people:
        copies(receipt, {"user_id": lambda _, to=user: to.pk}, 1)
    last = version.number
    newest = copies(version, {"number": lambda turn: last + 1 + turn})[-1]
    copies(receipt, {"version_id": lambda _: newest.pk}, 1)
    copies(Lesson.objects.get(pk=scene.keys["lesson"]), {})
    others = list(Terugkoppeling.objects.exclude(first_submitted_at=None)[: MORE + 1])
    for key in ("leersessie", "held_leersessie"):
        session = Leersessie.objects.get(pk=scene.keys[key])
        session.terugkoppelingen.add(*others)
        copies(session, {})


def _house(scene: Scene, organisations: Iterable[Organisation]) -> None:
    member = User.objects.get(pk=scene.keys["member"])
    membership: Membership = member.memberships.get()
    invitation = Invitation.objects.get(pk=scene.keys["invitation"])
    others = {
        "secret_hash": lambda turn: f"{turn:064d}",
        "email": lambda turn: f"uitgenodigd{turn}@voorbeeld.example",
    }
    copies(invitation, others)
    for organisation in organisations:
        there = {"organisation_id": lambda _, one=organisation: one.pk}
        copies(membership, there, 1)
        invited = {
            "secret_hash": lambda _, one=organisation: f"{one.pk + 100:064d}",
            "email": lambda _: member.email,
        }
        copies(invitation, {**there, **invited}, 1)
    view = SavedView.objects.get(pk=scene.keys["saved_view"])
    copies(view, {"name": lambda turn: f"Weergave {turn}"})
    keeping.more(scene.keys, copies)
    watching.more(scene.keys, copies)
    resident.more(scene.keys, copies)
    for key in ("agreement", "text_agreement"):
        if change := Procesafspraak.objects.get(code=scene.keys[key]).changes.first():
            copies(change, {})
    for key in ("mail", "failed_mail"):
        mail = Message.objects.get(pk=scene.keys[key])
        copies(mail, {"key": lambda turn, name=key: f"meer:{name}:{turn}"})
    tafel = Tafel.objects.get(slug=scene.keys["tafel"])
    made = copies(
        tafel, {"slug": lambda turn: f"meer-{turn}", "name": lambda turn: f"Verzonnen tafel {turn}"}
    )
    for one in made:
        one.domains.set(tafel.domains.all())
        one.submitters.set(tafel.submitters.all())
