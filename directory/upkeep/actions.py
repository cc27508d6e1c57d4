"""What the actions that keep the overview true share: making a proposal, writing a page, and
noting a confirmation. Only for the actions of its rooms, inside their transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from audit import log
from audit.transaction import defer
from directory.models import (
    Confirmation,
    Domain,
    Gemeente,
    Organisation,
    Proposal,
    SubmitterKind,
    Tafel,
    User,
)
from directory.region import entrances
from directory.upkeep.page_fields.fields import TAFEL_PARTS, Kind, Values, parts_of
from rdm.lib import clock
from rdm.lib.refusal import Refused, need

NOTHING_CHANGED = "U hebt niets gewijzigd. Pas eerst iets aan."
_FORM_OF_LONG_AGO = "Dit formulier is te oud. Open de pagina opnieuw en vul het nog een keer in."


def make_proposal(
    subject: Tafel | Gemeente,
    *,
    values: Values,
    based_on: int,
    reason: str,
    by: User | None,
    by_name: str,
    confirms: bool = False,
) -> Proposal:
    """Keep what differs from edition `based_on`, the one that was on the screen.

    So a page that changed while somebody typed does not lose that change: what this person did
    not touch is not proposed. Refused when nothing differs or there is no reason.
    """
    edition = subject.editions.filter(number=based_on).first()
    if edition is None:
        raise Refused(_FORM_OF_LONG_AGO)
    known = {part.name for part in parts_of(subject) if part.can_be_proposed}
    changed = {
        name: value
        for name, value in values.items()
        if name in known and value != edition.values.get(name)
    }
    if not changed:
        raise Refused(NOTHING_CHANGED)
    _refuse_open_door(changed.get("instroom"))
    proposal = Proposal.objects.create(
        tafel=subject if isinstance(subject, Tafel) else None,
        gemeente=subject if isinstance(subject, Gemeente) else None,
        values=changed,
        base={name: edition.values.get(name) for name in changed},
        base_version=based_on,
        reason=need(reason, "Leg uit waarom u dit wilt wijzigen.", "reason"),
        confirms=confirms,
        proposed_at=clock.now(),
        proposed_by=by,
        proposed_by_name=by_name[:160],
    )
    record(by, subject, f"proposal:{proposal.pk}", action="create")
    return proposal


def _refuse_open_door(value: Values | None) -> None:
    """With nothing left to hold, every casus would be let in; a region file may not say it."""
    if value is None:
        return
    if value["alternatives"] and not any(one["active"] for one in value["criteria"]):
        raise Refused("Laat minstens één criterium meetellen. Anders past elke casus hier.")


def record(
    by: User | None, subject: Tafel | Gemeente, part: str, *, action: str = "update"
) -> None:
    """The row in the log, as the last thing of the action."""
    kind = "tafel" if isinstance(subject, Tafel) else "gemeente"
    slug = subject.slug
    defer(lambda: log.record(actor=by, action=action, object_type=kind, object_id=slug, part=part))


# --- Writing a page -------------------------------------------------------------------------------


def write_page(subject: Tafel | Gemeente, values: Values) -> None:
    """Make the page say `values`. Refused for a name that is taken or something that is gone."""
    if isinstance(subject, Gemeente):
        _write_gemeente(subject, values)
        return
    by_name = {part.name: part for part in TAFEL_PARTS if part.can_be_proposed}
    touched = []
    for name, value in values.items():
        kind = by_name[name].kind
        if kind is Kind.INSTROOM:
            _write_criteria(subject, value)
        elif kind in _MANY:
            getattr(subject, name).set(_rows(kind, value))
        else:
            setattr(subject, name, _column(kind, value))
            touched.append(name)
    if "name" in touched:
        _refuse_taken(subject)
    subject.save(update_fields=touched)


_MANY = {Kind.SUBMITTERS, Kind.DOMAINS, Kind.ORGANISATIONS}


def _column(kind: Kind, value: Any) -> Any:
    if kind is Kind.ORGANISATION:
        return _organisations([value])[0] if value else None
    if kind is Kind.DAY:
        return date.fromisoformat(value) if value else None
    return value


def _rows(kind: Kind, value: Collection[str]) -> list[Any]:
    if kind is Kind.ORGANISATIONS:
        # A tafel names gemeenten, by the slug of their organisation.
        found = Gemeente.objects.filter(organisation__slug__in=value)
        return _all(value, {one.slug: one for one in found.select_related("organisation")})
    model = SubmitterKind if kind is Kind.SUBMITTERS else Domain
    return _all(value, {one.code: one for one in model._default_manager.filter(code__in=value)})


def _organisations(slugs: Collection[str]) -> list[Organisation]:
    return _all(slugs, {one.slug: one for one in Organisation.objects.filter(slug__in=slugs)})


def _all(wanted: Collection[str], found: dict[str, Any]) -> list[Any]:
    missing = [one for one in wanted if one not in found]
    if missing:
        raise Refused(f"In het voorstel staat iets dat niet meer bestaat: {missing[0]}.")
    return [found[one] for one in wanted]


def _refuse_taken(tafel: Tafel) -> None:
    if Tafel.objects.filter(name=tafel.name).exclude(pk=tafel.pk).exists():
        raise Refused("Een andere tafel heet al zo. Kies een andere naam.", "name")


def _write_criteria(tafel: Tafel, value: Values) -> None:
    """Texts, and whether a criterium counts; which criteria there are is for the region file."""
    for one in value["criteria"]:
        tafel.criteria.filter(code=one["code"]).update(text=one["text"], active=one["active"])


def _write_gemeente(gemeente: Gemeente, values: Values) -> None:
    if "client_support" in values:
        gemeente.client_support.set(_organisations(values["client_support"]))
    if "entrances" not in values:
        return
    entrances.write(gemeente, values["entrances"])


# --- The yearly confirmation ----------------------------------------------------------------------


def note_confirmation(
    tafel: Tafel, *, by_name: str, by_link: bool, edition_number: int, note: str = ""
) -> Confirmation:
    """Add the confirmation, and put day and function on the public page."""
    confirmation = Confirmation.objects.create(
        tafel=tafel,
        at=clock.now(),
        by_name=by_name[:160],
        by_link=by_link,
        edition_number=edition_number,
        note=note.strip()[:500],
    )
    Tafel.objects.filter(pk=tafel.pk).update(
        confirmed_on=clock.today(), confirmed_by=confirmation.by_name
    )
    return confirmation
