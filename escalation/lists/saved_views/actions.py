"""Filters of the list of casussen that somebody keeps under a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from audit import log
from audit.transaction import action, defer
from directory.models import Procesafspraak
from directory.models import User as UserModel
from escalation.models import SavedView
from escalation.permissions import general_reason_denied
from rdm.lib.refusal import Forbidden, Refused, need

if TYPE_CHECKING:
    from directory.models import User

MOST = "weergaven_per_persoon"
NOT_YOURS = "Deze weergave is van iemand anders."
SAME_NAME = "U hebt al een weergave met deze naam. Kies een andere naam."


@action
def keep_view(*, by: User, name: str, query: Mapping[str, str]) -> SavedView:
    """Keep these filters; for the maker alone, and no more of them than was agreed. Words that were
    searched for are not kept (`CasusFilter.lasting`)."""
    if reason := general_reason_denied(by, "keep_view"):
        raise Forbidden(reason)
    kept = need(name, "Geef de weergave een naam.", "name")
    if not query:
        raise Refused("Kies eerst een lijst of een filter. Bewaar daarna de weergave.")
    if "q" in query:
        raise Refused("Wat u in het zoekveld typte, bewaren wij niet.")
    # Locked, so that two tabs at once do not both find room for the last one.
    UserModel.objects.select_for_update().get(pk=by.pk)
    most = Procesafspraak.number_of(MOST)
    if SavedView.objects.filter(user=by).count() >= most:
        raise Refused(f"U kunt {most} weergaven bewaren. Verwijder er eerst een.")
    try:
        with transaction.atomic():
            view = SavedView.objects.create(user=by, name=kept, query=dict(query))
    except IntegrityError:
        raise Refused(SAME_NAME, "name") from None
    _record(view.pk, "create", by)
    return view


@action
def rename_view(*, view: SavedView, by: User, name: str) -> None:
    """Another name for the same filters."""
    _require_own(view, by)
    kept = need(name, "Geef de weergave een naam.", "name")
    try:
        with transaction.atomic():
            SavedView.objects.filter(pk=view.pk).update(name=kept)
    except IntegrityError:
        raise Refused(SAME_NAME, "name") from None
    _record(view.pk, "update", by)


@action
def forget_view(*, view: SavedView, by: User) -> None:
    """The filters are no longer kept; no casus changes by it."""
    _require_own(view, by)
    _record(view.pk, "update", by)
    SavedView.objects.filter(pk=view.pk).delete()


def _require_own(view: SavedView, by: User) -> None:
    if view.user_id != by.pk:
        raise Forbidden(NOT_YOURS)
    if reason := general_reason_denied(by, "keep_view"):
        raise Forbidden(reason)


def _record(pk: int, what: str, by: User) -> None:
    """Which filters is not in the log: what somebody looks for may say something."""
    defer(
        lambda: log.record(
            actor=by,
            action=what,
            object_type="saved_view",
            object_id=pk,
            organisation=by.acting_for,
        )
    )
