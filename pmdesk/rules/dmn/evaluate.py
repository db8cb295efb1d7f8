"""Evaluates a decision and what it requires, whichever engine tells which rules fit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Protocol

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_
from pmdesk.rules.dmn.expressions import Path, value_of
from pmdesk.rules.dmn.model import Decision, Input, Model, Problem, Table, Variable
from pmdesk.rules.dmn.outcome import Outcome, Violation, outcome
from pmdesk.rules.dmn.values import Value, conformed

Fitting = Sequence[Sequence[int]]


class Engine(Protocol):
    """Tells which rules of a table fit."""

    def hits(self, table: Table, rows: Sequence[Sequence[Value]]) -> Fitting:
        """For each row of values the places of the rules that fit it.

        Where one rule decides, that one is enough.
        """


class OutsideProfileError(PmdeskError):
    """The decision, or one that it requires, holds something that is not read."""

    exit_code = 3

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(
            N_("The decision cannot be evaluated: it, or one it requires, is outside what is read.")
        )
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The decisions to evaluate, each after those that it requires; the last is the one asked."""

    decisions: tuple[Decision, ...]

    @property
    def asked(self) -> Decision:
        """The decision whose result is wanted."""
        return self.decisions[-1]


class ReferenceEngine:
    """Tests cell by cell as the standard says: every other engine must agree with this one."""

    def hits(self, table: Table, rows: Sequence[Sequence[Value]]) -> Fitting:
        """For each row of values the places of the rules that fit it."""
        return [
            [
                place
                for place, rule in enumerate(table.rows)
                if all(cell.holds(value) for cell, value in zip(rule.cells, values, strict=True))
            ]
            for values in rows
        ]


def plan_for(model: Model, name: str) -> Plan | None:
    """How to evaluate the decision of this name or id; None where the model has none."""
    by_id = model.by_id()
    found = next((one for one in model.decisions if one.name == name), by_id.get(name))
    if found is None:
        return None
    needed: dict[str, Decision] = {}
    _collect(found, by_id, needed)
    problems = [problem for decision in needed.values() for problem in decision.problems]
    if problems:
        raise OutsideProfileError(problems)
    return Plan(decisions=tuple(needed.values()))


def evaluated(
    plan: Plan, cases: Sequence[Mapping[str, object]], engine: Engine
) -> tuple[Outcome, ...]:
    """What the asked decision gives for each case of JSON values by name."""
    results: dict[str, Sequence[Outcome]] = {}
    for decision in plan.decisions:
        table = decision.table
        if table is None:
            raise OutsideProfileError(decision.problems)
        scopes = [_scope(decision, case, results, place) for place, case in enumerate(cases)]
        fitting = engine.hits(table, [_row(decision, table, scope) for scope in scopes])
        results[decision.id] = [outcome(decision.name, table, hits) for hits in fitting]
    asked = results.pop(plan.asked.id)
    return tuple(
        replace(one, violations=(*chain(*before), *one.violations))
        for one, before in zip(asked, _violations(results.values(), len(cases)), strict=True)
    )


def _violations(
    required: Iterable[Sequence[Outcome]], count: int
) -> list[list[tuple[Violation, ...]]]:
    """For each case what was violated in the decisions required."""
    found = list(required)
    return [[outcomes[place].violations for outcomes in found] for place in range(count)]


def _collect(
    decision: Decision, by_id: Mapping[str, Decision], needed: dict[str, Decision]
) -> None:
    """Adds what the decision requires, then the decision; circles are refused when read."""
    pending = [(decision, False)]
    while pending:
        one, is_ready = pending.pop()
        if is_ready:
            needed.setdefault(one.id, one)
        elif one.id not in needed:
            pending.append((one, True))
            required = [variable.decision for variable in one.variables if variable.decision]
            pending.extend((by_id[key], False) for key in required)


def _scope(
    decision: Decision,
    case: Mapping[str, object],
    results: Mapping[str, Sequence[Outcome]],
    place: int,
) -> Mapping[str, object]:
    if not decision.variables:
        return case
    return {
        variable.name: _known(variable, case, results, place) for variable in decision.variables
    }


def _known(
    variable: Variable,
    case: Mapping[str, object],
    results: Mapping[str, Sequence[Outcome]],
    place: int,
) -> object:
    if variable.decision:
        return results[variable.decision][place].result
    given = case.get(variable.data, case.get(variable.name))
    return variable.type.read(given)


def _row(decision: Decision, table: Table, scope: Mapping[str, object]) -> tuple[Value, ...]:
    decided = {variable.name for variable in decision.variables if variable.decision}
    return tuple(_asked(column, scope, decided) for column in table.inputs)


def _asked(column: Input, scope: Mapping[str, object], decided: set[str]) -> Value:
    """The value that the column asks about, null where it does not conform."""
    value = value_of(column.expression, scope)
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    kind = column.type.kind
    if kind is None:
        return None if value is None else "-"
    expression = column.expression
    if isinstance(expression, Path) and expression.variable not in decided:
        return column.type.read(value)  # type: ignore[return-value]  # of a kind, so a value
    return column.type.allowed(conformed(value, kind))
