"""Registering a casus, and what is kept about the casus itself."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from audit.transaction import action
from directory.guide.answers import Answers
from directory.guide.prefill import start_of
from directory.models import Domain, Gemeente, Organisation, Region
from escalation import terms
from escalation.blocks import of_fields
from escalation.change import change, move, record, require, take, tell
from escalation.grounds import contradiction
from escalation.models import Casus, Destruction
from escalation.notifications import inform, people_of
from escalation.permissions import general_reason_denied
from escalation.permissions.completeness import registration_complete, registration_gaps
from escalation.reading.answers import answers_of
from escalation.reading.changes import between
from escalation.registration.references.actions import keep_reference
from escalation.roles import REGISTRANTS
from escalation.workflow import Turn
from rdm.lib import clock
from rdm.lib.codes import new_code
from rdm.lib.refusal import Forbidden, Refused

if TYPE_CHECKING:
    from directory.models import User

# What a registration step may write. Everything else has an action of its own.
REGISTRATION_FIELDS = frozenset(
    {
        "gemeente",
        "no_acute_danger",
        "adult",
        "situation",
        "frameworks",
        "safety",
        "safety_text",
        "tried_regular",
        "waiting_list_only",
        "stagnation",
        "stagnations",
        "local_phase",
        "local_escalation",
        "plan_of_approach",
        "resident_view",
        "basic_needs",
        "client_support",
        "client_support_by",
        "client_support_reason",
        "sharing_purpose",
        "sharing_ground",
        "resident_informed",
        "resident_informed_on",
        "not_informed_reason",
    }
)

# The texts about the resident, which go when a draft is thrown away.
CONTENT = (
    "situation",
    "safety_text",
    "tried_regular",
    "stagnation",
    "local_phase",
    "local_escalation",
    "plan_of_approach",
    "resident_view",
    "client_support_reason",
    "sharing_purpose",
    "sharing_ground",
    "not_informed_reason",
)

# What a new registration of the same resident begins with. Cliëntondersteuning, and whether the
# resident knows of the sharing, must be asked again.
COPIED = (
    "gemeente",
    "guide_answers",
    "situation",
    "frameworks",
    "safety",
    "safety_text",
    "tried_regular",
    "waiting_list_only",
    "stagnation",
    "stagnations",
    "local_phase",
    "local_escalation",
    "plan_of_approach",
    "resident_view",
    "basic_needs",
    "sharing_purpose",
    "sharing_ground",
)
OTHER_ORGANISATION = "U kunt alleen gegevens overnemen van een casus van dezelfde organisatie."

ACUTE_DANGER = (
    "Bij acuut gevaar helpt deze weg niet snel genoeg. Bel 112 of de crisisdienst. "
    "Registreer de casus als het acute gevaar voorbij is."
)
UNDER_AGE = (
    "Deze weg is voor inwoners van 18 jaar of ouder. Neem voor een jongere contact op met het "
    "wijkteam of de procesmanager van de gemeente."
)


@action
def start(
    *,
    by: User,
    organisation: Organisation,
    no_acute_danger: bool,
    adult: bool,
    guide: Answers | None = None,
    copy_of: Casus | None = None,
) -> Casus:
    """A new draft for `organisation`, one of the registering organisations of `by`.

    With `guide` it begins with what was answered in the wegwijzer, with `copy_of` with what was
    registered about the same resident before. Refuses with acute danger (O-03), under 18 (E-003,
    O-19) and for a foreign organisation.
    """
    if reason := general_reason_denied(by, "start_casus"):
        raise Forbidden(reason)
    if organisation.pk not in by.organisation_ids(*REGISTRANTS):
        raise Forbidden("U kunt alleen namens uw eigen organisatie een casus registreren.")
    if not no_acute_danger:
        raise Refused(ACUTE_DANGER, "no_acute_danger")
    if not adult:
        raise Refused(UNDER_AGE, "adult")
    if copy_of is not None:
        require(by, copy_of, "copy")
        if copy_of.carried_by_id != organisation.pk:
            raise Refused(OTHER_ORGANISATION, "organisation")
    now = clock.now()
    casus = Casus.objects.create(
        code=_free_code(now.year),
        registered_by=organisation,
        carried_by=organisation,
        created_by=by,
        created_at=now,
        updated_at=now,
        status_since=now,
        due=terms.draft_due(),
        no_acute_danger=True,
        adult=True,
        **{
            "gemeente": Gemeente.objects.filter(pk=organisation.pk).first(),
            **_copied(copy_of),
            **_known(guide),
        },
    )
    if copy_of is not None:
        casus.domains.set(copy_of.domains.all())
        record(copy_of, "copy", by=by)
    if guide is not None:
        casus.domains.set(Domain.objects.filter(code__in=start_of(guide).domains))
    # Without the code: who sees the new casus may not see the earlier one.
    how = " met de gegevens van een eerdere casus" if copy_of else ""
    tell(casus, "started", f"Registratie begonnen{how}", by=by)
    record(casus, "start", by=by)
    return casus


def _copied(earlier: Casus | None) -> dict[str, Any]:
    return {name: getattr(earlier, name) for name in COPIED} if earlier else {}


def _known(guide: Answers | None) -> dict[str, Any]:
    """The fields of a casus that the wegwijzer already answered."""
    if guide is None:
        return {}
    begin = start_of(guide)
    gemeente = Gemeente.objects.filter(organisation__slug=begin.gemeente).first()
    return {
        "guide_answers": guide.stored(),
        "frameworks": [one for one in begin.frameworks if one in Casus.Framework.values],
        "safety": begin.safety,
        "waiting_list_only": begin.waiting_list_only,
        "stagnations": begin.stagnations,
        "tried_regular": begin.tried,
        **({"gemeente": gemeente} if gemeente else {}),
    }


def _free_code(year: int) -> str:
    prefix = Region.current().code_prefix
    while is_taken(code := new_code(prefix, year)):
        pass
    return code


def is_taken(code: str) -> bool:
    """A code is given once, also when its casus was destroyed since."""
    return (
        Casus.objects.filter(code=code).exists() or Destruction.objects.filter(code=code).exists()
    )


@action
def save_registration(
    *,
    casus: Casus,
    by: User,
    version: int | None = None,
    domains: list[Domain] | None = None,
    own_reference: str | None = None,
    **fields: Any,
) -> None:
    """Keep (part of) the registration. Once registered it stays complete (E-010, O-09), and each
    change shows as an event."""
    take(casus)
    unknown = set(fields) - REGISTRATION_FIELDS
    if unknown:
        raise TypeError(f"not part of the registration: {sorted(unknown)}")
    if fields.get("no_acute_danger") is False:
        raise Refused(ACUTE_DANGER, "no_acute_danger")
    if fields.get("adult") is False:
        raise Refused(UNDER_AGE, "adult")
    ground = fields.get("sharing_ground", casus.sharing_ground)
    informed = fields.get("resident_informed", casus.resident_informed)
    if ("sharing_ground" in fields or "resident_informed" in fields) and (
        refusal := contradiction(ground, informed)
    ):
        raise Refused(refusal, "ground")
    if not casus.is_draft and "gemeente" in fields and fields["gemeente"] != casus.gemeente:
        raise Refused("De gemeente verandert alleen door een overdracht.", "gemeente")
    if not casus.is_draft:
        _stays_complete(casus, fields)
    # Without the own reference: the timeline is for everybody who sees the casus (O-08).
    before = [] if casus.is_draft else answers_of(casus, "")
    if casus.is_draft:
        fields["due"] = terms.draft_due()
    change(casus, "edit", by=by, version=version, **fields)
    if domains is not None:
        casus.domains.set(domains)
    if own_reference is not None:
        _keep_own_reference(casus, by, own_reference)
    if not casus.is_draft:
        touched = of_fields("Casus", [*fields, *(["domains"] if domains is not None else [])])
        changes = between(before, answers_of(casus, ""))
        title = "Gegevens van de casus gewijzigd"
        tell(casus, "edited", title, by=by, about=touched, changes=changes)


def _stays_complete(casus: Casus, fields: dict[str, Any]) -> None:
    """Refuses to take away an answer without which the casus could not have been registered."""
    changed = copy(casus)
    for name, value in fields.items():
        setattr(changed, name, value)
    if gaps := registration_gaps(changed):
        raise Refused(registration_complete(changed) or "", gaps[0][0])


def _keep_own_reference(casus: Casus, by: User, reference: str) -> None:
    """The own number of an organisation; an empty one takes it away."""
    for organisation in by.organisation_ids(*REGISTRANTS) & {casus.carried_by_id}:
        keep_reference(casus, organisation, reference)


@action
def register(*, casus: Casus, by: User, version: int | None = None) -> None:
    """From draft to a registered casus; the responsible gemeente hears of it (E-120, E-122)."""
    take(casus)
    now = clock.now()
    move(casus, "register", by=by, version=version, registered_at=now, due=terms.news_due())
    tell(casus, "registered", "Casus geregistreerd", by=by)
    if casus.registered_by_id != casus.gemeente_id:
        inform(
            casus,
            people_of(casus, Turn.GEMEENTE),
            subject="Nieuwe casus in uw gemeente",
            text=(
                f"{casus.registered_by} heeft een casus geregistreerd. "
                "Uw gemeente is verantwoordelijk voor deze casus."
            ),
            key=f"registered:{casus.pk}",
        )
