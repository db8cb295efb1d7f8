"""Every public service function that asks for a permission, found in the source."""

import ast
import importlib
import inspect

from pmdesk.domain.staff import Permission
from tests.checkout import ROOT, modules, name_of, tree

_ASKS = {"reading", "writing", "require"}


def guarded():
    """(function, permission) of each, by module and name; of several the one asked first."""
    found = {}
    for path in modules("pmdesk"):
        if not name_of(path).startswith("pmdesk/services/"):
            continue
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in tree(path).body:
            permission = _asked(node) if isinstance(node, ast.FunctionDef) else None
            if permission and not node.name.startswith("_"):
                found[getattr(importlib.import_module(name), node.name)] = permission
    return found


def blanks(act):
    """Nothing for each argument that the function cannot do without."""
    wanted = list(inspect.signature(act).parameters.values())[1:]
    empty = inspect.Parameter.empty
    free = [one for one in wanted if one.default is empty]
    keyed = {one.name: None for one in free if one.kind is one.KEYWORD_ONLY}
    plain = [None for one in free if one.kind is not one.KEYWORD_ONLY]
    return plain, keyed


def _asked(function):
    """The permission of the first `session.reading|writing|require(Permission.X)` in it."""
    arguments = function.args.args
    if not arguments or arguments[0].arg != "session":
        return None
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda one: (one.lineno, one.col_offset)):
        called = call.func
        if not isinstance(called, ast.Attribute) or called.attr not in _ASKS:
            continue
        if ast.unparse(called.value) == "session" and call.args:
            named = ast.unparse(call.args[0])
            if named.startswith("Permission.") and " " not in named:
                return Permission[named.removeprefix("Permission.")]
    return None
