"""What could be read of a file that somebody sent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The text of a file, to look for personal data in. `all_read` is False when there may be more:
    a scan (also one page of it), a picture that is no logo, too much, too slow, or broken.

    `inspected` is False when nobody can say whether something in it does something by itself."""

    text: str
    all_read: bool
    inspected: bool = True
