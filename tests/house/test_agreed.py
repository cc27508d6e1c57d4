"""What the product asks of the region, every region file has to have."""

from __future__ import annotations

import ast

from directory.region.file.schema import REQUIRED_PROCESAFSPRAKEN
from tests.house.calls import modules

ASKING = ("number_of", "text_of")


def test_every_agreement_that_is_asked_for_is_required() -> None:
    """Without a line in the schema a region may leave it out, and what asks for it breaks."""
    asked = set()
    for module in modules("directory", "escalation", "learning"):
        constants = {
            target.id: node.value.value
            for node in module.tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(module.tree):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if not called.endswith(ASKING) or not isinstance(node, ast.Call) or not node.args:
                continue
            # One or the other: `number_of("spoed_oordeel" if spoed else "…")`.
            for one in ast.walk(node.args[0]):
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    asked.add(one.value)
                elif isinstance(one, ast.Name) and one.id in constants:
                    asked.add(constants[one.id])
    assert len(asked) > 15
    assert asked - set(REQUIRED_PROCESAFSPRAKEN) == set()
