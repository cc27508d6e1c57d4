"""No database decides how texts compare: SQLite and PostgreSQL differ in capitals and accents.

What people type is looked up as `rdm.lib.spelling` says, and addresses in small letters.
"""

from __future__ import annotations

import ast
import re

from tests.house.calls import APPS, modules

LOOKUP = re.compile(
    r".*__(iexact|icontains|istartswith|iendswith|iregex|contains|startswith|endswith|regex)"
)
# Where a text is compared with a pattern, or with a beginning that has no capitals of its own.
COMPARED = {
    ("directory/people/views.py", "name__regex"): "any_spelling",
    ("directory/people/views.py", "email__regex"): "any_spelling",
    ("demo/views.py", "to__regex"): "any_spelling",
    ("escalation/lists/search/rules.py", "{…}__regex"): "any_spelling",
    ("escalation/lists/filters.py", "code__contains"): "a code is written in capitals only",
    ("escalation/lists/filters.py", "number__contains"): "number_in gives small letters and digits",
    ("escalation/keeping/parts/of_the_casus.py", "subject__contains"): "a whole code",
    ("escalation/keeping/parts/of_the_casus.py", "body__contains"): "a whole code",
    ("escalation/keeping/parts/of_the_casus.py", "ical__contains"): "a whole code",
    ("outbox/queue.py", "key__startswith"): "keys of the product, in small letters",
}


def asked(tree: ast.AST) -> set[str]:
    """The lookups that compare texts, and the functions that change their capitals."""
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg=str(name)) if LOOKUP.fullmatch(name):
                found.add(name)
            case ast.JoinedStr(values=[*_, ast.Constant(value=str(end))]) if LOOKUP.match(end):
                found.add("{…}" + end)
            case ast.Constant(value=str(name)) if LOOKUP.fullmatch(name) and "{" not in name:
                found |= {name} if name.isidentifier() and not name.startswith("__") else set()
            case ast.ImportFrom(module="django.db.models.functions", names=names):
                found |= {one.name for one in names} & {"Lower", "Upper", "Collate"}
    return found


def test_every_comparison_of_texts_is_the_same_on_every_database() -> None:
    found = {
        (str(module.path), name)
        for module in modules("rdm", *APPS, "demo")
        for name in asked(module.tree)
    }
    # Two accounts with one address, in whatever capitals, is refused by the table itself.
    found.discard(("directory/models/people.py", "Lower"))
    assert found == set(COMPARED)


def test_a_forgotten_one_is_seen() -> None:
    code = "from django.db.models.functions import Upper\n"
    code += "rows.filter(Q(**{f'{x}__icontains': 1}), a__iexact=2)"
    assert asked(ast.parse(code)) == {"Upper", "{…}__icontains", "a__iexact"}
