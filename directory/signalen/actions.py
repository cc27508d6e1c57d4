"""Leaving a signaal, and handling it until there is an answer (E-175, E-176)."""

from __future__ import annotations

from typing import Any

from audit import log
from audit.transaction import action, defer
from directory import permissions
from directory.models import Signaal, SignaalStep, SubmitterKind, Tafel, Theme, User
from directory.signalen import mails, rules
from directory.signalen.workflow import NOTE_NEEDED, SIGNAAL_FLOW
from rdm.lib import clock
from rdm.lib.refusal import Forbidden, Refused, need
from rdm.lib.versions import compare_and_set, somebody_was_first

THIS = "dit signaal"
NO_ANSWER = "Schrijf op wat uw antwoord is."


@action
def leave(
    *,
    text: str,
    tafel: Tafel | None = None,
    sender_kind: SubmitterKind | None = None,
    email: str = "",
) -> Signaal:
    """Somebody says what does not work; the themagroep hears that there is something to read.

    Who it was is not kept, also of somebody who is signed in. `email` only for the answer.
    """
    signaal = Signaal.objects.create(
        text=need(text, "Schrijf op wat er niet werkt.", "text"),
        tafel=tafel,
        sender_kind=sender_kind,
        email=email.strip().lower(),
        left_at=clock.now(),
    )
    mails.tell_signaal(signaal)
    _record(None, signaal, "leave", verb="create")
    return signaal


@action
def move(
    *, signaal: Signaal, by: User, name: str, note: str = "", version: int | None = None
) -> None:
    """Take the named transition of SIGNAAL_FLOW, except `finish`, which gives an answer.

    Raises Conflict when the signaal is not the one of `version` any more.
    """
    _check(by, signaal, name, version)
    said = note.strip()
    if name in NOTE_NEEDED:
        said = need(note, NOTE_NEEDED[name], "note")
    # A signaal that is open again has no answer; what it was stays in the steps.
    _set(signaal, status=SIGNAAL_FLOW[name].target, done_at=None, answer="")
    _step(signaal, by, said)
    _record(by, signaal, name)


@action
def finish(*, signaal: Signaal, by: User, answer: str, version: int | None = None) -> None:
    """Answer and close. Who left an address gets the answer there; then the address is gone."""
    _check(by, signaal, "finish", version)
    said = need(answer, NO_ANSWER, "answer")
    email = signaal.email
    _set(
        signaal,
        status=SIGNAAL_FLOW["finish"].target,
        answer=said,
        done_at=clock.now(),
        email="",
    )
    if email:
        mails.answer_signaal(signaal, email)
    _step(signaal, by, said)
    _record(by, signaal, "finish")


@action
def sort(
    *,
    signaal: Signaal,
    by: User,
    theme: Theme | None,
    tafel: Tafel | None,
    version: int | None = None,
) -> None:
    """Say what it is about, so that patterns show over the year; also when it is done."""
    _check(by, signaal, None, version)
    if (theme, tafel) == (signaal.theme, signaal.tafel):
        raise Refused("U hebt niets gewijzigd. Kies eerst een thema of een tafel.")
    _set(signaal, theme=theme, tafel=tafel)
    _step(
        signaal,
        by,
        f"Het gaat over {rules.about(tafel)}. "
        f"Het thema is {theme.label if theme else 'nog niet gekozen'}.",
    )
    _record(by, signaal, "sort")


def _check(by: User, signaal: Signaal, name: str | None, version: int | None) -> None:
    """May this person do this, on the signaal that was on the screen, in this status?"""
    if reason := permissions.reason_denied(by, "handle_signaal"):
        raise Forbidden(reason)
    # First, because the one who was late must hear that, and not only that the status is wrong.
    if version is not None and version != signaal.version:
        raise somebody_was_first(THIS)
    if name is not None and (reason := SIGNAAL_FLOW.reason_denied(name, signaal)):
        raise Refused(reason)


def _set(signaal: Signaal, **fields: Any) -> None:
    compare_and_set(signaal, no=somebody_was_first(THIS), **fields)


def _step(signaal: Signaal, by: User, note: str) -> None:
    SignaalStep.objects.create(
        signaal=signaal,
        status=signaal.status,
        note=note,
        at=clock.now(),
        by=by,
        by_name=by.name,
    )


def _record(by: User | None, signaal: Signaal, part: str, *, verb: str = "update") -> None:
    defer(
        lambda: log.record(
            actor=by,
            action=verb,
            object_type="signaal",
            object_id=signaal.pk,
            part=part,
            organisation=by.acting_for if by else "",
        )
    )
