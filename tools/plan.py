"""The floor plan in docs/architecture.md, drawn from the code.

    python tools/plan.py [--check]

Which floor stands on which is read from the import contracts in pyproject.toml, what is in a room
from the first sentence of its docstring. Standard library only.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- plan: made by tools/plan.py -->\n", "<!-- end of the plan -->"
FLOORS = {"models", "permissions", "reading", "web"}
# Folders that Django wants, and that say nothing about the subject.
NOT_DRAWN = {"management", "migrations", "templatetags", "__pycache__"}


def first_sentence(path: Path) -> str:
    """Of the docstring of a module or package; "" when it has none."""
    module = path / "__init__.py" if path.is_dir() else path
    text = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    sentence = " ".join(text.split("\n\n")[0].split())
    return sentence.split(". ")[0].rstrip(".")


def floors(container: str) -> list[list[tuple[str, str]]]:
    """The floors of an app from the top down: per name the mark that stands before it. After "|"
    comes what may not be known by those beside it, after ":" what may."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    for contract in linter["importlinter"]["contracts"]:
        if contract.get("containers") == [container]:
            return [
                re.findall(r"(^|[|:]) *\(?([\w.]+)", layer.strip()) for layer in contract["layers"]
            ]
    raise LookupError(f"no contract draws the floors of {container}")


def place(app: str, name: str) -> Path:
    folder = ROOT / app / name.replace(".", "/")
    return folder if folder.is_dir() else folder.with_suffix(".py")


def drawn(app: str) -> Iterator[str]:
    """One line per room, and one with the names of the rooms inside it."""
    for floor in floors(app):
        for mark, name in floor:
            if name in NOT_DRAWN:
                continue
            path = place(app, name)
            yield f"  {mark or ' '} {name:<22} {first_sentence(path)}".rstrip()
            if path.is_dir() and name not in FLOORS:
                inner = sorted(one.name for one in path.iterdir() if is_room(one))
                if inner:
                    yield f"      {' · '.join(inner)}"


def is_room(path: Path) -> bool:
    return path.name not in NOT_DRAWN and (path / "__init__.py").exists()


def plan() -> str:
    """The block of docs/architecture.md, without its marks."""
    parts = []
    for app in APPS:
        parts += [f"{app}/", *drawn(app), ""]
    return "```\n" + "\n".join(parts).rstrip() + "\n```\n"


APPS = ("escalation", "directory")


def main() -> int:
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    fresh = f"{before}{BEGIN}{plan()}{END}{rest.split(END)[1]}"
    if "--check" in sys.argv:
        return int(text != fresh)
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
