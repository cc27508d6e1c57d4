"""Texts of the region file on a page: paragraphs, lines with a dash as a list, and for machines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def prose(text: str) -> SafeString | str:
    """Lines as paragraphs and "- " lines as a list, escaped; "niet vermeld" when empty (E-042)."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return format_html('<p class="rdm-muted">{}</p>', "niet vermeld")
    html = SafeString("")
    for is_item, group in groupby(lines, key=lambda line: line.startswith("- ")):
        if is_item:
            items = format_html_join("", "<li>{}</li>", ((line[2:],) for line in group))
            html += format_html('<ul class="rdm-list">{}</ul>', items)
        else:
            html += format_html_join("", "<p>{}</p>", ((line,) for line in group))
    return html


# What would end the element, or begin another, inside it.
_IN_SCRIPT = {ord(one): f"\\u{ord(one):04X}" for one in "<>&"}


@register.simple_tag
def linked_data(said: Mapping[str, Any]) -> SafeString:
    """JSON-LD for search engines. A block of data and no script: nothing runs, so the content
    security policy has nothing to say about it."""
    text = json.dumps(said, ensure_ascii=False).translate(_IN_SCRIPT)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))
