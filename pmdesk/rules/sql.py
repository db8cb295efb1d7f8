"""Compiles a table to SQL expressions that decide exactly as the reference evaluator does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    String,
    and_,
    case,
    literal,
    literal_column,
    or_,
    true,
)

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_
from pmdesk.rules.cells import EVERYTHING, Cell, Range
from pmdesk.rules.facts import Fact, FactType
from pmdesk.rules.sql_tree import MANY, Beside, Ground, Leaf, Row, Tree, whole
from pmdesk.rules.table import DecisionTable

NO_RULE = -1

Test = ColumnElement[bool]
Number = ColumnElement[int]
Fitting = tuple[Test, int]  # a rule's test and its place


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Compiled:
    """The decision as expressions over the given columns.

    `rule` is the winner's place in the table or NO_RULE, `tier` its rank, `tags` bits in the order
    of the scheme. A test in `matches` may be NULL where it does not fit: use it as a condition.
    """

    table: DecisionTable
    rule: Number
    tier: Number
    tags: Number
    matches: tuple[Test, ...]

    def tier_of(self, rule: Number) -> Number:
        """The tier's rank for a column that holds `rule` already, so nothing is decided twice."""
        runs = [(NO_RULE, 0)]
        for place, one in enumerate(self.table.rules):
            rank = self.table.scheme.rank(one.tier)
            if rank != runs[-1][1]:
                runs.append((place, rank))
        return _stepped(rule, runs)


def compile_table(
    table: DecisionTable, columns: Mapping[str, ColumnElement[object]], *, many: float = MANY
) -> Compiled:
    """The table over `columns`, one for each fact key, NULL where unknown.

    It becomes a tree when flat CASEs would test more than `many` rules for a person.
    """
    tests = _Tests(table, columns)
    ground = Ground(table)
    first = ground.for_first(many)
    ranks = [table.scheme.rank(rule.tier) for rule in table.rules]
    return Compiled(
        table=table,
        rule=_over(first, tests, lambda rows: _first(rows, NO_RULE)),
        tier=_over(first, tests, lambda rows: _first([(t, ranks[row]) for t, row in rows], 0)),
        tags=_over(ground.for_tags(many), tests, lambda rows: _tags(table, rows)),
        matches=tuple(tests.of_row(row) for row in whole(table)),
    )


def cell_test(cell: Cell, fact: Fact, column: ColumnElement[object]) -> Test:
    """The test that a cell that asks for something holds; it may be NULL where it does not."""
    return or_(*_alternatives(cell, fact, column))


class _Tests:
    """The test of each cell, made once for each column."""

    def __init__(self, table: DecisionTable, columns: Mapping[str, ColumnElement[object]]) -> None:
        self._rules = table.rules
        self._pairs: list[tuple[Fact, ColumnElement[object]]] = []
        self._made: dict[tuple[int, Cell], Test] = {}
        for fact in table.facts:
            if fact.key not in columns:
                raise PmdeskError(
                    N_("The field “{label}” cannot be used in rules now."),
                    N_("Remove its column from the table."),
                    label=fact.label,
                )
            self._pairs.append((fact, columns[fact.key]))

    def of_row(self, row: Row) -> Test:
        """The test that the rule fits, as far as the row leaves it open."""
        cells = self._rules[row.place].cells
        asked = [self.of_cell(cells[column], column) for column in row.columns]
        return and_(*asked) if asked else true()

    def of_cell(self, cell: Cell, column: int) -> Test:
        """The test that the cell holds: only positive tests, so NULL never slips through."""
        made = self._made.get((column, cell))
        if made is None:
            made = self._made[column, cell] = cell_test(cell, *self._pairs[column])
        return made


def _over(tree: Tree, tests: _Tests, at_leaf: Callable[[Sequence[Fitting]], Number]) -> Number:
    """The number that the leaves give, below the questions; unknown goes the way of no."""
    if isinstance(tree, Leaf):
        return at_leaf([(tests.of_row(row), row.place) for row in tree.rows])
    if isinstance(tree, Beside):
        return _united([_over(part, tests, at_leaf) for part in tree.parts])
    yes, no = (_over(branch, tests, at_leaf) for branch in (tree.then, tree.otherwise))
    return case((tests.of_cell(tree.cell, tree.column), yes), else_=no)


def _alternatives(cell: Cell, fact: Fact, column: ColumnElement[object]) -> list[Test]:
    tests = [_inside(span, fact, column) for span in cell.ranges]
    values = [_value(value, column) for value in cell.values]
    if len(values) == 1:
        tests.append(column == values[0])
    elif values:
        tests.append(column.in_(values))
    if cell.unknown:
        tests.append(column.is_(None))
    return tests


def _inside(span: Range, fact: Fact, column: ColumnElement[object]) -> Test:
    if span == EVERYTHING:
        return column.is_not(None)
    if span.single is not None:
        return column == _end(span.single, fact, column)
    ends = []
    if span.low is not None:
        ends.append(column >= _end(span.low, fact, column))
    if span.high is not None:
        ends.append(column < _end(span.high, fact, column))
    return and_(*ends)


def _end(number: int, fact: Fact, column: ColumnElement[object]) -> ColumnElement[Any]:
    if fact.type is not FactType.DATE:
        return _constant(number)
    day = date.fromordinal(number)
    is_date = isinstance(column.type, Date)
    return literal(day, Date()) if is_date else literal(day.isoformat(), String())


def _value(value: str | bool, column: ColumnElement[object]) -> ColumnElement[Any]:
    if isinstance(value, str):
        return literal(value, String())
    is_boolean = isinstance(column.type, Boolean)
    return literal(value, Boolean()) if is_boolean else _constant(int(value))


def _first(pairs: Sequence[Fitting], otherwise: int) -> Number:
    """The number of the first test that holds, as one flat CASE."""
    whens: list[tuple[Test, int]] = []
    for test, number in pairs:
        if isinstance(test, type(true())):
            otherwise = number
            break
        whens.append((test, number))
    while whens and whens[-1][1] == otherwise:
        whens.pop()
    if not whens:
        return _constant(otherwise)
    return case(*((test, _constant(n)) for test, n in whens), else_=_constant(otherwise))


def _tags(table: DecisionTable, rows: Sequence[Fitting]) -> Number:
    """The bits of all tags that a fitting rule gives: a flat CASE for the rules that give alike."""
    alike: dict[int, list[Fitting]] = {}
    sure = 0
    for test, place in rows:
        bits = table.scheme.bits(table.rules[place].tags)
        if isinstance(test, type(true())):
            sure |= bits
        alike.setdefault(bits, []).append((test, bits))
    parts = [
        _first([(test, bits & ~sure) for test, _bits in givers], 0)
        for bits, givers in alike.items()
        if bits & ~sure
    ]
    return _united([*parts, _constant(sure)] if sure or not parts else parts)


def _united(parts: Sequence[Number]) -> Number:
    """The bits of all parts, as a balanced tree: SQLite takes expressions of a limited depth."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return _united(parts[:middle]).bitwise_or(_united(parts[middle:]))


def _stepped(rule: Number, runs: Sequence[tuple[int, int]]) -> Number:
    """The rank of the run of rules that a place lies in: found by halves, not one after another."""
    if len(runs) == 1:
        return _constant(runs[0][1])
    middle = len(runs) // 2
    below, above = (_stepped(rule, half) for half in (runs[:middle], runs[middle:]))
    return case((rule < _constant(runs[middle][0]), below), else_=above)


def _constant(number: int) -> Number:
    """A number as it stands: thousands of bound ones would have to be bound for every person."""
    return literal_column(str(number), BigInteger())
