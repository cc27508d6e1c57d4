"""Template tags of the screens: form widgets, error summary, badges, dates and deadlines.

How each is used on a page is in docs/screens.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet, BoundField, widgets
from django.template.defaultfilters import slugify
from django.utils import dateformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from lucide.templatetags.lucide import lucide

from rdm.lib import clock, workdays
from rdm.lib.typed import typed_in

register = template.Library()

TONES = {"neutral", "info", "success", "warning", "error", "outline"}

# NL Design System classes per kind of widget.
WIDGET_CLASSES = {
    "text": "utrecht-textbox utrecht-textbox--html-input",
    "textarea": "utrecht-textarea utrecht-textarea--html-textarea",
    "select": "utrecht-select utrecht-select--html-select",
    "checkbox": "utrecht-checkbox utrecht-checkbox--html-input utrecht-checkbox--custom"
    " utrecht-form-field__input",
    "radio": "utrecht-radio-button utrecht-radio-button--html-input utrecht-form-field__input",
    "file": "rdm-file",
}


# --- Nothing typed is lost ----------------------------------------------------------------------


@register.inclusion_tag("components/typed_text.html", takes_context=True)
def typed_text(context: template.Context) -> dict[str, Any]:
    """What was typed in the form that was sent, on a page that comes in place of its answer."""
    request = context.get("request")
    return {"texts": typed_in(request) if request else []}


# --- Forms ------------------------------------------------------------------------------------


@register.filter
def widget_kind(field: BoundField) -> str:
    """Which template a bound field needs: text, textarea, select, file, multi, checkbox,
    radios or checkboxes."""
    widget = field.field.widget
    # Order matters: the group widgets inherit from Select, ClearableFileInput from Input.
    for kind, cls in (
        ("checkboxes", widgets.CheckboxSelectMultiple),
        ("radios", widgets.RadioSelect),
        ("checkbox", widgets.CheckboxInput),
        ("textarea", widgets.Textarea),
        ("select", widgets.Select),
        ("file", widgets.FileInput),
        ("multi", widgets.MultiWidget),
    ):
        if isinstance(widget, cls):
            return kind
    return "text"


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """The input itself, with our classes and `aria-required`.

    Never the browser's `required` (its messages are not ours) and never a placeholder (gone as
    soon as somebody types); forms of other packages bring both.
    """
    field.form.use_required_attribute = False
    field.field.widget.attrs.pop("placeholder", None)
    kind = widget_kind(field)
    if kind == "multi":
        _name_parts(field)
    css = WIDGET_CLASSES.get(kind, WIDGET_CLASSES["text"])
    if field.errors:
        css += f" {css.split()[0]}--invalid"
    own = field.field.widget.attrs.get("class", "")
    attrs: dict[str, str | bool] = {"class": f"{css} {own}".strip()}
    if field.field.required and kind != "multi":
        attrs["aria-required"] = "true"
    return field.as_widget(attrs=attrs)


def _name_parts(field: BoundField) -> None:
    """A name for each input of a split field: the legend only names the whole."""
    multi = field.field.widget
    split_moment = isinstance(multi, widgets.SplitDateTimeWidget)
    for number, part in enumerate(multi.widgets):
        name = ("Datum", "Tijd")[number] if split_moment else f"deel {number + 1}"
        part.attrs.setdefault("aria-label", f"{field.label}: {name.lower()}")


@register.simple_tag
def widget_class(kind: str) -> str:
    """The classes of a single radio or checkbox inside a group."""
    return WIDGET_CLASSES[kind]


@register.filter
def choice_hint(field: BoundField, value: object) -> str:
    """Hint under one choice, from `choice_hints = {"field": {"value": "text"}}` on the form."""
    hints: Mapping[str, Mapping[str, str]] = getattr(field.form, "choice_hints", {})
    return hints.get(field.name, {}).get(str(value), "")


@register.filter
def first_input_id(field: BoundField) -> str:
    """The id a link must point at to land in the field, also for groups and split inputs."""
    if widget_kind(field) in ("radios", "checkboxes", "multi"):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.filter
def left_over(form: BaseForm) -> list[BoundField]:
    """Fields a form needs but its layout does not name: hidden ones and, after a hit of the
    screening, the way out of it (rdm.lib.forms). Without a layout every field is shown anyway."""
    rendered = getattr(form, "rendered_fields", None)
    if rendered is None:
        return []
    needed = [*form.hidden_fields(), *getattr(form, "screening_fields", ())]
    names = dict.fromkeys(field.name for field in needed if field.name not in rendered)
    return [form[name] for name in names]


def _form_errors(form: BaseForm) -> list[dict[str, str]]:
    """One row per answer in error, however many messages it has; `href` leads to the field."""
    rows = [{"href": "", "text": str(error)} for error in form.non_field_errors()]
    for name, errors in form.errors.items():
        if name in form.fields:
            target = "" if form[name].is_hidden else f"#{first_input_id(form[name])}"
            rows.append({"href": target, "text": _about_field(form, name, map(str, errors))})
    return rows


def _about_field(form: BaseForm, name: str, errors: Iterable[str]) -> str:
    """What is wrong, after the label of the field; a form that is a row of more forms says in
    `summary_name` which row it is."""
    text = " ".join(errors)
    label, row = str(form[name].label), getattr(form, "summary_name", "")
    if label in text:
        return text
    return f"{row}, {label}: {text}" if row else f"{label}: {text}"


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet[Any] | None) -> dict[str, Any]:
    """Box above the form that links to each field in error; app.js moves the focus to it.

    Takes forms and formsets; shows nothing when none has errors. It counts answers, so what is
    about the form as a whole is a line but not a number.
    """
    rows: list[dict[str, str]] = []
    for form in forms:
        if isinstance(form, BaseFormSet):
            rows += [{"href": "", "text": str(error)} for error in form.non_form_errors()]
            for part in form.forms:
                rows += _form_errors(part)
        # A variable that the template does not have comes in as an empty text.
        elif form:
            rows += _form_errors(form)
    return {"rows": rows, "answers": sum(bool(row["href"]) for row in rows)}


# --- Badges and buttons -----------------------------------------------------------------------


@register.simple_tag
def badge(text: object, tone: str = "neutral", icon: str = "") -> SafeString:
    """A short state, as words with a colour; never colour alone. Always begins with a capital.

    Tones: neutral, info, success, warning, error, outline. Raises ValueError on another.
    """
    if tone not in TONES:
        raise ValueError(f"unknown badge tone {tone!r}; use one of {sorted(TONES)}")
    picture = lucide(icon, size=16, aria_hidden="true", focusable="false") if icon else ""
    return format_html(
        '<span class="rdm-badge rdm-badge--{}">{}{}</span>', tone, picture, capfirst(str(text))
    )


def _get(item: object, name: str) -> Any:
    """One property of an action, given as dict or as object."""
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)


@register.inclusion_tag("components/actions.html", takes_context=True)
def actions(context: template.Context, items: Iterable[object] | None) -> dict[str, Any]:
    """Buttons for what may be done, and the reason for what may not (yet).

    Each item is a dict or object with label, url, and optionally method ("get" or "post"),
    tone ("primary", "secondary" or "danger"), hidden ([(name, value), …], for `version` and
    `request_id`), icon (lucide name) and denied (the reason; makes it a disabled button).
    """
    allowed: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    for item in items or ():
        reason = _get(item, "denied")
        row = {name: _get(item, name) for name in ("label", "url", "hidden", "icon")}
        row["post"] = (_get(item, "method") or "get").lower() == "post"
        row["tone"] = _get(item, "tone") or ("secondary" if allowed else "primary")
        row["reason"] = reason
        row["id"] = f"reden-{slugify(str(row['label']))}"
        (refused if reason else allowed).append(row)
    return {
        "allowed": allowed,
        "refused": _by_reason(refused),
        "csrf_token": context.get("csrf_token"),
    }


def _by_reason(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Buttons with one reason after one another; the last of them says it (`says`)."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["reason"], []).append(row)
    for group in groups.values():
        for row in group:
            row["id"], row["says"] = group[-1]["id"], row is group[-1]
    return [row for group in groups.values() for row in group]


@register.filter
def page_numbers(page: Page[Any]) -> list[int | str]:
    """Page numbers around the current one, "…" for those left out."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else "…" for number in numbers]


