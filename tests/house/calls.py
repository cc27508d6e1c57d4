"""The code as the inspectors read it: its modules, its functions, and who calls whom.

Read from the syntax trees, so that a new file is inspected from the first day.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("directory", "escalation", "learning", "audit", "outbox")
# Calls by which a row comes, changes or goes.
WRITES = {
    "save",
    "create",
    "bulk_create",
    "update",
    "bulk_update",
    "delete",
    "get_or_create",
    "update_or_create",
}
# Functions of rdm.lib that do so for who calls them.
WRITING = {"compare_and_set"}


@dataclass
class Module:
    path: Path  # from the root of the house
    tree: ast.Module

    @property
    def name(self) -> str:
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def layer(self) -> str:
        return layer_of(self.name)


# What every action of `escalation` does is written down beside the rooms.
ACTIONS = ("escalation.change", "escalation.explained")
LAYERS = {
    *("actions", "views", "forms", "filters", "page", "web", "models", "management", "sweeps"),
}


def layer_of(name: str) -> str:
    """What a module, or something in it, is for: `actions` for escalation.route.actions and for
    directory.people.actions."""
    if name.startswith(ACTIONS):
        return "actions"
    return next((part for part in name.split(".")[1:] if part in LAYERS), "")


@cache
def modules(*of: str) -> tuple[Module, ...]:
    """Every module of these folders, without migrations."""
    return tuple(
        Module(path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8")))
        for folder in of or APPS
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    )


def writes(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls that write rows."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and is_write(node):
            yield node


def is_write(call: ast.Call) -> bool:
    """`update` and `save` of a row or queryset take nothing but names, so `context.update(more)`
    and `document.save(file)` are something else."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in WRITING:
            return True
        case ast.Attribute(attr="update" | "save"):
            return not call.args
        case ast.Attribute(attr=name):
            return name in WRITES
    return False


# --- Who calls whom -------------------------------------------------------------------------------


@dataclass
class Function:
    """A function (or a class, as a whole) on the top level of a module."""

    name: str  # with its module: escalation.route.actions.add_step
    node: ast.FunctionDef | ast.ClassDef
    calls: set[str] = field(default_factory=set)
    # What a name in it stands for.
    known: dict[str, str] = field(default_factory=dict, repr=False)

    def called(self) -> list[tuple[ast.Call, set[str]]]:
        """Its calls in the order in which they are made, each with the full names of whom."""
        found = [one for one in ast.walk(self.node) if isinstance(one, ast.Call)]
        found.sort(key=lambda one: (one.end_lineno or 0, one.end_col_offset or 0))
        return [(one, set(_named(one.func, self.known))) for one in found]

    @property
    def is_action(self) -> bool:
        return any(
            isinstance(one, ast.Name) and one.id == "action" for one in self.node.decorator_list
        )

    @property
    def place(self) -> str:
        return f"{self.name} (line {self.node.lineno})"


def functions(*of: str) -> dict[str, Function]:
    """Every function of these folders by its full name, with the full names of what it names."""
    found = {}
    for module in modules(*of):
        known = _imported(module)
        local = {one.name for one in module.tree.body if isinstance(one, ast.FunctionDef)}
        known |= {name: f"{module.name}.{name}" for name in local}
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                name = f"{module.name}.{node.name}"
                found[name] = Function(name, node, set(_named(node, known)), known)
    return found


def _imported(module: Module) -> dict[str, str]:
    """Name in this module → full name of what it is, wherever in the module it is imported."""
    names: dict[str, str] = {}
    package = module.name.split(".")
    if module.path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            names |= {one.asname or one.name: f"{source}.{one.name}" for one in node.names}
        elif isinstance(node, ast.Import):
            names |= {one.asname or one.name: one.name for one in node.names}
    return names


def _named(node: ast.AST, known: dict[str, str]) -> Iterator[str]:
    """Also what is only passed on: a function in a variable is called by somebody."""
    for one in ast.walk(node):
        if isinstance(one, ast.Name) and one.id in known:
            yield known[one.id]
        elif (
            isinstance(one, ast.Attribute)
            and isinstance(one.value, ast.Name)
            and one.value.id in known
        ):
            yield f"{known[one.value.id]}.{one.attr}"
