"""E-mail addresses in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdm.lib.screening.hits import Hit
from rdm.lib.screening.plain import BREAK

_MAILBOX = r"""[^\s@<>()\[\]{},;:"'“”‘’]{1,64}"""
_DOMAIN = r"(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}\b"
_WHOLE = re.compile(
    rf"{_MAILBOX}[ ]?(?:@|[(\[]at[)\]])[ ]?{_DOMAIN}",
    re.IGNORECASE,
)
# Broken beside the @, after a hyphen, or after a dot. After a dot what follows must be a domain or
# an ending that is no Dutch word: "werken op kantoor@home.\nDe collega" is two sentences.
_BROKEN = re.compile(
    rf"{_MAILBOX}(?:{BREAK}@{_DOMAIN}|@(?:{BREAK}{_DOMAIN}"
    rf"|(?:[\w-]{{1,63}}\.){{0,4}}[\w-]{{0,62}}-{BREAK}{_DOMAIN}"
    rf"|(?:[\w-]{{1,63}}\.){{1,5}}{BREAK}(?:{_DOMAIN}|(?:nl|com|org|eu)\b)))",
    re.IGNORECASE,
)


def emails(text: str) -> Iterator[Hit]:
    """Every address, also one that a document broke over two lines."""
    for pattern in (_WHOLE, _BROKEN):
        for match in pattern.finditer(text):
            yield Hit(*match.span(), "email")
