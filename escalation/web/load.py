"""Loading a casus for a page: only what may be seen, and never without a committed audit row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat
from django.http import Http404
from django.shortcuts import get_object_or_404

from audit import showing
from audit.models import Action, Purpose
from audit.performing import explain_with
from directory.models import Domain, Procesafspraak, User
from directory.web.signed_in import AuthedRequest
from escalation.blocks import ALL, ROWS, Blocks, in_words, mask, sees
from escalation.explained import explain_overrides
from escalation.models import Casus, Destruction, Involvement, OwnReference, Restriction
from escalation.permissions import blocks_of, keeping, relations
from escalation.reading.left_behind import own_attachments
from escalation.roles import Relation
from escalation.web.destroyed import Destroyed
from rdm.lib import codes
from rdm.lib.aggregates import Joined

_ORGANISATION_AND_BLOCK = Concat(
    Cast("organisation", TextField()), Value(":"), "block", output_field=TextField()
)
NOT_FOUND = "Deze casus bestaat niet, of u mag hem niet zien."
# What somebody looks for, by how the own organisation stands to the casus; the first that fits.
PURPOSES = {
    Relation.COORDINATING: Purpose.COORDINATE,
    Relation.RESPONSIBLE: Purpose.TREAT,
    Relation.REGISTERING: Purpose.REGISTER,
    Relation.INVOLVED: Purpose.SUPPORT,
}


def known(text: str) -> str:
    """`text` as a code; 404 when it cannot be one, so that no nonsense reaches the database."""
    code = codes.normalise(text)
    if not codes.is_valid(code):
        raise Http404(NOT_FOUND)
    return code


def load_casus(request: AuthedRequest, code: str, *, part: str, action: str = Action.READ) -> Casus:
    """The casus with this code, or 404 exactly as for a code that does not exist (promise 3).

    Whatever the method, the log gets a row when the answer shows or refuses it (promise 1, see
    `audit.showing`). `part` names the page in that row.
    """
    user = request.user
    try:
        code = known(code)
    except Http404:
        # Guessing at codes leaves a trace; what was typed does not.
        showing.about(request, "casus", "", roles=user.roles)
        showing.refused(request, showing.NOT_FOUND)
        raise
    shared_with = Prefetch(
        "involvements",
        Involvement.objects.select_related("organisation"),
        to_attr="known_involvements",
    )
    # Who works for two organisations that both noted a number sees one of them.
    noted = OwnReference.objects.filter(
        casus=OuterRef("pk"), organisation__in=user.organisation_ids()
    )
    domains = Casus.domains.through.objects.filter(casus=OuterRef("pk")).order_by()
    own = own_attachments().filter(casus=OuterRef("pk")).order_by()
    restriction = Restriction.objects.filter(casus=OuterRef("pk"), lifted_at=None)
    term = Procesafspraak.objects.filter(code=keeping.TERM)
    leaving = Destruction.objects.open().filter(code=OuterRef("code"))
    found = Casus.objects.visible_to(user).with_parties().filter(code=code)
    found = found.select_related("client_support_by", "advised_tafel").annotate(
        known_reference=Subquery(noted.order_by("pk").values("reference")[:1]),
        known_restriction=Subquery(restriction.values("reason")[:1]),
        known_domains=Subquery(_keys_of(domains, "domain_id")),
        known_term=Subquery(term.values("number")[:1]),
        known_leaving=Subquery(leaving.values("state")[:1]),
        known_own=Subquery(_keys_of(own, _ORGANISATION_AND_BLOCK)),
    )
    casus = found.with_responsibility().prefetch_related(shared_with).first()
    if casus is None:
        stop_at_tombstone(request, code)
        showing.about(request, "casus", code, part=part, roles=user.roles)
        showing.refused(request, showing.NOT_VISIBLE)
        raise Http404(NOT_FOUND)
    # Said once here, so that asking about twenty buttons asks the database nothing.
    casus.known_transfer = getattr(casus, "offered", None)  # type: ignore[attr-defined]
    casus.known_admission = getattr(casus, "admitted", None)  # type: ignore[attr-defined]
    standing = relations(user, casus)
    show_what_is_shared(user, casus)
    found_in = {relation for _, relation in standing}
    showing.about(
        request,
        "casus",
        casus.code,
        part=part,
        action=action,
        roles={role for role, _ in standing},
        purpose=next((PURPOSES[one] for one in PURPOSES if one in found_in), ""),
    )
    explain_on_timeline(request, casus)
    return casus


def _keys_of(rows: QuerySet[Any], key: Any) -> QuerySet[Any]:
    """What `key` says of these rows as one text, per casus."""
    found: QuerySet[Any] = rows.values("casus").annotate(keys=Joined(key))
    return found.values_list("keys")


def keep_domains(casus: Casus, domains: Iterable[Domain]) -> None:
    """As a prefetch would, out of all domains of the region: the load already said which."""
    known_to = casus.__dict__.setdefault("_prefetched_objects_cache", {})
    if "domains" in known_to:
        return  # taken out, for a reader with whom they are not shared
    keys = set((casus.known_domains or "").split(","))  # type: ignore[attr-defined]
    kept = Domain.objects.all()
    kept._result_cache = [one for one in domains if str(one.pk) in keys]
    kept._prefetch_done = True  # type: ignore[attr-defined]
    known_to["domains"] = kept


def show_what_is_shared(user: User, casus: Casus) -> None:
    """Take out of `casus` what is not shared with `user`, before any page gets hold of it (O-09).

    `casus.seen` are the blocks that this person reads; `facts_of` and every page ask that.
    """
    seen = blocks_of(user, casus)
    mine = user.organisation_ids()
    casus.seen = seen  # type: ignore[attr-defined]
    if seen == ALL:
        return
    mask(casus, seen)
    for one in casus.known_involvements:  # type: ignore[attr-defined]
        if one.organisation_id not in mine:
            mask(one, seen)
    if not ROWS["Transfer"] <= seen:
        casus.known_transfer = None  # type: ignore[attr-defined]
    if not ROWS["Admission"] <= seen:
        casus.known_admission = None  # type: ignore[attr-defined]


def require_shared(casus: Casus, needed: Blocks) -> None:
    """Stop with a reason (403) when these blocks are not shared with the reader of `casus`."""
    if not sees(casus, needed):
        missing = in_words(needed - casus.seen)  # type: ignore[attr-defined]
        raise PermissionDenied(
            f"Dit deel van de casus is niet met u gedeeld: {missing}. Hebt u het nodig? Vraag het "
            "aan de verantwoordelijke gemeente."
        )


def stop_at_tombstone(request: AuthedRequest, code: str) -> None:
    """Raises Destroyed when this casus is gone and this person could see it."""
    user = request.user
    tombstones = Destruction.objects.visible_to(user).filter(code=code)
    found = tombstones.select_related("gemeente__organisation", "registered_by").first()
    if found is not None:
        showing.about(request, "casus", code, part="destroyed", roles=user.roles)
        raise Destroyed(found)


def explain_on_timeline(request: AuthedRequest, casus: Casus) -> None:
    """Why a found text is no personal data is kept with this casus, whatever form it stood in."""
    user = request.user
    explain_with(
        request,
        lambda overrides: explain_overrides(casus=casus, by=user, overrides=overrides),
    )


def as_it_is_now(request: AuthedRequest, casus: Casus) -> Casus:
    """The casus read again, to show beside what somebody typed; 404 if it is no longer theirs."""
    user = request.user
    now: Casus = get_object_or_404(Casus.objects.visible_to(user), pk=casus.pk)
    if (seen := blocks_of(user, now)) != ALL:
        mask(now, seen)
    return now
