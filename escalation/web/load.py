"""Loading a casus for a page: only what may be seen, and never without a committed audit row.
And asking for a right before the page is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from audit import showing
from audit.models import Action, Purpose
from audit.performing import explain_with
from directory.models import Domain, Procesafspraak, User
from directory.web.signed_in import AuthedRequest
from escalation.blocks import ALL, ROWS, Blocks, in_words, mask
from escalation.explained import explain_overrides
from escalation.models import Casus, Destruction, Involvement, OwnReference, Restriction
from escalation.permissions import Circumstances, Standing, blocks_of, general_reason_denied
from escalation.permissions.circumstances import TERM
from escalation.permissions.relations import blocks_in, relations_in
from escalation.reading.left_behind import OwnAttachments, in_pairs, own_attachments
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


@dataclass(frozen=True)
class Dossier(Standing):
    """A casus as one page has it: read in one query, without what is not shared with its reader.

    `involvements`: with whom it is and was shared. `reference`: the number that the own
    organisation gave it, and no other (O-08). `domains`: the keys of what plays. `own`: what only
    one organisation can open.
    """

    involvements: list[Involvement]
    reference: str
    domains: frozenset[str]
    own: OwnAttachments

    @property
    def url(self) -> str:
        return reverse("casus_detail", args=[self.casus.code])


def code_or_404(text: str) -> str:
    """`text` as a code; 404 when it cannot be one, so that no nonsense reaches the database."""
    code = codes.normalise(text)
    if not codes.is_valid(code):
        raise Http404(NOT_FOUND)
    return code


def load_casus(
    request: AuthedRequest, code: str, *, part: str, action: str = Action.READ
) -> Dossier:
    """The casus with this code, or 404 exactly as for a code that does not exist (promise 3).

    Whatever the method, the log gets a row when the answer shows or refuses it (promise 1, see
    `audit.showing`). `part` names the page in that row.
    """
    user = request.user
    try:
        code = code_or_404(code)
    except Http404:
        # Guessing at codes leaves a trace; what was typed does not.
        showing.about(request, "casus", "", roles=user.roles)
        showing.refused(request, showing.NOT_FOUND)
        raise
    # A code is unique. `first` would ask for an order, which costs more than reading the row.
    casus = next(iter(_for_a_page(user).filter(code=code)), None)
    if casus is None:
        stop_at_tombstone(request, code)
        showing.about(request, "casus", code, part=part, roles=user.roles)
        showing.refused(request, showing.NOT_VISIBLE)
        raise Http404(NOT_FOUND)
    dossier = _dossier(user, casus)
    found_in = {relation for _, relation in dossier.relations}
    showing.about(
        request,
        "casus",
        casus.code,
        part=part,
        action=action,
        roles={role for role, _ in dossier.relations},
        purpose=next((PURPOSES[one] for one in PURPOSES if one in found_in), ""),
    )
    explain_on_timeline(request, casus)
    return dossier


def load_to(
    request: AuthedRequest, code: str, to_do: str, *, part: str, action: str = Action.READ
) -> Dossier:
    """The same for a page on which `to_do` is done: 403 for who may not, or not now."""
    dossier = load_casus(request, code, part=part, action=action)
    require(request, dossier, to_do)
    return dossier


def require(request: AuthedRequest, standing: Standing, action: str) -> None:
    """Stop with a reason (403) when this person may not do `action`.

    When only the moment is wrong, a GET stops as well; a POST goes on, so that the action says no
    and the form keeps what was typed.
    """
    if reason := standing.may(action):
        raise PermissionDenied(reason)
    if request.method != "POST":
        stop_when_not_now(request, standing.may_now(action))


def require_general(request: AuthedRequest, action: str) -> User:
    """The user, when it may do `action`, which has no casus (yet); otherwise a 403 with why not."""
    if reason := general_reason_denied(request.user, action):
        raise PermissionDenied(reason)
    return request.user


def stop_when_not_now(request: AuthedRequest, reason: str | None) -> None:
    """With a reason why something cannot be done now: a GET stops with it (403). A POST goes on, so
    that the action says no and the form keeps what was typed."""
    if reason and request.method != "POST":
        showing.refused(request, showing.NOT_NOW)
        raise PermissionDenied(reason)


def _for_a_page(user: User) -> QuerySet[Casus]:
    """What `user` may see, each with what `_dossier` takes from it."""
    # Who works for two organisations that both noted a number sees one of them.
    noted = OwnReference.objects.filter(
        casus=OuterRef("pk"), organisation__in=user.organisation_ids()
    )
    domains = Casus.domains.through.objects.filter(casus=OuterRef("pk")).order_by()
    own = own_attachments().filter(casus=OuterRef("pk")).order_by()
    restriction = Restriction.objects.filter(casus=OuterRef("pk"), lifted_at=None)
    term = Procesafspraak.objects.filter(code=TERM)
    leaving = Destruction.objects.open().filter(code=OuterRef("code"))
    found = Casus.objects.visible_to(user).with_parties().with_responsibility()
    return (
        found.select_related("client_support_by", "advised_tafel")
        .prefetch_related(
            Prefetch("involvements", Involvement.objects.select_related("organisation"))
        )
        .annotate(
            known_reference=Subquery(noted.order_by("pk").values("reference")[:1]),
            known_restriction=Subquery(restriction.values("reason")[:1]),
            known_domains=Subquery(_keys_of(domains, "domain_id")),
            known_term=Subquery(term.values("number")[:1]),
            known_leaving=Subquery(leaving.values("state")[:1]),
            known_own=Subquery(_keys_of(own, _ORGANISATION_AND_BLOCK)),
        )
    )


def _dossier(user: User, casus: Casus) -> Dossier:
    """The casus before `user`, without what is not shared with them: taken out here, before any
    page gets hold of it (O-09)."""
    said, involvements = vars(casus), list(casus.involvements.all())
    leaving = said.pop("known_leaving")
    now = Circumstances(casus).with_loaded(
        shared=[one for one in involvements if one.is_current],
        transfer=said.pop("offered", None),
        admission=said.pop("admitted", None),
        restriction=said.pop("known_restriction"),
        leaving=leaving if casus.closed_at else None,
    )
    if years := said.pop("known_term"):
        now = now.with_loaded(years=years)
    relations = relations_in(now, user)
    seen = blocks_in(now, user, relations)
    if seen != ALL:
        now, mine = _without(now, seen), user.organisation_ids()
        for one in involvements:
            if one.organisation_id not in mine:
                mask(one, seen)
    return Dossier(
        user,
        now,
        relations,
        seen,
        involvements=involvements,
        reference=said.pop("known_reference") or "",
        domains=frozenset((said.pop("known_domains") or "").split(",")),
        own=in_pairs(said.pop("known_own") or ""),
    )


def _without(now: Circumstances, seen: Blocks) -> Circumstances:
    """As far as somebody who sees these blocks may know it, with a casus to match."""
    mask(now.casus, seen)
    if not ROWS["Transfer"] <= seen:
        now = now.with_loaded(transfer=None)
    if not ROWS["Admission"] <= seen:
        now = now.with_loaded(admission=None)
    return now


def _keys_of(rows: QuerySet[Any], key: Any) -> QuerySet[Any]:
    """What `key` says of these rows as one text, per casus."""
    found: QuerySet[Any] = rows.values("casus").annotate(keys=Joined(key))
    return found.values_list("keys")


def keep_domains(dossier: Dossier, domains: Iterable[Domain]) -> None:
    """As a prefetch would, out of all domains of the region: the load already said which."""
    known_to = vars(dossier.casus).setdefault("_prefetched_objects_cache", {})
    if "domains" in known_to:
        return  # taken out, for a reader with whom they are not shared
    kept = Domain.objects.all()
    kept._result_cache = [one for one in domains if str(one.pk) in dossier.domains]
    kept._prefetch_done = True  # type: ignore[attr-defined]
    known_to["domains"] = kept


def require_shared(dossier: Dossier, needed: Blocks) -> None:
    """Stop with a reason (403) when these blocks are not shared with the reader."""
    if not dossier.sees(needed):
        raise PermissionDenied(
            f"Dit deel van de casus is niet met u gedeeld: {in_words(needed - dossier.seen)}. "
            "Hebt u het nodig? Vraag het aan de verantwoordelijke gemeente."
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
