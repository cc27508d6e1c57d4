"""Only actions write what the workflow guards, and nobody goes around `visible_to`.

The inspector reads the code itself (its syntax tree), so a new file is inspected from day one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

APPS = ("directory", "escalation", "learning", "audit", "outbox")
# What a view, task or template helper may never call on a queryset or a row.
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


def modules(root: Path, *, of: tuple[str, ...] = APPS) -> Iterator[tuple[Path, ast.Module]]:
    for app in of:
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(root), ast.parse(path.read_text())


def layer(path: Path) -> str:
    return path.parts[1].removesuffix(".py") if len(path.parts) > 1 else ""


def test_views_forms_and_helpers_do_not_write(root: Path) -> None:
    """A view is a receptionist: everything that changes stands in an action."""
    found = []
    for path, tree in modules(root, of=("directory", "escalation", "learning")):
        if layer(path) not in {
            "views",
            "forms",
            "filters",
            "permissions",
            "workflow",
            "work",
            "web",
            "templatetags",
        }:
            continue
        found += [
            f"{path}:{node.lineno} .{node.func.attr}()"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in WRITES
            and _is_about_rows(node.func.value)
        ]
    assert found == []


def _is_about_rows(value: ast.expr) -> bool:
    """`Casus.objects.filter(…).update` and `casus.save`, but not `context.update`."""
    text = ast.unparse(value)
    return ".objects" in text or text in {
        "casus",
        "step",
        "overleg",
        "deelnemer",
        "submission",
        "terugkoppeling",
        "leersessie",
        "lesson",
        "user",
        "membership",
        "invitation",
        "gemeente",
        "procesafspraak",
        "afspraak",
    }


def test_only_actions_write_a_status(root: Path) -> None:
    """`status=` in a write call outside the actions would be a transition without a guard."""
    found = []
    for path, tree in modules(root, of=("directory", "escalation", "learning")):
        if layer(path) == "actions":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign | ast.AugAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                found += [
                    f"{path}:{node.lineno}"
                    for target in targets
                    if isinstance(target, ast.Attribute) and target.attr == "status"
                ]
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in WRITES
                and any(keyword.arg == "status" for keyword in node.keywords)
            ):
                found.append(f"{path}:{node.lineno}")
    assert found == []


@pytest.mark.parametrize("app", ["escalation", "learning", "directory"])
def test_no_signal_receivers(root: Path, app: str) -> None:
    found = [
        str(path)
        for path, tree in modules(root, of=(app,))
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute)
        and (getattr(node, "id", "") or getattr(node, "attr", "")) == "receiver"
    ]
    assert found == []


def test_views_read_casussen_only_through_visible_to(root: Path) -> None:
    """`Casus.objects` in a view is followed by `visible_to`, or the file says why not."""
    found = []
    for path, _ in modules(root, of=("escalation", "learning")):
        if layer(path) not in {"views", "forms", "filters"}:
            continue
        source = (root / path).read_text().replace("\n", " ")
        for name in ("Casus", "Terugkoppeling"):
            manager = f"{name}.objects"
            start = 0
            while (start := source.find(manager, start)) != -1:
                if f"{manager}.visible_to(" not in source[start : start + 80].replace(" ", ""):
                    found.append(f"{path}: {source[start : start + 60]}")
                start += len(manager)
    assert [line for line in found if not line.startswith(ALLOWED_READ)] == []
    assert len(found) == 1


# The access log is for the privacy officer too, who never sees the dossier itself; the view asks
# the permission table and shows nothing of the casus but its code.
ALLOWED_READ = "escalation/views/casus.py: Casus.objects.for_list().filter(code="


def test_actions_are_keyword_only_and_in_one_transaction(root: Path) -> None:
    found = []
    for path, tree in modules(root, of=("directory", "escalation", "learning")):
        if layer(path) != "actions":
            continue
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            decorated = any(
                isinstance(one, ast.Name) and one.id == "action" for one in node.decorator_list
            )
            if decorated and (node.args.args or node.args.posonlyargs):
                found.append(f"{path}:{node.lineno} {node.name} takes positional arguments")
            if decorated and ast.get_docstring(node) is None:
                found.append(f"{path}:{node.lineno} {node.name} has no docstring")
    assert found == []
