"""Clinical admission: from when, until when, and who then carries responsibility (E-123, O-16)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from audit.transaction import action
from directory.models import Organisation
from escalation.change import record, require, tell, touch
from escalation.models import Admission, Casus
from escalation.permissions import open_admission
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.refusal import Refused

if TYPE_CHECKING:
    from directory.models import User


@action
def record_admission(
    *,
    casus: Casus,
    by: User,
    since: date,
    organisation: Organisation | None = None,
    organisation_name: str = "",
) -> Admission:
    """The resident was admitted on the day `since`; at most one admission lasts at a time."""
    require(by, casus, "record_admission")
    name = "" if organisation else organisation_name.strip()
    if organisation is None and not name:
        raise Refused("Kies een instelling of vul een naam in.", "organisation")
    _not_in_future(since, "since")
    _after_the_last(casus, since)
    admission = Admission(
        casus=casus,
        organisation=organisation,
        organisation_name=name,
        since=since,
        recorded_at=clock.now(),
        recorded_by_name=by.name,
    )
    try:
        with transaction.atomic():
            admission.save()
    except IntegrityError:
        # Somebody else recorded one between the page and this moment.
        raise Refused(
            "De inwoner is al opgenomen. Leg eerst het einde van die opname vast."
        ) from None
    tell(
        casus,
        "admitted",
        f"Opgenomen bij {admission.party}",
        by=by,
        text=f"Sinds {long_date(since)} draagt {admission.party} de verantwoordelijkheid.",
    )
    touch(casus)
    record(casus, "record_admission", by=by, part=f"admission-{admission.pk}")
    return admission


@action
def end_admission(*, casus: Casus, by: User, until: date) -> None:
    """The admission ended on the day `until`; the gemeente carries the responsibility again."""
    require(by, casus, "end_admission")
    _not_in_future(until, "until")
    admission = open_admission(casus)
    assert admission is not None  # or the state would have said no
    if until < admission.since:
        raise Refused(
            f"Deze datum ligt voor het begin van de opname ({long_date(admission.since)}).",
            "until",
        )
    ended = Admission.objects.filter(pk=admission.pk, until=None).update(until=until)
    if not ended:
        raise Refused("Het einde van deze opname lag al vast.")
    tell(
        casus,
        "discharged",
        f"Opname bij {admission.party} beëindigd",
        by=by,
        # Not its name: the casus may have come to another gemeente since that day.
        text=f"Tot en met {long_date(until)}. Daarna draagt de gemeente de verantwoordelijkheid "
        "weer.",
    )
    touch(casus)
    record(casus, "end_admission", by=by, part=f"admission-{admission.pk}")


def _after_the_last(casus: Casus, since: date) -> None:
    """One institution carries the responsibility on one day; a move is on one day from the one to
    the other."""
    if before := casus.admissions.filter(until__gt=since).first():
        assert before.until is not None
        raise Refused(
            f"De inwoner was van {long_date(before.since)} tot en met {long_date(before.until)} "
            f"opgenomen bij {before.party}. Kies een begin daarna.",
            "since",
        )


def _not_in_future(day: date, field: str) -> None:
    if day > clock.today():
        raise Refused("Deze datum ligt in de toekomst.", field)
