"""What a registration can begin with, so that nobody answers the same question twice."""

from __future__ import annotations

from dataclasses import dataclass

from .answers import Answers


@dataclass(frozen=True)
class Start:
    """Codes of the region, and `tried`: what was tried, in the words of the region file."""

    gemeente: str
    domains: list[str]
    frameworks: list[str]
    safety: str
    waiting_list_only: bool | None
    tried: str


def start_of(answers: Answers) -> Start:
    """What the options that count bring along; "yes" to safety wins over "no"."""
    chosen = list(answers.options)
    safety = {one.prefill.safety for one in chosen}
    waiting = [one.prefill.waiting_list_only for one in chosen]
    known = [one for one in waiting if one is not None]
    tried = [one.label for one in chosen if one.prefill.tried]
    return Start(
        gemeente=answers.gemeente,
        domains=list(dict.fromkeys(code for one in chosen for code in one.prefill.domains)),
        frameworks=list(dict.fromkeys(code for one in chosen for code in one.prefill.frameworks)),
        safety=next((one for one in ("yes", "no") if one in safety), ""),
        waiting_list_only=any(known) if known else None,
        tried="\n".join(f"- {one}" for one in tried),
    )
