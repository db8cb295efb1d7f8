"""Names and values that come in and that a decision makes nothing of."""

from collections.abc import Iterator, Mapping

from pmdesk.rules.dmn.evaluate import Plan
from pmdesk.rules.dmn.expressions import Constant, Path
from pmdesk.rules.dmn.model import Decision, Input
from pmdesk.rules.dmn.types import ANY_TYPE, Type

Wanted = Mapping[str, tuple[Type, ...]]  # by the name under which it is given


def wanted(plan: Plan) -> Wanted:
    """The inputs of the decisions by name, each with the types that its values are read by."""
    found: dict[str, tuple[Type, ...]] = {}
    for decision in plan.decisions:
        for name, type_ in _inputs(decision):
            found[name] = (*found.get(name, ()), type_)
    return found


def is_lost(types: tuple[Type, ...], value: object) -> bool:
    """Whether the value, or a part of it, is read as unknown although something was given."""
    return any(_is_lost(type_, value) for type_ in types)


def _inputs(decision: Decision) -> Iterator[tuple[str, Type]]:
    given = {one.name: one for one in decision.variables if not one.decision}
    for name, variable in given.items():
        for known in dict.fromkeys((variable.data or name, name)):
            yield known, variable.type
    for column in decision.table.inputs if decision.table else ():
        for name, type_ in _asked(column):
            if name in given:
                yield given[name].data or name, type_
            elif not decision.variables:
                yield name, type_


def _asked(column: Input) -> Iterator[tuple[str, Type]]:
    """The variables of the column; its own domains are of a variable that it asks for whole."""
    expression = column.expression
    if isinstance(expression, Constant):
        return
    if isinstance(expression, Path):
        yield expression.variable, ANY_TYPE if expression.components else column.type
        return
    for path, _value in expression.pairs:
        yield path.variable, ANY_TYPE


def _is_lost(type_: Type, value: object) -> bool:
    if value is None:
        return False
    if type_.is_list:
        items = value if isinstance(value, list) else [value]
        return any(_is_lost(type_.item, item) for item in items)
    if isinstance(value, list) and len(value) == 1 and not type_.is_untyped:
        value = value[0]
    if type_.components:
        parts = value if isinstance(value, dict) else {}
        lost = any(_is_lost(part, parts.get(name)) for name, part in type_.components.items())
        return lost or not isinstance(value, dict)
    return value is not None and type_.read(value) is None
