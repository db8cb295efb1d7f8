"""What a table gives once it is known which rules fit: the same for every engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import reduce

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, told
from pmdesk.rules.dmn.model import COLLECTING, Aggregation, Output, Policy, Row, Table
from pmdesk.rules.dmn.values import Value

_EXACT = Context(prec=400)
_VIOLATED = {
    Policy.UNIQUE: N_("Only one rule of “{name}” may fit, but several do: {rules}."),
    Policy.ANY: N_("Rules of “{name}” that fit together give different results: {rules}."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """The rules of a decision that its hit policy does not let fit together."""

    decision: str
    policy: Policy
    rules: tuple[str, ...]

    def words(self) -> str:
        """What happened, in the user's language."""
        rules = ", ".join(self.rules)
        return told(PmdeskError(_VIOLATED[self.policy], name=self.decision, rules=rules))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result, the ids of the rules it comes from, and what was violated on the way."""

    result: object
    rules: tuple[str, ...] = ()
    violations: tuple[Violation, ...] = ()


def outcome(name: str, table: Table, hits: Sequence[int]) -> Outcome:
    """What the table of the decision `name` gives where the rows at these places fit.

    For a policy under which one row decides, the first of `hits` in the deciding order is enough.
    """
    rows = [table.rows[place] for place in _ordered(table, hits)]
    ids = tuple(row.id for row in rows)
    if not rows:
        return Outcome(result=_default(table))
    if _is_violated(table.policy, rows):
        violation = Violation(decision=name, policy=table.policy, rules=ids)
        return Outcome(result=None, rules=ids, violations=(violation,))
    if table.aggregation is not Aggregation.NONE:
        return Outcome(result=_aggregated(table.aggregation, rows), rules=ids)
    if table.policy in COLLECTING:
        return Outcome(result=[_given(table.outputs, row.outputs) for row in rows], rules=ids)
    kept = ids if table.policy is Policy.ANY else ids[:1]
    return Outcome(result=_given(table.outputs, rows[0].outputs), rules=kept)


def _is_violated(policy: Policy, rows: Sequence[Row]) -> bool:
    if policy is Policy.UNIQUE:
        return len(rows) > 1
    return policy is Policy.ANY and any(row.outputs != rows[0].outputs for row in rows)


def _ordered(table: Table, hits: Sequence[int]) -> list[int]:
    if table.policy not in {Policy.PRIORITY, Policy.OUTPUT_ORDER}:
        return sorted(hits)
    chosen = set(hits)
    return [place for place in table.deciding_order if place in chosen]


def _given(outputs: Sequence[Output], values: Sequence[Value]) -> object:
    """One value, or several by the names of their columns."""
    if len(outputs) == 1:
        return values[0]
    return {column.name: value for column, value in zip(outputs, values, strict=True)}


def _default(table: Table) -> object:
    """What the table gives where no rule fits: null without defaults."""
    if not any(column.has_default for column in table.outputs):
        return None
    value = _given(table.outputs, [column.default for column in table.outputs])
    single = table.policy not in COLLECTING or table.aggregation is not Aggregation.NONE
    return value if single else [value]


def _aggregated(aggregation: Aggregation, rows: Sequence[Row]) -> Value:
    """The count, sum, smallest or largest of the outputs; null where one of them is null."""
    if aggregation is Aggregation.COUNT:
        return Decimal(len(rows))
    values = [row.outputs[0] for row in rows]
    if None in values:
        return None
    if aggregation is Aggregation.SUM:
        return reduce(_EXACT.add, (value for value in values if isinstance(value, Decimal)))
    smallest = aggregation is Aggregation.MIN
    return min(values) if smallest else max(values)  # type: ignore[type-var]  # of one kind
