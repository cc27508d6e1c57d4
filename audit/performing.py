"""What every view that writes has in common: one effect per form, and nothing lost on a no.

A view is a receptionist: it loads, asks a form, hands over to an action and redirects. `perform`
is the handing over, so that a view that writes reads

    subject = load(…)
    form = SomeForm(posted(request), …)
    if answer := perform(request, form, lambda: actions.do(…), done="Gedaan.", to=…):
        return answer
    return show(request, template, context, form=form)
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from audit import explanation, log, once, showing
from rdm.lib.collisions import is_collision
from rdm.lib.forms import ScreeningOverride
from rdm.lib.refusal import AlreadyDone, Conflict, Forbidden, Refused

logger = logging.getLogger("rdm.collision")
AT_ONCE = Conflict(
    "Iemand anders was hier op hetzelfde moment mee bezig. Wat u invulde, staat er nog. "
    "Bekijk wat er nu staat en verstuur het daarna opnieuw."
)

R = TypeVar("R")
Keep = Callable[[Sequence[ScreeningOverride]], None]


class TwoTexts(NamedTuple):
    """A field that two people changed, as components/compare.html shows it."""

    label: str
    mine: Any
    current: Any

    @property
    def differs(self) -> bool:
        return bool(self.mine != self.current)


get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form; None when somebody only looks."""
    return request.POST if request.method == "POST" else None


def perform(
    request: HttpRequest,
    form: Any,
    do: Callable[[], R],
    *,
    done: str | Callable[[R], str],
    to: str | Callable[[R], str],
    record: models.Model | None = None,
) -> HttpResponse | None:
    """Run the action `do` once for this form, if it was sent and has no mistake in it; a redirect
    when it worked, None to show the form. `do` may use what `form` found.

    `done` is said after success (nothing when it is empty), `to` the address to go to; each of them
    can be made from the result. A refusal becomes an error of the form. When somebody else was
    first, also when only the database noticed, the form keeps the text, carries the version of
    `record` as it is now, and `form.conflict_rows` holds both texts. The same request id twice has
    one effect (promise 4). Raises PermissionDenied with the reason when this person may never do
    this.
    """
    if not form.is_valid():
        return None
    return hand_over(request, form, do, done=done, to=to, record=record)


def hand_over(
    request: HttpRequest,
    form: Any,
    do: Callable[[], R],
    *,
    done: str | Callable[[R], str],
    to: str | Callable[[R], str],
    record: models.Model | None = None,
) -> HttpResponse | None:
    """As `perform`, also for a form with a mistake in it: `do` takes what is right."""
    try:
        with transaction.atomic():
            once.claim(form.cleaned_data["request_id"])
            result = do()
            _keep_overrides(request, form)
    except AlreadyDone:
        messages.info(request, "Dit was al opgeslagen.")
        return HttpResponseRedirect(to if isinstance(to, str) else request.path)
    except Forbidden as no:
        raise PermissionDenied(no.reason) from no
    except Conflict as no:
        _show_both(form, record, no)
        return None
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, no.reason)
        return None
    except DatabaseError as error:
        show_collision(form, record, error)
        return None
    if said := done if isinstance(done, str) else done(result):
        messages.success(request, said)
    return HttpResponseRedirect(to if isinstance(to, str) else to(result))


def show_collision(form: Any, record: models.Model | None, error: DatabaseError) -> None:
    """Somebody was first, and only the database noticed. Raises `error` when it says something
    else."""
    if not is_collision(error):
        raise error
    logger.warning("collision")
    _show_both(form, record, AT_ONCE)


def _show_both(form: Any, record: models.Model | None, no: Conflict) -> None:
    form.add_error(None, forms.ValidationError(no.reason, code="conflict"))
    form.conflict = True
    form.conflict_rows = []
    if record is None:
        return
    record.refresh_from_db()
    if hasattr(form, "show_version"):
        form.show_version(record.version)  # type: ignore[attr-defined]
    for name, field in form.fields.items():
        if field.widget.is_hidden or not hasattr(record, name):
            continue
        theirs, mine = getattr(record, name), form.cleaned_data.get(name)
        if theirs != mine and not isinstance(theirs, models.Manager):
            form.conflict_rows.append(TwoTexts(field.label, _said(mine), _said(theirs)))


def _said(value: Any) -> Any:
    """As a reader of the screen knows it."""
    return ("ja" if value else "nee") if isinstance(value, bool) else value


def explain_with(request: HttpRequest, keep: Keep) -> None:
    """Let `keep` have the reasons why a found text is no personal data; said by the loader of a
    page whose object has a place for them."""
    request.keep_overrides = keep  # type: ignore[attr-defined]


def explain_apart(request: HttpRequest) -> None:
    """Keep such reasons beside the log after all: not everybody who reads the object may see it."""
    request.__dict__.pop("keep_overrides", None)


def _keep_overrides(request: HttpRequest, form: Any) -> None:
    """ "Dit is geen persoonsgegeven" is let through. Where and what was found goes into the log;
    the reason is a text, and the log holds none (promise 1)."""
    overrides: Sequence[ScreeningOverride] = getattr(form, "screening_overrides", ())
    if not overrides:
        return
    subject = showing.subject_of(request)
    keep: Keep = getattr(request, "keep_overrides", partial(_keep_apart, subject))
    keep(overrides)
    for one in overrides:
        log.record(
            actor=request.user,  # type: ignore[arg-type]
            action="update",
            object_type=subject.object_type,
            object_id=subject.object_id,
            part=f"screening:{one.field}",
            outcome=",".join(one.kinds),
        )


def _keep_apart(subject: showing.Subject, overrides: Sequence[ScreeningOverride]) -> None:
    for one in overrides:
        explanation.keep(
            object_type=subject.object_type,
            object_id=subject.object_id,
            field=one.field,
            kinds=one.kinds,
            reason=one.reason,
        )


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, form: Any = None
) -> HttpResponse:
    """Render a page; with a `form` that was refused the status says so (409, 422)."""
    status = 200
    if form is not None:
        context["form"] = form
        if getattr(form, "conflict", False):
            status = 409
        elif form.is_bound and form.errors:
            status = 422
    return render(request, template, context, status=status)
