"""Only actions write what the workflow guards, and nobody goes around `visible_to`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

import pytest

from tests.house.calls import (
    APPS,
    ROOT,
    WRITING,
    Function,
    functions,
    is_write,
    layer_of,
    modules,
    writes,
)

PRODUCT = ("rdm", *APPS, "demo")

# Who else writes rows, and why.
WRITERS = {
    "audit/": "the log writes itself; actions and pages call it",
    "rdm/backup/restoring.py": "puts a whole database back, and ends all sessions in it",
    "outbox/": "the queue writes itself, and the sweep what became of a message",
    "directory/region/": "loads the region file, from the command line",
    "directory/upkeep/editions/publishing.py": "adds an edition in the action or load that asks",
    "escalation/keeping/parts/": "takes a casus away within the action that two people approved",
    "rdm/lib/versions.py": "writes for the action that calls it, and that call counts as a write",
    "directory/models/people.py": "create_user, the way Django makes a person",
}
# Calls that only look like writing a row.
NO_ROWS = {
    ("escalation/coordination/decisions/views.py", "frame['bar'].update"),
    ("escalation/coordination/submission/views.py", "context.update"),
}


def test_only_actions_write_rows() -> None:
    """A view is a receptionist, a model has no rules: everything that changes is an action."""
    found = [
        f"{module.path}:{call.lineno} {ast.unparse(call.func)}()"
        for module in modules("rdm", *APPS)
        if module.layer != "actions" and not str(module.path).startswith(tuple(WRITERS))
        for call in writes(module.tree)
        if (str(module.path), ast.unparse(call.func)) not in NO_ROWS
    ]
    assert found == []


def test_the_exceptions_still_write() -> None:
    """An exception that is no longer needed would let the next mistake through."""
    paths = [module.path for module in modules("rdm", *APPS) for _ in writes(module.tree)]
    assert [one for one in WRITERS if not any(str(path).startswith(one) for path in paths)] == []


def test_what_writes_for_its_caller_is_known_by_name() -> None:
    """Or its calls would not count as writes."""
    lib = [one for one in functions("rdm").values() if one.name.startswith("rdm.lib.")]
    assert {one.node.name for one in lib if any(writes(one.node))} == WRITING


def test_only_actions_write_a_status() -> None:
    """`status=` in a write call outside the actions would be a transition without a guard."""
    found = []
    for module in modules("directory", "escalation", "learning"):
        if module.layer == "actions":
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Assign | ast.AugAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                found += [
                    f"{module.path}:{node.lineno}"
                    for target in targets
                    if isinstance(target, ast.Attribute) and target.attr == "status"
                ]
            if (
                isinstance(node, ast.Call)
                and is_write(node)
                and any(keyword.arg == "status" for keyword in node.keywords)
            ):
                found.append(f"{module.path}:{node.lineno}")
    assert found == []


@pytest.mark.parametrize("app", ["escalation", "learning", "directory"])
def test_no_signal_receivers(app: str) -> None:
    found = [
        str(module.path)
        for module in modules(app)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name | ast.Attribute)
        and (getattr(node, "id", "") or getattr(node, "attr", "")) == "receiver"
    ]
    assert found == []


def test_views_read_casussen_only_through_visible_to() -> None:
    """`Casus.objects` in a view is followed by `visible_to`, or the file says why not."""
    found = []
    for module in modules("escalation", "learning"):
        if module.layer not in {"views", "forms", "filters", "page", "web"}:
            continue
        source = (ROOT / module.path).read_text().replace("\n", " ")
        for name in ("Casus", "Terugkoppeling"):
            manager = f"{name}.objects"
            start = 0
            while (start := source.find(manager, start)) != -1:
                if f"{manager}.visible_to(" not in source[start : start + 80].replace(" ", ""):
                    found.append(f"{module.path}: {source[start : start + 60]}")
                start += len(manager)
    assert [line for line in found if not line.startswith(ALLOWED_READ)] == []
    assert len(found) == 1


# The access log is for the privacy officer too, who never sees the dossier itself; the view asks
# the permission table and shows nothing of the casus but its code.
ALLOWED_READ = "escalation/oversight/access_log/views.py: Casus.objects.with_parties().filter(code="


# --- Actions --------------------------------------------------------------------------------------


def test_actions_are_keyword_only_and_say_what_they_do() -> None:
    found = []
    for function in functions("directory", "escalation", "learning").values():
        node = function.node
        if not function.is_action or not isinstance(node, ast.FunctionDef):
            continue
        if node.args.args or node.args.posonlyargs:
            found.append(f"{function.place} takes positional arguments")
        if ast.get_docstring(node) is None:
            found.append(f"{function.place} has no docstring")
    assert found == []


def in_actions(function: Function) -> bool:
    return layer_of(function.name) == "actions"


def test_whatever_an_action_package_writes_is_in_one_transaction() -> None:
    """Each function in an actions package that writes, itself or through another, runs under
    `@action`, or is called from nowhere but within one."""
    known = functions(*PRODUCT)
    callers: dict[str, set[str]] = {}
    for function in known.values():
        for name in function.calls:
            callers.setdefault(name, set()).add(function.name)

    def inside(name: str, on_the_way: frozenset[str] = frozenset()) -> bool:
        if name in known and known[name].is_action:
            return True
        those = callers.get(name, set()) - on_the_way - {name}
        return bool(those) and all(inside(one, on_the_way | {name}) for one in those)

    # Writing goes up from who does it to who calls that, as far as the next action.
    writing = {name for name in known if in_actions(known[name]) and any(writes(known[name].node))}
    fresh = writing
    while fresh:
        plain = {name for name in fresh if not known[name].is_action}
        up = {one for name in plain for one in callers.get(name, ()) if in_actions(known[one])}
        fresh = up - writing
        writing = writing | fresh
    outside = [
        f"{known[name].place}, called by {sorted(callers.get(name, ['nobody']))}"
        for name in sorted(writing)
        if not inside(name)
    ]
    assert outside == []
    assert len(writing) > 50


# What an action of a casus does before it writes anything: nobody else writes from then on.
TAKES = "escalation.change.take"
# Actions that write nothing of a casus that lives, or that are called within one that took it.
TAKE_NOTHING = {
    "escalation.attachments.actions.destroy_attachments": "in the destruction, which took it",
    "escalation.attachments.actions.remove_left_over": "files that no row speaks of",
    "escalation.attachments.actions.reserve_key": "a file that no row speaks of yet",
    "escalation.attachments.actions.settle_scan": "one row that goes one way, by a condition",
    "escalation.attachments.scanning.actions.cannot_judge": "one row, by a condition",
    "escalation.attachments.scanning.actions.note_scanner": "the scanner, which has no casus",
    "escalation.attachments.scanning.actions.take_turn": "one row, by a condition",
    "escalation.keeping.destruction.actions.carry_out": "locks the row of the casus itself",
    "escalation.keeping.destruction.actions.mark_noted": "a tombstone",
    "escalation.keeping.destruction.actions.mark_swept": "tombstones",
    "escalation.keeping.destruction.actions.reapply": "locks the row of the casus itself",
    "escalation.lists.saved_views.actions.forget_view": "a weergave of one person",
    "escalation.lists.saved_views.actions.keep_view": "a weergave of one person",
    "escalation.lists.saved_views.actions.rename_view": "a weergave of one person",
    "escalation.oversight.unusual.actions.looked_until": "how far the log was watched",
    "escalation.oversight.unusual.actions.move": "a melding, by compare-and-set",
    "escalation.oversight.unusual.actions.report": "a melding, once per hour and person",
    "learning.actions.destruction.back_to_what_was_submitted": "in the destruction",
    "learning.actions.leersessies.add_lesson": "a leersessie",
    "learning.actions.leersessies.cancel": "a leersessie, by compare-and-set",
    "learning.actions.leersessies.change_plan": "a leersessie, by compare-and-set",
    "learning.actions.leersessies.correct_lesson": "a leerpunt, by compare-and-set",
    "learning.actions.leersessies.hold": "a leersessie, by compare-and-set",
    "learning.actions.leersessies.move_lesson": "a leerpunt, by compare-and-set",
    "learning.actions.leersessies.plan": "a leersessie",
    "learning.actions.terugkoppelingen.confirm_read": "once per reader, also when it is destroyed",
}


def test_an_action_takes_the_casus_before_it_looks_or_writes() -> None:
    """Before it looks, too, or what it found may no longer be so: somebody closes a casus while a
    step is added."""
    known = functions("rdm", *APPS)
    actions = [one for one in known.values() if one.is_action and one.name.startswith(DOSSIERS)]
    loose = {one.name for one in actions if not takes_first(one, known)}
    assert loose == set(TAKE_NOTHING)
    assert len(actions) - len(loose) > 70


DOSSIERS = ("escalation.", "learning.")


# Of a queryset, or of a row.
LOOKS = {
    *("filter", "exclude", "exists", "get", "first", "last", "count", "all", "aggregate"),
    *("values", "values_list", "refresh_from_db", "pending", "current"),
}
# What the region agreed, and the clock, are no part of a casus.
BESIDE = ("rdm.lib.", "escalation.terms.", "escalation.overleg.nomination.rules.trede_4")


def takes_first(function: Function, known: Mapping[str, Function]) -> bool:
    """Whether the first of its calls that takes, looks or writes, itself or through another,
    takes."""
    for call, names in function.called():
        if any(reaches(name, known, lambda one: one.name == TAKES) for name in names):
            return True
        around = [name for name in names if not name.startswith(BESIDE)]
        if touches(call) or any(reaches(name, known, touches_itself) for name in around):
            return False
    return False


def touches(call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(attr="get"):
            return not call.args  # of a dict, otherwise
        case ast.Attribute(attr=name) if name in LOOKS:
            return True
    return is_write(call)


def touches_itself(function: Function) -> bool:
    return any(isinstance(one, ast.Call) and touches(one) for one in ast.walk(function.node))


def reaches(
    name: str,
    known: Mapping[str, Function],
    wanted: Callable[[Function], bool],
    on_the_way: frozenset[str] = frozenset(),
) -> bool:
    """Whether this function is, or calls, one that is `wanted`."""
    function = known.get(name)
    if function is None or name in on_the_way:
        return False
    return wanted(function) or any(
        reaches(one, known, wanted, on_the_way | {name}) for one in function.calls
    )


# --- The broker -----------------------------------------------------------------------------------


def test_nobody_but_the_worker_talks_to_the_broker() -> None:
    """With Redis down a publish holds a request for seconds, so nobody publishes: what must
    happen later is a row, and a sweep finds it (security.md, Libraries)."""
    found = []
    for module in modules(*PRODUCT):
        if str(module.path) == "rdm/celery.py":
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and node.attr in (
                "delay",
                "apply_async",
                "send_task",
            ):
                found.append(f"{module.path}:{node.lineno} {ast.unparse(node)}")
            names = [one.name for one in getattr(node, "names", []) if isinstance(one, ast.alias)]
            names += [getattr(node, "module", None) or ""] if isinstance(node, ast.stmt) else []
            if any(name.split(".")[0] in ("celery", "redis") for name in names):
                found.append(f"{module.path}:{node.lineno} imports {names}")
            if "rdm.celery" in names:
                found.append(f"{module.path}:{node.lineno} imports rdm.celery")
    assert found == []
