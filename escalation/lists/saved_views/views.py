"""The weergaven of one person: filters of the list of casussen, kept under a name."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit import showing
from audit.performing import get_or_post, perform, posted, show
from directory.models import User
from directory.web.signed_in import AuthedRequest
from escalation.lists.filters import CasusFilter
from escalation.lists.saved_views import actions
from escalation.lists.saved_views.forms import SavedViewForm
from escalation.models import Casus, SavedView
from escalation.web.forms import ConfirmOnceForm
from escalation.web.load import require_general

NOT_FOUND = "Deze weergave bestaat niet."


def _load(request: AuthedRequest, pk: int) -> SavedView:
    """A view of one's own; that of somebody else is like one that does not exist (promise 3)."""
    user = request.user
    view = SavedView.objects.filter(user=user, pk=pk).first()
    if view is None:
        showing.about(request, "saved_view", pk, roles=user.roles)
        showing.refused(request, showing.NOT_VISIBLE)
        raise Http404(NOT_FOUND)
    return view


def _filter(request: AuthedRequest, user: User) -> CasusFilter:
    """The filters of the list, to say in words what was chosen; shows no casus."""
    return CasusFilter(request.GET, Casus.objects.visible_to(user), user=user)


@require_safe
def saved_view_list(request: AuthedRequest) -> HttpResponse:
    """What this person keeps: to open, rename and delete."""
    user = require_general(request, "keep_view")
    words = _filter(request, user)
    rows = [
        {
            "name": view.name,
            "words": words.in_words(view.query),
            "url": f"{reverse('casus_list')}?{view.querystring}",
            "rename": reverse("saved_view_rename", args=[view.pk]),
            "delete": reverse("saved_view_delete", args=[view.pk]),
        }
        for view in SavedView.objects.filter(user=user)
    ]
    return render(request, "escalation/lists/saved_views/saved_view_list.html", {"rows": rows})


@get_or_post
def saved_view_add(request: AuthedRequest) -> HttpResponse:
    """Keep the filters in the address of this page, which are those of the list it came from."""
    user = require_general(request, "keep_view")
    found = _filter(request, user)
    query = found.lasting
    form = SavedViewForm(posted(request))
    if answer := perform(
        request,
        form,
        lambda: actions.keep_view(by=user, name=form.cleaned_data["name"], query=query),
        done="De weergave is bewaard. U vindt haar boven de lijst.",
        to=lambda view: f"{reverse('casus_list')}?{view.querystring}",
    ):
        return answer
    context = {
        "title": "Bewaar deze weergave",
        "button": "Bewaar",
        "chosen": found.in_words(query) or "nog niets",
        "back": f"{reverse('casus_list')}?{request.GET.urlencode()}",
    }
    return show(request, "escalation/lists/saved_views/saved_view_form.html", context, form=form)


@get_or_post
def saved_view_rename(request: AuthedRequest, pk: int) -> HttpResponse:
    """Another name for the same filters."""
    view = _load(request, pk)
    user = require_general(request, "keep_view")
    form = SavedViewForm(posted(request), initial={"name": view.name})
    if answer := perform(
        request,
        form,
        lambda: actions.rename_view(view=view, by=user, name=form.cleaned_data["name"]),
        done="De weergave heeft een nieuwe naam.",
        to=reverse("saved_view_list"),
    ):
        return answer
    context = {
        "title": "Geef de weergave een andere naam",
        "button": "Bewaar",
        "chosen": _filter(request, user).in_words(view.query),
        "back": reverse("saved_view_list"),
    }
    return show(request, "escalation/lists/saved_views/saved_view_form.html", context, form=form)


@get_or_post
def saved_view_delete(request: AuthedRequest, pk: int) -> HttpResponse:
    """No longer kept, after asking whether that is really meant."""
    view = _load(request, pk)
    user = require_general(request, "keep_view")
    form = ConfirmOnceForm(posted(request))
    if answer := perform(
        request,
        form,
        lambda: actions.forget_view(view=view, by=user),
        done=f"De weergave ‘{view.name}’ is verwijderd.",
        to=reverse("saved_view_list"),
    ):
        return answer
    context = {
        "title": f"De weergave ‘{view.name}’ verwijderen?",
        "consequences": ["De filters zijn daarna niet meer bewaard. De casussen blijven bestaan."],
        "back": reverse("saved_view_list"),
    }
    return show(request, "escalation/lists/saved_views/saved_view_delete.html", context, form=form)
