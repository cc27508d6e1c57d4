"""What the answers to the criteria of a tafel mean: the result and what decides it.

Pure functions over data: a tafel has alternatives, each a list of criterion codes that must all
hold. One alternative that holds is enough (decisions.md, Instroom; T-10, T-11).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

YES, NO, UNKNOWN = "yes", "no", "unknown"
MET, NOT_MET, NO_CRITERIA = "met", "not_met", "no_criteria"


@dataclass(frozen=True)
class Verdict:
    """`result` is met, not_met, unknown or no_criteria; `deciding` the codes that decide it.

    met: the criteria of the first alternative that holds. not_met: per alternative what is "no".
    unknown: what is still "unknown" in the alternatives that can still hold.
    """

    result: str
    deciding: tuple[str, ...]


def judge(alternatives: Sequence[Sequence[str]], answers: Mapping[str, str]) -> Verdict:
    """The verdict for `answers` (code → yes, no or unknown; a missing answer is unknown)."""
    usable = [alternative for alternative in alternatives if alternative]
    if not usable:
        return Verdict(NO_CRITERIA, ())
    for alternative in usable:
        if all(answers.get(code, UNKNOWN) == YES for code in alternative):
            return Verdict(MET, tuple(alternative))
    open_ones = [
        alternative
        for alternative in usable
        if all(answers.get(code, UNKNOWN) != NO for code in alternative)
    ]
    if open_ones:
        missing = (
            code
            for alternative in open_ones
            for code in alternative
            if answers.get(code, UNKNOWN) == UNKNOWN
        )
        return Verdict(UNKNOWN, tuple(dict.fromkeys(missing)))
    failing = (code for alternative in usable for code in alternative if answers.get(code) == NO)
    return Verdict(NOT_MET, tuple(dict.fromkeys(failing)))