# --- Dates ------------------------------------------------------------------------------------


def _local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    """A datetime on the clock of Amsterdam; a date as it is."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.astimezone(clock.AMSTERDAM)
    return value


def _day(value: dt.date | dt.datetime) -> dt.date:
    local = _local(value)
    return local.date() if isinstance(local, dt.datetime) else local


@register.simple_tag
def when(value: dt.date | dt.datetime | None, style: str = "long") -> SafeString | str:
    """A date or moment in a <time> element, Amsterdam time; "niet bekend" for None.

    style: "long" (19 november 2026, 09:12), "day" (without the time) or "short" (19 nov 2026).
    """
    if not value:
        return "niet bekend"
    local = _local(value)
    text = dateformat.format(local, "j M Y" if style == "short" else "j F Y").lower()
    if isinstance(local, dt.datetime) and style == "long":
        text += dateformat.format(local, ", H:i")
    machine = local.isoformat(timespec="minutes") if isinstance(local, dt.datetime) else str(local)
    return format_html('<time datetime="{}">{}</time>', machine, text)


def _plural(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


@register.filter
def due(value: dt.date | dt.datetime | None) -> str:
    """A deadline against today, in words and working days (O-01: terms are in working days).

    "vandaag", "morgen", "nog 3 werkdagen", "2 werkdagen te laat"; "" for None. Between today and
    a Saturday there may be no working day at all: then it counts in plain days.
    """
    if not value:
        return ""
    day, today = _day(value), clock.today()
    calendar_days = (day - today).days
    if calendar_days == 0:
        return "vandaag"
    if calendar_days == 1:
        return "morgen"
    number = abs(workdays.workdays_between(today, day))
    words = (
        _plural(number, "werkdag", "werkdagen")
        if number
        else _plural(abs(calendar_days), "dag", "dagen")
    )
    return f"nog {words}" if calendar_days > 0 else f"{words} te laat"


@register.filter
def due_tone(value: dt.date | dt.datetime | None) -> str:
    """Badge tone of a deadline: error when passed, warning up to 2 working days, else neutral."""
    if not value:
        return "neutral"
    day, today = _day(value), clock.today()
    if day < today:
        return "error"
    return "warning" if workdays.workdays_between(today, day) <= 2 else "neutral"


@register.inclusion_tag("components/deadline.html")
def deadline(value: dt.date | dt.datetime | None, done: bool = False) -> dict[str, Any]:
    """A deadline as date plus badge ("nog 3 werkdagen"). `done` leaves the badge out."""
    return {"value": value, "done": done}
