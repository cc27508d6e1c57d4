"""Beheer: going through the roles of each organisation, once a year, with a signature (O-12)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit import showing
from audit.performing import get_or_post, perform, show
from directory.models import Membership, MembershipReview, MembershipReviewLine, Organisation, User
from directory.people.reviews import actions
from directory.people.reviews.forms import ReviewForm
from directory.reading import reviews
from directory.web.beheer import admin_of, tabs
from directory.web.signed_in import AuthedRequest
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.wording import count_words

RIGHT = "review_memberships"


@require_safe
def review_list(request: AuthedRequest) -> HttpResponse:
    """Every organisation with a role: when its roles were gone through, and by when again."""
    admin_of(request, RIGHT)
    found = reviews.states(clock.today())
    context = {
        "columns": ["Organisatie", {"label": "Rollen", "numeric": True}, "Nagelopen", "Uiterlijk"],
        "rows": [_row(one) for one in found],
        "late": _late(sum(one.overdue for one in found)),
        "tabs": tabs("review_list"),
    }
    return render(request, "directory/people/reviews/review_list.html", context)


def _late(number: int) -> str:
    if not number:
        return ""
    words = count_words(number, "organisatie", "organisaties")
    return f"Bij {words[:1].lower()}{words[1:]} zijn de rollen niet op tijd nagelopen."


def _row(one: reviews.State) -> list[Any]:
    signed: dict[str, Any] = {"text": "Nog niet"}
    if one.signed_on:
        signed = {"day": one.signed_on, "sub": f"door {one.signed_by}"}
    return [
        {
            "text": one.organisation.name,
            "url": reverse("review_organisation", args=[one.organisation.slug]),
            "sub": f"{one.begun_by} begon; een ander loopt de rest na" if one.begun else "",
        },
        {"text": one.roles, "numeric": True},
        signed,
        {"due": one.due},
    ]


@get_or_post
def review_organisation(request: AuthedRequest, slug: str) -> HttpResponse:
    """Say of each role whether it stays or ends; below it what was signed before."""
    admin = admin_of(request, RIGHT)
    organisation = get_object_or_404(Organisation, slug=slug)
    review = reviews.open_review(organisation)
    waiting = list(reviews.undecided(organisation, review))
    admins = reviews.beheerders()
    left = reviews.for_others(admin, waiting, admins)
    mine = [one for one in waiting if one.pk not in left]
    form = _form(request, organisation, review, mine, admin)
    # With nothing but one's own role left, another beheerder goes on. Without any role left a
    # review that was begun can still be signed.
    can_go_on = bool(mine) or bool(review and not left)
    if form.is_bound and form.is_valid():
        answer = perform(
            request,
            form,
            lambda: actions.go_through(
                organisation=organisation,
                by=admin,
                decisions=form.decisions,
                version=form.cleaned_data["version"],
            ),
            done=f"De rollen bij {organisation} zijn nagelopen en getekend."
            if not left
            else "Uw keuzes zijn opgeslagen. Een andere functioneel beheerder loopt uw rol na.",
            to=reverse("review_list"),
        )
        if answer:
            return answer
    context = {
        "organisation": organisation,
        "state": reviews.state_of(organisation, clock.today()),
        "review": review,
        "columns": LINE_COLUMNS,
        "rows": [_line(one) for one in review.lines.all()] if review else [],
        "can_go_on": can_go_on,
        "warning": _warning(admin, mine, left),
        "signature": f"U tekent als {admin.name}, op {long_date(clock.today())}.",
        "past_columns": ["Getekend", "Door", "Uiterlijk", "Blijft", "Gestopt"],
        "past": [_past(one) for one in reviews.reviews_of(organisation)],
        "crumbs": _crumbs(),
    }
    return show(request, "directory/people/reviews/review_organisation.html", context, form=form)


def _form(
    request: HttpRequest,
    organisation: Organisation,
    review: MembershipReview | None,
    mine: list[Membership],
    admin: User,
) -> ReviewForm:
    return ReviewForm(
        request.POST if request.method == "POST" else None,
        memberships=mine,
        organisation=organisation,
        by=admin,
        version=review.version if review else 0,
    )


def _warning(admin: User, mine: list[Membership], left: set[int]) -> str:
    """About the own role of who signs (nobody signs for themselves alone if it can be helped)."""
    if left:
        return (
            "U hebt zelf ook een rol bij deze organisatie. Die loopt een andere functioneel "
            "beheerder na. Zo lang is het nalopen niet klaar."
        )
    if any(one.user_id == admin.pk for one in mine):
        return (
            "U bent de enige functioneel beheerder. Daarom loopt u ook uw eigen rol na. Dat staat "
            "straks bij de handtekening."
        )
    return ""


def _past(one: Any) -> list[Any]:
    place = [one.organisation.slug, one.pk]
    return [
        {"text": long_date(one.signed_at), "url": reverse("review_detail", args=place)},
        {"text": one.signed_by_name},
        {
            "text": long_date(one.due),
            "sub": "te laat" if clock.local_date(one.signed_at) > one.due else "",
        },
        {"text": str(one.kept)},
        {"text": str(one.ended)},
    ]


LINE_COLUMNS = ["Wie", "Rol", "Besluit", "Door"]


def _line(one: MembershipReviewLine) -> list[Any]:
    ended = one.decision == MembershipReviewLine.Decision.END
    return [
        {"text": one.person_name},
        {"text": one.get_role_display()},
        {"text": one.get_decision_display(), "tone": "warning" if ended else "success"},
        {
            "text": one.by_name,
            "sub": f"{long_date(one.at)}{', over de eigen rol' if one.by_themselves else ''}",
        },
    ]


@require_safe
def review_detail(request: AuthedRequest, slug: str, pk: int) -> HttpResponse:
    """One review that was signed: what was decided about each role, and by whom."""
    admin_of(request, RIGHT)
    review = get_object_or_404(
        MembershipReview.objects.select_related("organisation").exclude(signed_at=None),
        organisation__slug=slug,
        pk=pk,
    )
    showing.about(request, "membership_review", pk)
    organisation = review.organisation
    own_page = reverse("review_organisation", args=[slug])
    context = {
        "review": review,
        "organisation": organisation,
        "columns": LINE_COLUMNS,
        "rows": [_line(one) for one in review.lines.all()],
        "crumbs": [*_crumbs(), (organisation.name, own_page)],
    }
    return render(request, "directory/people/reviews/review_detail.html", context)


def _crumbs() -> list[tuple[str, str]]:
    return [("Beheer", reverse("member_list")), ("Nalopen", reverse("review_list"))]
