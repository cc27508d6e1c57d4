"""What somebody typed in a form that was sent, for the page that comes in place of its answer.

A session ends, a right stops, a link is too old, a form is open too long: none of these may cost
anybody a text (security.md, promise 12). Such a page does not know the form, because what it was
about is not there any more for this person; so the texts are told from the rest by the fields of
all forms of the product, and by what they look like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.forms import widgets
from django.http import HttpRequest

from rdm.lib.forms import HonestFormMixin

# Kinds of input for words; a date and a time are "text" for Django as well.
FOR_WORDS = {"text", "email", "url", "search", "tel"}
# What Django, crispy and allauth put in a form.
OF_THE_FRAME = re.compile(r"csrfmiddlewaretoken|next|save|check|login|.*password.*")
# A choice, number, date or key, as a browser sends it back.
CHOSEN = re.compile(r"[a-z0-9]+([._:-][a-z0-9]+)*")


class Names(NamedTuple):
    """Of the fields of all forms: those for words, for a secret, and for something else. A name can
    be in all three, on three forms."""

    words: frozenset[str]
    secret: frozenset[str]
    other: frozenset[str]


def typed_in(request: HttpRequest) -> list[str]:
    """Every text in the form that was sent, in its order; [] when nothing was sent.

    Also [] for a form that stands on another website: what that sends is nobody's text here.
    """
    if request.method != "POST" or not _is_ours(request):
        return []
    return [
        value
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and _is_text(name, value)
    ]


def _is_ours(request: HttpRequest) -> bool:
    """Every browser says with a POST from which website it comes."""
    origin = request.headers.get("Origin")
    here = f"{request.scheme}://{request.get_host()}"
    return origin is None or origin in (here, *settings.CSRF_TRUSTED_ORIGINS)


def _is_text(name: str, value: str) -> bool:
    # A row of several like it: afspraken-2-text.
    names, own = _names(), name.rpartition("-")[2]
    if OF_THE_FRAME.fullmatch(name) or own in names.secret:
        return False
    if (own in names.words) != (own in names.other):
        return own in names.words
    # On one form words and on another a choice; or a field of which nobody knows the name before
    # somebody opens the form.
    return not CHOSEN.fullmatch(value)


@cache
def _names() -> Names:
    words: set[str] = set()
    secret: set[str] = set()
    other: set[str] = set()
    for form in _below(HonestFormMixin):
        words.update(form.late_words)
        for name, field in getattr(form, "base_fields", {}).items():
            if isinstance(field.widget, widgets.PasswordInput):
                secret.add(name)
            elif _is_for_words(field.widget):
                words.add(name)
            else:
                other.add(name)
    return Names(frozenset(words), frozenset(secret), frozenset(other))


def _is_for_words(widget: widgets.Widget) -> bool:
    if isinstance(widget, widgets.Input):
        is_date = isinstance(widget, widgets.DateTimeBaseInput)
        return widget.input_type in FOR_WORDS and not is_date
    return isinstance(widget, widgets.Textarea)


def _below(cls: type[HonestFormMixin]) -> Iterator[type[HonestFormMixin]]:
    for one in cls.__subclasses__():
        yield one
        yield from _below(one)
