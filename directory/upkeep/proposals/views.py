"""Proposing a change, laying old and new side by side, and deciding (O-13)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from audit.performing import get_or_post, perform, show
from directory.models import Edition, Gemeente, Proposal, ProposalStatus, Tafel
from directory.permissions import reason_denied_tafel
from directory.upkeep.editions import changelog
from directory.upkeep.editions.changelog import page_name
from directory.upkeep.editions.comparison import Comparison, compare, rows_between
from directory.upkeep.page import tafel_crumbs, tafel_form
from directory.upkeep.page_fields.words import Names
from directory.upkeep.proposals import actions as proposals
from directory.upkeep.proposals.forms import PublishForm, RefuseForm
from directory.upkeep.proposals.permissions import reason_denied_check, reason_denied_withdraw
from directory.web.signed_in import AuthedRequest
from rdm.lib.forms import OnceForm


@get_or_post
def tafel_propose(request: AuthedRequest, slug: str) -> HttpResponse:
    """The page of a tafel as a form, for its contact and the themagroep."""
    tafel = get_object_or_404(Tafel.objects.select_related("led_by"), slug=slug)
    user = request.user
    if reason := reason_denied_tafel(user, "propose_tafel", tafel):
        raise PermissionDenied(reason)
    form = tafel_form(request, tafel)
    if answer := perform(
        request,
        form,
        lambda: proposals.propose_tafel(
            tafel=tafel,
            by=user,
            values=form.values,
            based_on=form.cleaned_data["based_on"],
            reason=form.cleaned_data["reason"],
            confirms=form.cleaned_data["confirms"],
        ),
        done="Uw voorstel is bewaard.",
        to=lambda proposal: reverse("proposal_detail", args=[proposal.pk]),
    ):
        return answer
    waiting = tafel.proposals.filter(status=ProposalStatus.OPEN).order_by("-pk")[:10]
    context = {"tafel": tafel, "crumbs": tafel_crumbs(tafel), "waiting": waiting}
    return show(request, "directory/upkeep/proposals/tafel_propose.html", context, form=form)


# --- One proposal ---------------------------------------------------------------------------------


@require_safe
def proposal_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    """A proposal beside the page, with what this person can do about it."""
    return _show(request, _load(request, pk))


@require_POST
def proposal_publish(request: AuthedRequest, pk: int) -> HttpResponse:
    """Put it on the page. The form stands on the page of the proposal itself."""
    proposal = _load(request, pk)
    user = request.user
    if reason := reason_denied_check(user, proposal):
        raise PermissionDenied(reason)
    comparison, now = _beside(proposal)
    form = PublishForm(request.POST, version=now.number, both=comparison.both)
    if form.is_for_another(now.number):
        form.show_conflict(now.number, proposals.PAGE_CHANGED)
    if answer := perform(
        request,
        form,
        lambda: proposals.publish(
            proposal=proposal,
            by=user,
            version=form.cleaned_data["version"],
            keep=form.keep,
        ),
        done="De wijziging staat nu op de pagina.",
        to=_page_url(proposal),
    ):
        return answer
    proposal.refresh_from_db()
    return _show(request, proposal, form)


@get_or_post
def proposal_refuse(request: AuthedRequest, pk: int) -> HttpResponse:
    """Say no, with the reason."""
    proposal = _load(request, pk)
    user = request.user
    if reason := reason_denied_check(user, proposal):
        raise PermissionDenied(reason)
    form = RefuseForm(request.POST or None)
    if answer := perform(
        request,
        form,
        lambda: proposals.refuse(proposal=proposal, by=user, reason=form.cleaned_data["reason"]),
        done="Het voorstel is niet overgenomen.",
        to=reverse("proposal_detail", args=[pk]),
    ):
        return answer
    return show(
        request, "directory/upkeep/proposals/proposal_refuse.html", _context(proposal), form=form
    )


@get_or_post
def proposal_withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take one's own proposal back."""
    proposal = _load(request, pk)
    user = request.user
    if reason := reason_denied_withdraw(user, proposal):
        raise PermissionDenied(reason)
    form = OnceForm(request.POST or None)
    if answer := perform(
        request,
        form,
        lambda: proposals.withdraw(proposal=proposal, by=user),
        done="Het voorstel is ingetrokken.",
        to=reverse("proposal_detail", args=[pk]),
    ):
        return answer
    return show(
        request, "directory/upkeep/proposals/proposal_withdraw.html", _context(proposal), form=form
    )


