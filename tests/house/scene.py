"""One world in which every page of the product has something to show: a casus in each state, and
with it everything that can be listed, answered or decided.

Made by walking the real workflow once; later modules get the same rows back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from django.test import Client
from django.urls import reverse

from audit import log
from audit.log import Problem
from audit.models import AuditAlarm
from audit.watch import raise_alarm
from demo import walk
from directory.agreements import actions as agreements
from directory.log_watch import actions as log_watch
from directory.models import Organisation, Procesafspraak, Tafel, Theme, User
from directory.people.invitations import actions as invitations
from escalation.blocks import Block
from escalation.coordination.decisions import actions as decisions
from escalation.coordination.submission import actions as submissions
from escalation.dossier.closing import actions as closing
from escalation.dossier.communication import actions as communication
from escalation.dossier.timeline import actions as timeline
from escalation.lists.saved_views import actions as saved_views
from escalation.models import Casus, Overleg
from escalation.overleg import actions as overleg_actions
from escalation.overleg.date_poll import actions as date_poll
from escalation.overleg.deelnemers import actions as deelnemers
from escalation.overleg.deelnemers.links import link_for
from escalation.registration import actions as registration
from escalation.route import actions as route
from escalation.sharing import actions as sharing
from escalation.sharing.admission import actions as admission
from escalation.sharing.transfer import actions as transfer
from learning.actions import leersessies, terugkoppelingen
from learning.models import Lesson
from outbox.models import Message
from rdm.lib import clock
from tests import world
from tests.cast import Cast, make_cast
from tests.escalation.attachments import attached
from tests.house import keeping, resident, watching
from tests.setting import TWENTE, Setting
from tests.snapshot import remember

# A word that no line can break by itself, and texts of the size that people really type.
LONG_WORD = "Langdurigezorgverantwoordelijkheidsverdelingsoverleggen"
TEXT = (
    f"Verzonnen tekst over {LONG_WORD} en wat daar bij komt kijken. "
    "De inwoner wacht op een passende plek.\n\nDe partijen zijn het niet eens."
)


@dataclass
class Scene:
    """Everything by name: casussen by their code, other rows by their number."""

    cast: Cast
    codes: dict[str, str] = field(default_factory=dict)
    keys: dict[str, Any] = field(default_factory=dict)
    visitors: dict[str, Client] = field(default_factory=dict)

    @classmethod
    def again(cls, setting: Setting = TWENTE) -> Scene:
        """The scene that stands in the database, with people who remember nothing."""
        known = _known[setting.name]
        found = User.objects.in_bulk(known["people"].values())
        cast = Cast(**{name: found[pk] for name, pk in known["people"].items()}, setting=setting)
        return cls(cast, dict(known["codes"]), dict(known["keys"]))

    def casus(self, name: str) -> Casus:
        return Casus.objects.get(code=self.codes[name])


# What stands where, per setting.
_known: dict[str, dict[str, Any]] = {}


def set_up(setting: Setting = TWENTE) -> Scene:
    """The scene in an empty database; fast from the second time in a process on."""

    def build() -> None:
        cast = make_cast(setting)
        scene = Scene(cast)
        _fill(scene)
        people = {name: user.pk for name, user in cast.everybody.items()}
        _known[setting.name] = {"people": people, "codes": scene.codes, "keys": scene.keys}

    remember(f"scene of {setting.name}", build)
    return Scene.again(setting)


def reset_link(scene: Scene) -> str:
    """The link for a new password in the mail to the tafelcontact; works once."""
    token = PASSWORD_RESET_TOKEN_GENERATOR().make_token(scene.cast.tafel_contact)
    return reverse("account_reset_password_from_key", args=[scene.keys["reset_uid"], token])


def _fill(scene: Scene) -> None:
    _drafts(scene)
    _on_the_route(scene)
    _at_the_coordinatiepunt(scene)
    _overleggen(scene)
    _learning(scene)
    keeping.fill(scene.cast, scene.keys, TEXT, LONG_WORD)
    resident.fill(scene.cast, scene.codes, scene.keys, TEXT)
    _beheer(scene)
    watching.fill(scene.cast, scene.keys, scene.codes["active"], TEXT)


def _drafts(scene: Scene) -> None:
    cast, codes = scene.cast, scene.codes
    codes["draft"] = world.draft_casus(cast).code
    codes["discarded"] = world.discarded_casus(cast).code
    complete = {
        **walk.TEXTS,
        "situation": TEXT,
        "gemeente": cast.enschede,
        "safety": Casus.Safety.NO,
        "waiting_list_only": False,
        "resident_informed": True,
        "resident_informed_on": clock.today(),
    }
    codes["complete"] = world.draft_casus(cast, **complete).code


def _on_the_route(scene: Scene) -> None:
    cast, codes = scene.cast, scene.codes
    by = cast.procesmanager
    active = world.registered_casus(cast, situation=TEXT, own_reference="Z-1")
    codes["active"] = active.code
    timeline.add_note(casus=active, by=by, text=TEXT)
    shared = walk.shared(active, by, cast.scot, part="ondersteuner", purpose=TEXT, ground=TEXT)
    scene.keys["involvement"] = shared.pk
    attached.on_the_scene(active, cast, scene.keys, TEXT, LONG_WORD)
    mediant = world.registered_casus(cast)
    codes["shared"] = mediant.code
    other = walk.shared(mediant, by, cast.scot, blocks=[Block.SAFETY])
    scene.keys["other_involvement"] = other.pk
    left = world.registered_casus(cast)
    codes["left_behind"] = left.code
    stopped = walk.shared(left, by, cast.scot)
    scene.keys["left_involvement"] = stopped.pk
    attached.attachment(left, cast.client_support, audience="own")
    sharing.end_involvement(involvement=stopped, by=by)
    _responsibility(scene)
    _told(scene)
    tafel = with_criteria(cast)
    scene.keys["tafel"] = tafel.slug
    for name in ("prepared", "submitted", "discussed", "closed"):
        casus = world.registered_casus(cast)
        codes[f"step_{name}"] = casus.code
        walk.step(casus, by, tafel, until=name)
    unchecked = world.registered_casus(cast)
    codes["step_unchecked"] = unchecked.code
    route.add_step(casus=unchecked, by=by, tafel=tafel, question=TEXT)
    codes["tried"] = world.tried_casus(cast).code
    codes["closed"] = world.closed_casus(cast).code
    # The coördinator sees a casus from the moment that it was brought to trede 3.
    reopenable = world.submitted_casus(cast)
    codes["reopenable"] = reopenable.code
    submissions.withdraw(casus=reopenable, by=by, reason=TEXT)
    closing.close(casus=reopenable, by=by, closing="solved", reason=TEXT)


def _responsibility(scene: Scene) -> None:
    """Offered to another gemeente, and admitted for the second time."""
    cast, by = scene.cast, scene.cast.procesmanager
    offered = world.registered_casus(cast)
    scene.codes["offered"] = offered.code
    transfer.propose_transfer(casus=offered, by=by, gemeente=cast.hengelo, reason=TEXT)
    admitted = world.registered_casus(cast)
    scene.codes["admitted"] = admitted.code
    days = [clock.today() - timedelta(days=ago) for ago in (40, 30, 5)]
    admission.record_admission(casus=admitted, by=by, since=days[0], organisation=cast.mediant)
    admission.end_admission(casus=admitted, by=by, until=days[1])
    admission.record_admission(casus=admitted, by=by, since=days[2], organisation_name=LONG_WORD)


def _told(scene: Scene) -> None:
    """A timeline with everything that can be on it, a draft with a number that is in use, and
    filters that are kept."""
    cast, by = scene.cast, scene.cast.procesmanager
    casus = world.registered_casus(cast, own_reference="Z-2")
    scene.codes["told"] = casus.code
    registration.save_registration(casus=casus, by=by, situation=TEXT, waiting_list_only=True)
    for text in (TEXT, "Verzonnen notitie."):
        timeline.add_note(casus=casus, by=by, text=text)
    wrong = casus.events.filter(kind="note").order_by("pk")[0]
    timeline.correct_note(event=wrong, by=by, text=TEXT.replace("Verzonnen", "Bedachte"))
    scene.keys["note"] = casus.events.filter(kind="note").order_by("pk")[1].pk
    told = communication.Told("resident", "talk", clock.today(), TEXT)
    first = communication.log_communication(casus=casus, by=by, told=told)
    other = communication.Told("other", "mail", clock.today(), TEXT, who=LONG_WORD)
    communication.correct_communication(communication=first, by=by, reason=TEXT, told=other)
    second = communication.log_communication(casus=casus, by=by, told=told)
    scene.keys["communication"] = second.pk
    draft = world.draft_casus(cast, own_reference="z-2")
    scene.codes["same_reference"] = draft.code
    view = saved_views.keep_view(by=by, name=LONG_WORD, query={"lijst": "mijn", "status": "active"})
    scene.keys["saved_view"] = view.pk


def with_criteria(cast: Cast) -> Tafel:
    """A tafel of trede 1 that asks an instroomtoets."""
    found = Tafel.objects.filter(trede=1, special="", criteria__active=True)
    return found.order_by("position").distinct()[0]


def _at_the_coordinatiepunt(scene: Scene) -> None:
    cast, codes = scene.cast, scene.codes
    codes["submitted"] = world.submitted_casus(cast).code
    codes["incomplete"] = world.incomplete_casus(cast).code
    returned = world.submitted_casus(cast)
    codes["returned"] = returned.code
    decisions.return_with_advice(
        casus=returned, by=cast.coordinator, reason=TEXT, advised_tafel=cast.tafel(2)
    )
    agreement = Procesafspraak.objects.filter(unit__startswith="w").first()
    assert agreement is not None
    scene.keys["agreement"] = agreement.code
    scene.keys["text_agreement"] = (
        Procesafspraak.objects.filter(unit=Procesafspraak.Unit.TEXT).first() or agreement
    ).code
    agreements.change_procesafspraak(
        procesafspraak=agreement,
        by=cast.coordinator,
        number=agreement.number,
        text=agreement.text,
        state=agreement.state,
        decided_on=None,
        decided_by="",
        reason="Verzonnen reden.",
    )


def _overleggen(scene: Scene) -> None:
    cast, codes, keys = scene.cast, scene.codes, scene.keys
    by = cast.procesmanager
    codes["accepted_bare"] = world.accepted_casus(cast).code
    start = clock.now() + timedelta(days=9)
    unasked = world.accepted_casus(cast)
    codes["unasked"] = unasked.code
    overleg = walk.with_deelnemers(world.open_overleg(unasked), by)
    date_poll.propose_date(
        overleg=overleg, by=by, starts_at=start, ends_at=start + timedelta(minutes=90)
    )
    thin = world.accepted_casus(cast)
    codes["thin"] = thin.code
    somebody = walk.with_deelnemers(world.open_overleg(thin), by).deelnemers.order_by("pk")[0]
    deelnemers.remove_deelnemer(deelnemer=somebody, by=by, reason=TEXT)
    accepted = world.accepted_casus(cast)
    codes["accepted"] = accepted.code
    overleg = walk.with_deelnemers(world.open_overleg(accepted), by)
    option = date_poll.propose_date(
        overleg=overleg, by=by, starts_at=start, ends_at=start + timedelta(minutes=90)
    )
    date_poll.ask_dates(overleg=overleg, by=by)
    first, second = overleg.deelnemers.order_by("pk")[:2]
    date_poll.answer_dates(deelnemer=second, answers={option.pk: "yes"}, attendance=None)
    keys["deelnemer"], keys["option"] = first.pk, option.pk
    keys["asked"] = _token(first)
    planned = world.planned_casus(cast)
    codes["planned"] = planned.code
    invited = world.open_overleg(planned).deelnemers.order_by("pk")[0]
    keys["other_deelnemer"], keys["invited"] = invited.pk, _token(invited)
    keys["other_option"] = world.open_overleg(planned).date_options.get().pk
    with clock.travel(clock.now() - timedelta(days=12)):
        past = world.planned_casus(cast)
    codes["past"] = past.code
    stopped = world.planned_casus(cast)
    codes["stopped"] = stopped.code
    overleg_actions.stop_overleg(overleg=world.open_overleg(stopped), by=cast.gemeente, reason=TEXT)
    codes["unsolved"] = world.held_casus(cast, solution=Overleg.Solution.NONE).code
    codes["nominated"] = world.nominated_casus(cast).code
    held = world.held_casus(cast)
    codes["held"] = held.code
    keys["overleg"] = held.overleggen.get().pk
    keys["afspraak"] = held.overleggen.get().afspraken.get().pk


def _token(deelnemer: Any) -> str:
    return link_for(deelnemer).rstrip("/").rsplit("/", 1)[1]


def _learning(scene: Scene) -> None:
    cast, codes, keys = scene.cast, scene.codes, scene.keys
    written = world.draft_terugkoppeling(cast)
    terugkoppelingen.save_draft(terugkoppeling=written, by=cast.gemeente, texts=world.FOUR_TEXTS)
    codes["written"] = written.overleg.casus.code
    keys["written"], keys["written_overleg"] = written.pk, written.overleg_id
    reported = world.submitted_terugkoppeling(cast)
    codes["reported"] = reported.overleg.casus.code
    keys["reported"] = reported.pk
    twice = world.submitted_terugkoppeling(cast)
    codes["twice"] = twice.overleg.casus.code
    keys["twice"] = twice.pk
    terugkoppelingen.start_correction(terugkoppeling=twice, by=cast.gemeente, reason=TEXT)
    terugkoppelingen.submit(
        terugkoppeling=twice, by=cast.gemeente, texts={**world.FOUR_TEXTS, "outcomes": TEXT}
    )
    terugkoppelingen.confirm_read(
        version=twice.versions.order_by("-number")[0], by=cast.portefeuillehouder
    )
    correcting = world.submitted_terugkoppeling(cast)
    codes["correcting"] = correcting.overleg.casus.code
    keys["correcting"], keys["correcting_overleg"] = correcting.pk, correcting.overleg_id
    terugkoppelingen.start_correction(terugkoppeling=correcting, by=cast.gemeente, reason=TEXT)
    keys["leersessie"] = _leersessie(cast, reported).pk
    cancelled = _leersessie(cast, reported)
    leersessies.cancel(leersessie=cancelled, by=cast.coordinator, reason=TEXT)
    keys["cancelled"] = cancelled.pk
    held = _leersessie(cast, twice)
    leersessies.hold(leersessie=held, by=cast.coordinator, attendees=TEXT, conclusions=TEXT)
    keys["held_leersessie"] = held.pk
    theme = Theme.objects.all()[0]
    for name in ("lesson", "finished_lesson"):
        lesson = leersessies.add_lesson(
            by=cast.coordinator,
            theme=theme,
            level=Lesson.Level.NATIONAL,
            text=TEXT,
            owner="de themagroep",
            leersessie=held,
            terugkoppeling=twice,
        )
        keys[name] = lesson.pk
    leersessies.move_lesson(lesson=lesson, by=cast.coordinator, name="finish_lesson", result=TEXT)


def _leersessie(cast: Cast, terugkoppeling: Any) -> Any:
    return leersessies.plan(
        by=cast.coordinator,
        title=f"Verzonnen leersessie over {LONG_WORD}",
        held_on=clock.today(),
        place="Stadhuis",
        agenda=TEXT,
        terugkoppelingen=[terugkoppeling],
    )


def _beheer(scene: Scene) -> None:
    cast, keys = scene.cast, scene.keys
    mediant = cast.mediant

    def invite(email: str) -> tuple[Any, str]:
        invitation, link = invitations.invite(
            by=cast.admin,
            email=email,
            name=f"Verzonnen {LONG_WORD}",
            organisation=mediant,
            role="aanmelder",
        )
        return invitation, link.rstrip("/").rsplit("/", 1)[1]

    fresh, keys["invitation_secret"] = invite("nieuw@voorbeeld.example")
    keys["invitation"] = fresh.pk
    _, keys["known_secret"] = invite(cast.tafel_contact.email)
    withdrawn, keys["withdrawn_secret"] = invite("weg@voorbeeld.example")
    invitations.withdraw(invitation=withdrawn, by=cast.admin)
    used, keys["used_secret"] = invite("gebruikt@voorbeeld.example")
    invitations.accept(invitation=used, password="Een-verzonnen-zin-1")
    for key in ("heavy_invitation", "declined_invitation"):
        heavy, _ = invitations.invite(
            by=cast.admin,
            email=f"{key}@voorbeeld.example",
            name=f"Verzonnen {LONG_WORD}",
            organisation=Organisation.objects.get(pk__in=cast.admin.organisation_ids()),
            role="coordinator",
        )
        keys[key] = heavy.pk
    raise_alarm([Problem(2, "this entry is missing"), Problem(3, "this entry is missing")])
    keys["alarm"], keys["explained_alarm"] = AuditAlarm.objects.values_list("pk", flat=True)
    explained = AuditAlarm.objects.get(pk=keys["explained_alarm"])
    log_watch.explain(alarm=explained, by=cast.privacy_officer, explanation=TEXT)
    invitations.decline(invitation=heavy, by=cast.privacy_officer, reason=TEXT)
    keys["membership"] = cast.tafel_contact.memberships.get().pk
    keys["member"] = cast.tafel_contact.pk
    keys["reset_uid"] = user_pk_to_url_str(cast.tafel_contact)
    keys["mail"] = Message.objects.filter(ical="").latest("pk").pk
    keys["failed_mail"] = _given_up(fresh.email)
    keys["calendar_mail"] = Message.objects.exclude(ical="").latest("pk").pk
    log.record(actor=cast.coordinator, action="read", object_type="casus",
               object_id=scene.codes["submitted"], part="dossier")  # fmt: skip


def _given_up(address: str) -> int:
    """The mail to this address, refused by the mail server as often as it is tried."""
    message = Message.objects.filter(to=address).latest("pk")
    Message.objects.filter(pk=message.pk).update(
        state="failed", attempts=24, last_error="SMTPRecipientsRefused"
    )
    return message.pk
