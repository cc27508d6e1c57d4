"""`manage.py tables`: write docs/workflow.md, permissions.md and blocks.md from the tables in code.

The pictures are made from the tables, never the other way round; `--check` says whether they are
fresh (a test does the same).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.models import Role
from directory.roles import TABLE as DIRECTORY_TABLE
from directory.signalen.workflow import SIGNAAL_FLOW
from escalation.blocks import ALL, EVENTS, FIELDS, ROWS, Block, Blocks, in_words, needs
from escalation.oversight.unusual.workflow import UNUSUAL_FLOW
from escalation.permissions import ACTIONS, CASUS_FLOW
from escalation.permissions.table import When
from escalation.roles import GENERAL, READERS, Relation
from escalation.workflow import STEP_FLOW, CasusStatus
from learning.roles import OF_THE_GEMEENTE
from learning.roles import TABLE as LEARNING_TABLE
from learning.workflow import LEERSESSIE_FLOW, LESSON_FLOW, TERUGKOPPELING_FLOW
from rdm.lib.flow import Flow

MADE = "<!-- Made by `manage.py tables` from the tables in code; do not edit. -->"
FLOWS = (
    CASUS_FLOW,
    STEP_FLOW,
    TERUGKOPPELING_FLOW,
    LEERSESSIE_FLOW,
    LESSON_FLOW,
    SIGNAAL_FLOW,
    UNUSUAL_FLOW,
)


def workflow_page() -> str:
    """Every flow as a Mermaid picture and a table, and whose turn it is in each status."""
    parts = ["# Workflow", MADE]
    for flow in FLOWS:
        parts += [f"## {flow.title}", f"```mermaid\n{flow.mermaid()}\n```", _transitions(flow)]
    rows = [
        f"| {status.label} | {status.next.turn.label} | {status.next.what} |"
        for status in CasusStatus
    ]
    parts += [
        "## Whose turn it is",
        "\n".join(["| status of the casus | whose turn | what is next |", "|---|---|---|", *rows]),
    ]
    return "\n\n".join(parts) + "\n"


def _transitions(flow: Flow) -> str:
    rows = [
        f"| `{one.name}` | {one.label} | "
        f"{', '.join(flow.states[source] for source in one.sources)} | "
        f"{flow.states[one.target]} |"
        for one in flow.transitions.values()
    ]
    return "\n".join(["| transition | button | from | to |", "|---|---|---|---|", *rows])


def permissions_page() -> str:
    """Every action with the roles (and relations) that may do it."""
    parts = [
        "# Permissions",
        MADE,
        "What no row gives, nobody may. The state of the casus is a "
        "second question: see workflow.md.",
    ]
    head = "| action | " + " | ".join(relation.value for relation in Relation)
    rows = [f"{head} | when | not while |", "|---" * (len(Relation) + 3) + "|"]
    for name, action in ACTIONS.items():
        cells = [
            ", ".join(sorted(role.value for role, at in action.who if at == relation)) or "–"
            for relation in Relation
        ]
        waits = {"offered": not action.while_offered, "restricted": not action.while_restricted}
        not_while = ", ".join(word for word, must in waits.items() if must) or "–"
        cells += [_statuses(action.when), not_while]
        rows.append(f"| `{name}` | {' | '.join(cells)} |")
    parts += ["## Casus: role by relation to the casus", "\n".join(rows)]
    for title, table in (
        ("Casus, before there is one", GENERAL),
        ("Directory", DIRECTORY_TABLE),
        ("Learning", LEARNING_TABLE),
    ):
        parts += [f"## {title}", _roles(table)]
    names = ", ".join(f"`{name}`" for name in sorted(OF_THE_GEMEENTE))
    parts.append(f"{names}: whoever may `report_back` on the casus.")
    return "\n\n".join(parts) + "\n"


def _statuses(when: When) -> str:
    """The statuses of a row, or those that it leaves out where that is shorter."""
    left_out = [status.value for status in CasusStatus if status not in when.statuses]
    if not left_out:
        return "always"
    if len(left_out) <= 3:
        return f"all but {', '.join(left_out)}"
    return ", ".join(status.value for status in when.statuses)


def blocks_page() -> str:
    """What of a dossier belongs to which block; a text about two is for who sees both."""
    fields = [
        (_words(needs(model, name)), f"`{model}.{name}`")
        for model in ROWS
        for name in FIELDS.get(model, {})
    ]
    rows = [(_words(needed), f"`{model}`, every row") for model, needed in ROWS.items() if needed]
    kinds = [(_words(needed), f"`{kind}`") for kind, needed in EVENTS.items()]
    ticked = [f"| {block.label} | {block.hint} | {_readers_of(block)} |" for block in Block]
    parts = [
        "# Blocks of a dossier",
        MADE,
        "\n".join(["| block | what stands in it | who reads it |", "|---|---|---|", *ticked]),
    ]
    for title, found in (("Rows", rows), ("Fields", fields), ("Events", kinds)):
        lines = [f"| {what} | {needed} |" for needed, what in found]
        parts += [f"## {title}", "\n".join(["| what | who sees |", "|---|---|", *lines])]
    return "\n\n".join(parts) + "\n"


def _readers_of(block: Block) -> str:
    """The relations in which somebody reads a whole dossier, and who it is shared with."""
    whole = {relation for _, relation in READERS if relation is not Relation.INVOLVED}
    if block not in ALL:
        return "nobody"
    return f"{', '.join(sorted(whole))}; involved, when it is ticked"


def _words(needed: Blocks) -> str:
    return in_words(needed) or "everybody who reads the casus"


def _roles(table: dict[str, frozenset[Role]]) -> str:
    rows = [
        f"| `{name}` | {', '.join(sorted(role.value for role in roles))} |"
        for name, roles in table.items()
    ]
    return "\n".join(["| action | roles |", "|---|---|", *rows])


PAGES = {
    "workflow.md": workflow_page,
    "permissions.md": permissions_page,
    "blocks.md": blocks_page,
}


class Command(BaseCommand):
    help = "Schrijf docs/workflow.md, permissions.md en blocks.md uit de tabellen in de code."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "docs"
        stale = [
            name
            for name, page in PAGES.items()
            if not (folder / name).exists() or (folder / name).read_text() != page()
        ]
        if check and stale:
            raise CommandError(f"Niet vers: {', '.join(stale)}. Draai `manage.py tables`.")
        if not check:
            for name in stale:
                (folder / name).write_text(PAGES[name]())
        self.stdout.write("De documenten zijn vers.")
