"""Two texts side by side with the words marked that differ, for a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# A word with the space before it, so that words behind each other are marked as one.
_WORD = re.compile(r"\s*\S+|\s+")
LEAST_ALIKE = 0.3
MOST_WORDS = 4000
"""Longer texts are shown without marks: comparing them word by word would take seconds."""


def marked(old: str, new: str) -> tuple[SafeString, SafeString]:
    """Both texts as HTML: what is gone in <del>, what is new in <ins>; the rest escaped.

    An empty text stays empty. Whole texts that have little in common are not cut into pieces.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return format_html("{}", old), format_html("{}", new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if old and new and matcher.ratio() < LEAST_ALIKE:
        return format_html("<del>{}</del>", old), format_html("<ins>{}</ins>", new)
    codes = matcher.get_opcodes()
    return (
        _joined((op != "equal", "".join(before[a:b])) for op, a, b, _, _ in codes),
        _joined((op != "equal", "".join(after[c:d]), True) for op, _, _, c, d in codes),
    )


def _joined(pieces: Iterator[tuple[bool, str] | tuple[bool, str, bool]]) -> SafeString:
    found = []
    for changed, text, *is_new in pieces:
        if text:
            tag = ("ins" if is_new else "del") if changed and text.strip() else ""
            space = text[: len(text) - len(text.lstrip())]
            word = text[len(space) :]
            found.append((space,))
            found.append((format_html(f"<{tag}>{{}}</{tag}>", word) if tag else word,))
    return format_html_join("", "{}", found)
