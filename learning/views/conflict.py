"""Two texts side by side, for the compare component."""

from __future__ import annotations

from typing import Any


def conflict_rows(form: Any) -> list[dict[str, Any]]:
    """What the person typed beside what somebody else saved meanwhile; empty without conflict."""
    return [
        {"label": label, "mine": mine, "current": current, "differs": True}
        for label, mine, current in getattr(form, "conflict_rows", ())
    ]
