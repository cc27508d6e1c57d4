"""A workflow as a table: one frozen row per named transition, and a picture made from it.

The only thing a flow knows is which step may follow which, and why not. Who may take the step is
asked elsewhere (permissions), so that "may this user" and "may this now" stay two questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol


class HasStatus(Protocol):
    status: str


# A guard looks at the object and says in Dutch why the step cannot be taken, or None.
Guard = Callable[[Any], str | None]


@dataclass(frozen=True)
class Transition:
    """One named step from any of `sources` to `target`; `label` is the Dutch button text."""

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    guards: tuple[Guard, ...] = ()


class Flow:
    """All transitions of one kind of object, found by name."""

    def __init__(
        self, title: str, states: Iterable[tuple[str, str]], transitions: Iterable[Transition]
    ) -> None:
        self.title = title
        self.states = dict(states)
        self.transitions = {transition.name: transition for transition in transitions}
        for transition in self.transitions.values():
            unknown = {*transition.sources, transition.target} - set(self.states)
            if unknown:
                raise ValueError(f"{transition.name}: unknown state {sorted(unknown)}")

    def __getitem__(self, name: str) -> Transition:
        return self.transitions[name]

    def reason_denied(self, name: str, subject: HasStatus) -> str | None:
        """Why `name` cannot be taken from the state of `subject` now, in Dutch; None if it can."""
        transition = self.transitions[name]
        if subject.status not in transition.sources:
            states = " of ".join(f"‘{self.states[source]}’" for source in transition.sources)
            now = self.states[subject.status]
            return f"Dit kan alleen als de status {states} is. De status is nu ‘{now}’."
        for guard in transition.guards:
            reason = guard(subject)
            if reason:
                return reason
        return None

    def mermaid(self) -> str:
        """The flow as a Mermaid state diagram, for docs/."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {state} : {label}" for state, label in self.states.items()]
        for transition in self.transitions.values():
            lines += [
                f"    {source} --> {transition.target} : {transition.name}"
                for source in transition.sources
            ]
        return "\n".join(lines)