def _load(request: AuthedRequest, pk: int) -> Proposal:
    user = request.user
    rows = Proposal.objects.visible_to(user).select_related("proposed_by")
    return get_object_or_404(rows, pk=pk)


def _page_url(proposal: Proposal) -> str:
    if proposal.tafel is not None:
        return reverse("tafel_detail", args=[proposal.tafel.slug])
    assert proposal.gemeente is not None
    return reverse("gemeente_detail", args=[proposal.gemeente.slug])


def _subject(proposal: Proposal) -> Tafel | Gemeente:
    subject = proposal.tafel or proposal.gemeente
    assert subject is not None
    return subject


def _beside(proposal: Proposal) -> tuple[Comparison, Edition]:
    """The proposal beside the page as it is now."""
    subject = _subject(proposal)
    now = changelog.of(subject)[0]
    return compare(proposal, subject, now, Names.read()), now


def _show(request: AuthedRequest, proposal: Proposal, form: Any = None) -> HttpResponse:
    """The comparison; for an open proposal with the form to publish, for who may do that."""
    user = request.user
    context = _context(proposal)
    if proposal.status != ProposalStatus.OPEN:
        context["rows"] = rows_between(
            _subject(proposal), proposal.base, proposal.values, Names.read()
        )
        context["edition"] = Edition.objects.filter(proposal=proposal).defer("values").first()
        return show(request, "directory/upkeep/proposals/proposal_detail.html", context, form=form)
    comparison, now = _beside(proposal)
    if form is None:
        form = PublishForm(version=now.number, both=comparison.both)
    elif getattr(form, "conflict", False) and form.is_for_another(now.number):
        # Somebody published in the very moment of sending: show what stands there now.
        form = PublishForm(request.POST, version=now.number, both=comparison.both)
        form.show_conflict(now.number, proposals.PAGE_CHANGED)
    denied = reason_denied_check(user, proposal)
    context |= {
        "rows": comparison.rows,
        "both": comparison.both,
        "now": now,
        "may_check": denied is None,
        "waits_for": "" if denied is None else _checkers(proposal),
        "may_withdraw": reason_denied_withdraw(user, proposal) is None,
        "publish": form,
        "alone": denied is None and proposal.proposed_by_id == user.pk,
    }
    return show(
        request,
        "directory/upkeep/proposals/proposal_detail.html",
        context,
        form=form if form.is_bound else None,
    )


def _checkers(proposal: Proposal) -> str:
    tafel = proposal.tafel
    others = "de themagroep"
    if tafel is not None and tafel.led_by:
        others += f" of een andere contactpersoon bij {tafel.led_by}"
    return others


def _context(proposal: Proposal) -> dict[str, Any]:
    subject = _subject(proposal)
    is_tafel = isinstance(subject, Tafel)
    above = ("Overlegtafels", "tafel_list") if is_tafel else ("Gemeenten", "gemeente_list")
    url = _page_url(proposal)
    return {
        "proposal": proposal,
        "name": page_name(subject),
        "page_url": url,
        "is_tafel": is_tafel,
        "crumbs": [(above[0], reverse(above[1])), (page_name(subject), url)],
        "status_tone": _TONES[proposal.status],
    }


_TONES: dict[str, str] = {
    ProposalStatus.OPEN: "warning",
    ProposalStatus.PUBLISHED: "success",
    ProposalStatus.REFUSED: "error",
    ProposalStatus.WITHDRAWN: "outline",
}
