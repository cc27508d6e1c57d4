"""Writing, submitting, correcting and reading the terugkoppeling."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.urls import reverse

from audit import log
from audit.transaction import action, defer
from directory.models import Role, User
from directory.web.mails import letter
from escalation.change import take
from escalation.models import Overleg
from escalation.overleg.actions import note_report
from learning.models import ReadReceipt, Terugkoppeling, TerugkoppelingVersion
from learning.models.terugkoppeling import RUBRIEKEN
from learning.permissions import may, may_report, reason_denied
from learning.workflow import TERUGKOPPELING_FLOW, TerugkoppelingStatus
from outbox import queue
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.refusal import Forbidden, Refused, need
from rdm.lib.versions import compare_and_set, somebody_was_first


def _require(by: User, terugkoppeling: Terugkoppeling, name: str) -> None:
    """The casus is taken for writing first, as for everything that happens with it."""
    take(terugkoppeling.overleg.casus)
    if terugkoppeling.pk:
        terugkoppeling.refresh_from_db(fields=["status"])
    if reason := may_report(by, terugkoppeling.overleg.casus):
        raise Forbidden(reason)
    if reason := reason_denied(by, terugkoppeling, name):
        raise Refused(reason)


def _set(terugkoppeling: Terugkoppeling, version: int | None, **fields: Any) -> None:
    no = somebody_was_first("deze terugkoppeling")
    compare_and_set(terugkoppeling, seen=version, no=no, updated_at=clock.now(), **fields)
    # Its casus too: what is told about it depends on the status that it has now.
    terugkoppeling.refresh_from_db()


def _record(terugkoppeling: Terugkoppeling, by: User, part: str, verb: str = "update") -> None:
    defer(
        lambda: log.record(
            actor=by,
            action=verb,
            object_type="terugkoppeling",
            object_id=terugkoppeling.overleg.casus.code,
            part=part,
            organisation=by.acting_for,
        )
    )


def unwritten(overleg: Overleg) -> Terugkoppeling:
    """The terugkoppeling as it will begin, not stored: for a page that only shows it.

    The draft starts with what the record of the overleg already says, so nobody types twice.
    Refuses while the overleg has no record.
    """
    if overleg.held_on is None or overleg.feedback_due is None:
        raise Refused("De uitkomst van het overleg is nog niet vastgelegd.")
    return Terugkoppeling(
        overleg=overleg,
        due=overleg.feedback_due,
        started_at=clock.now(),
        updated_at=clock.now(),
        outcomes=_outcomes_of(overleg),
    )


@action
def open_for(*, overleg: Overleg, by: User) -> Terugkoppeling:
    """The terugkoppeling of this overleg, begun when there is none yet."""
    take(overleg.casus)
    begun = unwritten(overleg)
    _require(by, begun, "write_terugkoppeling")
    # Two people may begin at once: the second gets the draft of the first.
    found, created = Terugkoppeling.objects.get_or_create(
        overleg=overleg,
        defaults={
            "due": begun.due,
            "started_at": begun.started_at,
            "updated_at": begun.updated_at,
            "outcomes": begun.outcomes,
        },
    )
    if not created:
        _require(by, found, "write_terugkoppeling")
        return found
    _record(found, by, "started", verb="create")
    return found


def _outcomes_of(overleg: Overleg) -> str:
    lines = [f"{overleg.get_plan_verdict_display()}; {overleg.get_solution_display()}."]
    lines += [
        f"- {afspraak.text} ({afspraak.organisation_name}, {afspraak.function}, "
        f"uiterlijk {long_date(afspraak.due)})"
        for afspraak in overleg.afspraken.all()
    ]
    return "\n".join(line[:1].upper() + line[1:] for line in lines)


@action
def save_draft(
    *,
    terugkoppeling: Terugkoppeling,
    by: User,
    texts: Mapping[str, str],
    version: int | None = None,
) -> None:
    """Keep the four texts, complete or not."""
    _require(by, terugkoppeling, "write_terugkoppeling")
    _set(terugkoppeling, version, **_known(texts))
    _record(terugkoppeling, by, "draft")


def _known(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: texts.get(name, "").strip() for name, _ in RUBRIEKEN}


@action
def submit(
    *,
    terugkoppeling: Terugkoppeling,
    by: User,
    texts: Mapping[str, str],
    version: int | None = None,
) -> TerugkoppelingVersion:
    """Submit the four texts as a new immutable version; all four required ("geen" is allowed).

    The portefeuillehouder hears of it; the coördinator and the casus are told too.
    """
    _require(by, terugkoppeling, "submit_terugkoppeling")
    kept = _known(texts)
    for name, title in RUBRIEKEN:
        need(kept[name], f"Vul ‘{title}’ in. Is er niets? Schrijf dan ‘geen’.", name)
    now = clock.now()
    last = terugkoppeling.versions.aggregate(last=Max("number"))["last"] or 0
    _set(
        terugkoppeling,
        version,
        status=TERUGKOPPELING_FLOW["submit_terugkoppeling"].target,
        first_submitted_at=terugkoppeling.first_submitted_at or now,
        **kept,
    )
    submitted = TerugkoppelingVersion.objects.create(
        terugkoppeling=terugkoppeling,
        number=last + 1,
        submitted_at=now,
        submitted_by_name=by.name,
        submitted_by_organisation=by.acting_for[:250],
        correction_reason=terugkoppeling.correction_reason,
        **kept,
    )
    note_report(overleg=terugkoppeling.overleg, by=by, correction=submitted.number > 1)
    _tell_readers(terugkoppeling, submitted)
    _record(terugkoppeling, by, f"version-{submitted.number}")
    return submitted


def _tell_readers(terugkoppeling: Terugkoppeling, version: TerugkoppelingVersion) -> None:
    casus = terugkoppeling.overleg.casus
    link = settings.SITE_URL + reverse(
        "terugkoppeling_detail", args=[casus.code, terugkoppeling.pk]
    )
    readers = User.objects.filter(
        is_active=True,
        memberships__ended_at=None,
        memberships__role__in=[Role.PORTEFEUILLEHOUDER, Role.COORDINATOR],
    ).distinct()
    for reader in readers:
        queue.put(
            key=f"terugkoppeling:{version.pk}:{reader.pk}",
            to=reader.email,
            subject=f"Terugkoppeling ontvangen ({casus.code})",
            body=letter(
                reader.name,
                f"De gemeente {casus.gemeente} heeft een terugkoppeling ingediend over een "
                "escalatieoverleg.",
                f"Lees de terugkoppeling: {link}",
                left_out="niets over de inhoud",
            ),
        )


@action
def start_correction(
    *, terugkoppeling: Terugkoppeling, by: User, reason: str, version: int | None = None
) -> None:
    """Open a submitted report for a new version; the submitted one stays as it is."""
    _require(by, terugkoppeling, "start_correction")
    kept = need(reason, "Leg uit wat u wilt verbeteren.", "reason")
    _set(
        terugkoppeling,
        version,
        status=TerugkoppelingStatus.CORRECTING,
        correction_reason=kept,
    )
    _record(terugkoppeling, by, "correction")


@action
def withdraw_correction(
    *, terugkoppeling: Terugkoppeling, by: User, version: int | None = None
) -> None:
    """Stop a correction: the draft is again what was submitted last."""
    _require(by, terugkoppeling, "withdraw_correction")
    last = terugkoppeling.versions.first()
    assert last is not None  # only a submitted report can be in correction
    _set(
        terugkoppeling,
        version,
        status=TERUGKOPPELING_FLOW["withdraw_correction"].target,
        correction_reason=last.correction_reason,
        **{name: getattr(last, name) for name, _ in RUBRIEKEN},
    )
    _record(terugkoppeling, by, "correction-withdrawn")


@action
def confirm_read(*, version: TerugkoppelingVersion, by: User) -> ReadReceipt:
    """The portefeuillehouder confirms having read this version; doing it twice is one receipt."""
    if reason := may(by, "confirm_read"):
        raise Forbidden(reason)
    receipt, _ = ReadReceipt.objects.get_or_create(
        version=version, user=by, defaults={"user_name": by.name, "at": clock.now()}
    )
    _record(version.terugkoppeling, by, f"read-{version.number}")
    return receipt
